import * as v from 'valibot';
import { LONGEST_NAME } from '../core/person-name.ts';
import { ANGLE_ORIGINS, COCO_THIRDS, SIZE_ORIGINS } from '../core/recording.ts';
import { LONGEST_LABEL, MARK_KINDS } from '../core/time-mark.ts';

/** A whole number that is not negative. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Who somebody is. */
export const personId = v.pipe(v.number(), v.safeInteger());

/** What OpenPose's files say beside their people: `OpenPoseExtras`. */
export const openPoseExtrasSchema = v.object({
  isAnonymous: v.optional(v.boolean()),
  partCandidates: v.optional(v.array(v.array(v.number()))),
});

/** What COCO's files say of an image: `CocoFrame`. */
export const cocoFrameSchema = v.object({
  imageId: v.union([v.number(), v.string()]),
  image: v.optional(v.string()),
  others: v.optional(v.array(v.string())),
});

const finite = v.pipe(v.number(), v.finite());
/** x, y, z in metres. */
export const placeSchema = v.tuple([finite, finite, finite]);

/** What a file said of somebody beyond what Limn uses: `PersonExtras`. */
export const personExtrasSchema = v.object({
  coco: v.optional(v.object({ entry: v.string(), id: personId })),
  openPoseId: v.optional(personId),
  openPoseOrigins: v.optional(
    v.object({
      body: v.optional(placeSchema),
      leftHand: v.optional(placeSchema),
      rightHand: v.optional(placeSchema),
      face: v.optional(placeSchema),
    }),
  ),
});

/** A moment that has a name: `TimeMark`. */
export const timeMarkSchema = v.object({
  id: v.string(),
  time: finite,
  label: v.pipe(v.string(), v.maxLength(LONGEST_LABEL)),
  kind: v.picklist(MARK_KINDS),
  side: v.optional(v.picklist(['left', 'right'])),
  personId: v.optional(personId),
});

/** How a recording was made, as files say it: `RecordingInfo`. */
export const recordingInfoSchema = v.object({
  limn: v.string(),
  created: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text)), 'not a date'),
  ),
  source: v.object({
    kind: v.picklist(['camera', 'video', 'pictures', 'demo', 'recording']),
    name: v.string(),
    byteLength: v.optional(count),
    sha256: v.optional(v.string()),
    fieldOfView: v.optional(v.pipe(v.number(), v.gtValue(0), v.ltValue(180))),
    demo: v.optional(v.record(v.string(), v.number())),
  }),
  width: v.pipe(v.number(), v.minValue(1)),
  height: v.pipe(v.number(), v.minValue(1)),
  mirrored: v.boolean(),
  selection: v.optional(
    v.object({
      from: v.optional(v.number()),
      to: v.optional(v.number()),
      everyNth: v.optional(v.pipe(count, v.minValue(1))),
      slowMotion: v.optional(v.pipe(v.number(), v.gtValue(0))),
    }),
  ),
  sizeFrom: v.optional(v.picklist(SIZE_ORIGINS)),
  incomplete: v.optional(v.string()),
  coco: v.optional(
    v.object({
      kind: v.picklist(['results', 'annotations']),
      thirds: v.picklist(COCO_THIRDS),
      listThirds: v.optional(v.record(v.string(), v.picklist(COCO_THIRDS))),
      head: v.optional(v.string()),
    }),
  ),
  notes: v.optional(v.array(v.string())),
  assumedFrameRate: v.optional(v.pipe(v.number(), v.gtValue(0))),
  names: v.optional(v.record(v.string(), v.pipe(v.string(), v.maxLength(LONGEST_NAME)))),
  marks: v.optional(v.array(timeMarkSchema)),
  corrections: v.optional(v.array(v.string())),
  processing: v.optional(v.array(v.string())),
  lifter: v.optional(
    v.object({
      model: v.string(),
      sha256: v.string(),
      receptiveField: v.pipe(count, v.minValue(1)),
      isCausal: v.boolean(),
      isMirrored: v.boolean(),
      engine: v.string(),
      device: v.string(),
      parity: v.object({ largest: v.number(), mean: v.number() }),
    }),
  ),
  camera: v.optional(
    v.object({
      fieldOfView: v.pipe(v.number(), v.gtValue(0), v.ltValue(180)),
      knownFrom: v.picklist(ANGLE_ORIGINS),
      position: placeSchema,
      rotation: v.tuple([finite, finite, finite, finite]),
    }),
  ),
  written: v.optional(
    v.object({
      smoothing: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      personId: v.optional(personId),
      timesDividedBy: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
    }),
  ),
  runs: v.array(
    v.object({
      firstFrame: count,
      model: v.string(),
      hands: v.boolean(),
      finder: v.optional(v.string()),
      faces: v.optional(v.literal(true)),
      masks: v.optional(v.literal(true)),
      people: count,
      engine: v.string(),
      device: v.string(),
      weights: v.optional(v.record(v.string(), v.string())),
      network: v.optional(
        v.object({
          netResolution: v.string(),
          scaleNumber: v.optional(v.pipe(count, v.minValue(1))),
          scaleGap: v.optional(v.number()),
          maximizePositives: v.optional(v.boolean()),
          thresholds: v.optional(v.record(v.string(), v.number())),
        }),
      ),
      parity: v.optional(v.object({ largest: v.number(), mean: v.number() })),
    }),
  ),
});
