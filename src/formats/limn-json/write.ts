import { toPlainFrame } from '../../core/plain-recording.ts';
import type { KeypointSetId } from '../../core/pose.ts';
import { allPosesOf } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Exporter } from '../exporter.ts';
import { round } from '../writing/round.ts';
import { encodeTexts, withProgress } from '../writing/text.ts';

/**
 * Raise when a reader of the version before would misunderstand, together with `public/schema/limn-recording-1.json`. Times
 * of what happened came with the second: files with the video's times are of the first.
 */
const VERSIONS = { videoTimes: 1, realTimes: 2 } as const;

/**
 * Everything that a recording holds, as JSON. The schema is published with the page:
 * `schema/limn-recording-1.json`. A missing keypoint's coordinates are `null`.
 */
export const limnJson: Exporter = {
  id: 'limn-json',
  label: 'Limn JSON (everything)',
  extension: '.limn.json',
  mediaType: 'application/json',
  write(recording, report) {
    const sets = new Set<KeypointSetId>();
    for (const frame of recording.frames) {
      for (const person of frame.people) for (const pose of allPosesOf(person)) sets.add(pose.set);
    }
    const isSlow = recording.info.written?.timesDividedBy !== undefined;
    const head = {
      format: 'limn-recording',
      version: isSlow ? VERSIONS.realTimes : VERSIONS.videoTimes,
      units: {
        keypoints: 'pixels of the frame as displayed, origin top left, y down',
        world:
          'metres, right-handed, y up, z towards the viewer, origin at the pelvis (of a hand: its centre)',
        place: 'metres of the room, y up from the floor, z towards the viewer: where the origin of world is',
        time: isSlow ? 'seconds of what happened' : 'seconds from the start of the media',
        ...(isSlow && { videoTime: 'seconds from the start of the media' }),
      },
      keypointSets: Object.fromEntries([...sets].sort().map((set) => [set, skeletonOf(set).keypoints])),
      info: recording.info,
    };
    // A line per frame: readable in an editor, and no string of the whole file's length is built.
    function* texts(): Generator<string> {
      yield `${JSON.stringify(head, null, 2).replace(/\n\}$/, '')},\n  "frames": [`;
      for (const [position, frame] of withProgress(recording.frames, report)) {
        const line = JSON.stringify(toPlainFrame(frame), roundNumbers);
        yield `${position === 0 ? '' : ','}\n    ${line}`;
      }
      yield '\n  ]\n}\n';
    }
    return encodeTexts(texts());
  },
};

/** Times are kept whole, and so are ids and numbers of frames, which have more digits than a coordinate. */
function roundNumbers(key: string, value: unknown): unknown {
  const isWhole = Number.isSafeInteger(value) || key === 'time' || key === 'videoTime';
  if (typeof value !== 'number' || isWhole) return value;
  return Number.isNaN(value) ? null : round(value);
}
