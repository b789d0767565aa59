import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import { addToGroup } from '../../core/groups.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { meanScore, type Person, POINT_STRIDE } from '../../core/pose.ts';
import { type CocoFrame, Recording, type RecordingInfo, type TrackedFrame } from '../../core/recording.ts';
import { labelOfId } from '../../core/texts/exact-json.ts';
import { withoutDivisor } from '../../core/time/slow-motion.ts';
import { toCocoPoints } from '../../skeletons/coco-keypoints.ts';
import { findCocoPlaces, OWN_PLACES } from '../../skeletons/coco-names.ts';
import {
  cocoLayouts,
  describeLayouts,
  type KeypointLayout,
  takeApart,
} from '../../skeletons/keypoint-layouts.ts';
import { shapeOf } from '../json/json-scan.ts';
import type { RecordingReader } from '../reader.ts';
import { describeForeign, extentOf, nameWithoutEnding } from '../reading/foreign.ts';
import { describeOrder, findOrder } from '../reading/keypoint-order.ts';
import { Notes } from '../reading/notes.ts';
import { SUPPOSED_SIZE } from '../reading/shares.ts';
import type { PlaceOf } from '../reading/space.ts';
import { LONG_IDS, UniqueIds } from '../reading/unique-ids.ts';
import { recordingInfoSchema } from '../recording-info.ts';
import { type CocoEntry, type CocoFile, type CocoImage, isCocoShape, readCocoDocument } from './document.ts';
import { type InPixels, toPixels } from './scale.ts';
import { type CocoTake, toCocoTakes } from './takes.ts';
import { withWholeBody } from './whole-body.ts';

const ENDING = /(_coco)?(_annotations)?\.json$/i;
const makingSchema = v.object({ info: recordingInfoSchema });

/**
 * COCO's keypoint results and annotations, and what others write in their form. An image is a frame of a video or a picture
 * (`coco-takes.ts`); keypoints are found by the names of their category. What Limn has no use for is kept, to be written
 * again.
 *
 * Format: cocodataset.org, "Results format" and "Data format".
 */
export const cocoReader: RecordingReader = {
  id: 'coco',
  label: 'COCO keypoints',
  recognizes(file) {
    const shape = shapeOf(file);
    return shape !== null && isCocoShape(shape);
  },
  read: (files) => files.flatMap(readFile),
};

/** How the keypoints of an entry are read; `null`: they are those of no person, and stay beside. */
type Layout = Pick<Person, 'body' | 'leftHand' | 'rightHand' | 'face'> | null;

function readFile(file: NamedBytes): Recording[] {
  const asWritten = readCocoDocument(file);
  const scale = toPixels(asWritten);
  const coco: CocoFile = { ...asWritten, entries: scale.entries };
  const layouts = new Layouts(coco, file.name);
  const made = v.safeParse(makingSchema, coco.making);
  // Valibot types absent keys as possibly undefined; JSON has none.
  const making = made.success ? (made.output.info as RecordingInfo) : null;
  const images = new Map(coco.images.map((image) => [image.id, image]));
  // Some write a number here and a text there.
  const spelt = new Map(coco.images.map(({ id }) => [labelOfId(id), id]));
  const entriesOf = new Map<number | string, CocoEntry[]>();
  for (const entry of coco.entries) {
    const { imageId } = entry;
    addToGroup(entriesOf, images.has(imageId) ? imageId : (spelt.get(labelOfId(imageId)) ?? imageId), entry);
  }
  // An image that nobody describes is there all the same if somebody is in it.
  for (const id of entriesOf.keys()) if (!images.has(id)) images.set(id, imageOf(id));
  const stem = nameWithoutEnding(file.name, ENDING, 'COCO');
  const takes = toCocoTakes([...images.values()], making !== null && making.source.kind !== 'pictures');
  return takes.map((take) =>
    toRecording(take, {
      coco,
      scale,
      layouts,
      making,
      entriesOf,
      name: take.name === null ? stem : `${stem} ${take.name}`,
    }),
  );
}

function imageOf(id: number | string): CocoImage {
  const fileName = typeof id === 'string' ? labelOfId(id) : null;
  return { id, fileName, size: null, time: null, video: null, frame: null, text: null };
}

interface Reading {
  readonly coco: CocoFile;
  readonly scale: InPixels;
  readonly layouts: Layouts;
  readonly making: RecordingInfo | null;
  readonly entriesOf: ReadonlyMap<number | string, readonly CocoEntry[]>;
  readonly name: string;
}

function toRecording(take: CocoTake, { coco, scale, layouts, making, entriesOf, name }: Reading): Recording {
  const notes = new Notes();
  if (scale.note !== null) notes.say(scale.note);
  if (take.note !== null) notes.say(take.note);
  if (coco.document.thirds === 'flag') {
    notes.say('No keypoint’s visibility is over 1: 1 is taken for visible, as PoseTrack has it.');
  }
  const entries = take.frames.flatMap(({ image }) => entriesOf.get(image.id) ?? []);
  if (
    entries.length > 0 &&
    entries.every(({ keypoints, lists }) => keypoints === null && Object.keys(lists).length === 0)
  ) {
    notes.say('Nobody has keypoints in the file: its entries are boxes or outlines only.');
  }
  const ids = new UniqueIds(entries.map(({ trackId }) => trackId));
  const isAnonymous = !take.arePictures && entries.every(({ trackId }) => trackId === null);
  const first = take.frames.find(({ image }) => image.size)?.image.size ?? null;
  const frames = take.frames.map(({ image, index, time }): TrackedFrame => {
    const own = (entriesOf.get(image.id) ?? []).map((entry) => [entry, layouts.read(entry, notes)] as const);
    const found = own.flatMap(([entry, parts]) => (parts ? [[entry, parts] as const] : []));
    const others = own.flatMap(([{ text }, parts]) => (parts ? [] : [text]));
    const given = ids.ofFrame(found.map(([{ trackId }]) => trackId));
    const kept: CocoFrame = {
      imageId: image.id,
      ...(image.text !== null && { image: image.text }),
      ...(others.length > 0 && { others }),
    };
    const { size } = image;
    const hasOwnSize = size && first && (size.width !== first.width || size.height !== first.height);
    return {
      index,
      time,
      ...(take.arePictures && { name: image.fileName ?? labelOfId(image.id) }),
      ...(hasOwnSize && size),
      people: found.map(([entry, parts], i) => {
        const person = toPerson(entry, parts, given[i] ?? i);
        // What stands in the file isn't in pixels: it can't go out again beside what is.
        return scale.isScaled
          ? person
          : { ...person, extras: { coco: { entry: entry.text, id: person.id } } };
      }),
      ...(isAnonymous && found.length > 0 && { openPose: { isAnonymous } }),
      coco: kept,
    };
  });
  if (ids.hasDoubles) {
    notes.say('Two people of one image have the same id in the file: the second was given one of their own.');
  }
  if (ids.hasLong) notes.say(LONG_IDS);
  const hands = frames.some(({ people }) => people.some(({ leftHand, rightHand }) => leftHand ?? rightHand));
  const { isTimed, frameRate } = take;
  const supposed = scale.isSupposed ? ({ ...SUPPOSED_SIZE, sizeFrom: 'shares-of-size' } as const) : null;
  const size = first ?? supposed ?? extentOf(frames);
  const described = describeForeign({ name, hands, ...size, isTimed, frameRate });
  // Times that are made up are the video's.
  const made = making && (isTimed ? making : { ...withoutDivisor(making), assumedFrameRate: frameRate });
  const info = made ?? described;
  return new Recording({ ...info, coco: coco.document, ...notes.info }, frames);
}

function toPerson({ score }: CocoEntry, parts: NonNullable<Layout>, id: number): Person {
  const mean = parts.body ? meanScore(parts.body) : 0;
  return {
    id,
    score: Math.min(1, Math.max(0, score ?? mean)),
    ...parts,
  };
}

/** Finds the keypoints of a person in lists of all categories. */
class Layouts {
  readonly #file: CocoFile;
  readonly #name: string;
  /** By category, with the number of keypoints where names are missing. */
  readonly #known = new Map<string, (numbers: readonly number[], notes: Notes) => Layout>();

  constructor(file: CocoFile, name: string) {
    this.#file = file;
    this.#name = name;
  }

  /** @throws {LimnError} if the keypoints are none that are known */
  read(entry: CocoEntry, notes: Notes): Layout {
    const parts = this.#readKeypoints(entry, notes);
    return Object.keys(entry.lists).length > 0
      ? withWholeBody(parts, entry.lists, this.#file.document)
      : parts;
  }

  #readKeypoints({ keypoints, categoryId, place }: CocoEntry, notes: Notes): Layout {
    if (keypoints === null) return null;
    const names = categoryId === null ? [] : (this.#file.names.get(categoryId) ?? []);
    const count = keypoints.length / POINT_STRIDE;
    const key = JSON.stringify([categoryId, count]);
    const known = this.#known.get(key);
    if (known) return known(keypoints, notes);
    const read = names.length > 0 ? this.#byNames(names, count, place) : this.#byCount(count, place);
    this.#known.set(key, read);
    return read(keypoints, notes);
  }

  #byNames(
    names: readonly string[],
    count: number,
    place: string,
  ): (numbers: readonly number[], notes: Notes) => Layout {
    if (names.length !== count) {
      throw new LimnError(
        `${this.#name} is not COCO's keypoints, at ${place}.keypoints: there are ${count}, and their category names ${names.length}.`,
      );
    }
    const found = findCocoPlaces(names);
    if (!found) {
      const listed = names.slice(0, 8).join(', ');
      throw new LimnError(
        `The keypoints of ${this.#name} are not those of a person that Limn knows: ${listed}${names.length > 8 ? ', …' : ''}. It reads what it finds of COCO's 17 by name.`,
      );
    }
    const lacking = found.places.filter((at) => at === null).length;
    return (numbers, notes) => {
      if (found.others.length > 0 || lacking > 0) {
        const left = found.others.length > 0 ? `; left out: ${found.others.join(', ')}` : '';
        notes.say(`Of COCO’s 17 keypoints, the file names ${17 - lacking}, which are read${left}.`);
      }
      return this.#body(numbers, found.places);
    };
  }

  #byCount(count: number, place: string): (numbers: readonly number[], notes: Notes) => Layout {
    const usual = cocoLayouts.get(count);
    if (!usual) {
      throw new LimnError(
        `${this.#name} is not COCO's keypoints, at ${place}.keypoints: there are ${count}, without names. Limn knows ${describeLayouts(cocoLayouts)}.`,
      );
    }
    const layout = this.#orderOf(usual, count);
    const all = Array.from({ length: count }, (_, i) => i);
    return (numbers, notes) => {
      if (layout !== usual) notes.say(describeOrder(layout, count));
      if (layout.leftOut) notes.say(`Of the keypoints of ${layout.label}, ${layout.leftOut} are left out.`);
      if (layout === usual && count === OWN_PLACES.length) return this.#body(numbers, OWN_PLACES);
      const points = toCocoPoints(numbers, all, this.#file.document.thirds);
      const { body, leftHand, rightHand, face } = takeApart(points, layout);
      return body || leftHand || rightHand ? { body, leftHand, rightHand, ...(face && { face }) } : null;
    };
  }

  /** What lists of so many keypoints without names are. */
  #orderOf(usual: KeypointLayout, count: number): KeypointLayout {
    const lists = this.#file.entries.flatMap(({ keypoints }) =>
      keypoints?.length === count * POINT_STRIDE ? [keypoints] : [],
    );
    const bodies = lists.map(
      (numbers): PlaceOf =>
        (keypoint) => {
          const [x = 0, y = 0, third = 0] = numbers.slice(
            keypoint * POINT_STRIDE,
            (keypoint + 1) * POINT_STRIDE,
          );
          return third > 0 && !Number.isNaN(x + y) ? [x, y, 0] : null;
        },
    );
    return findOrder(usual, count, bodies) ?? usual;
  }

  #body(numbers: readonly number[], places: readonly (number | null)[]): Layout {
    const points = toCocoPoints(numbers, places, this.#file.document.thirds);
    const isThere = points.some((value, at) => at % POINT_STRIDE === POINT_STRIDE - 1 && value > 0);
    const body = { set: 'coco-17', points, world: null, handedness: null } as const;
    return isThere ? { body, leftHand: null, rightHand: null } : null;
  }
}
