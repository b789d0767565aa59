import { strToU8 } from 'fflate';
import { keypointsMarked, MARKS, type Person } from '../../core/pose.ts';
import type { Recording, RecordingInfo } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** Keypoints that are not as the network gave them, and in which frames. */
export interface MarkedKeypoints {
  readonly person: number;
  readonly part: Part;
  readonly keypoint: string;
  readonly how: 'corrected' | 'filled';
  /** Frames as their numbers in the source: first and last of each stretch. */
  readonly frames: readonly (readonly [first: number, last: number])[];
}

type Part = 'body' | 'leftHand' | 'rightHand';
const PARTS: readonly Part[] = ['body', 'leftHand', 'rightHand'];
const HOW = ['corrected', 'filled'] as const;

/** How a recording was made (decision 6): what every exported file says of itself. */
export interface Making {
  readonly format: 'limn-making';
  readonly info: RecordingInfo;
  readonly marked: readonly MarkedKeypoints[];
}

export function describeMaking(recording: Recording): Making {
  // What a COCO file said is for COCO files.
  const { coco: _, ...info } = recording.info;
  return { format: 'limn-making', info, marked: findMarked(recording) };
}

/** On a single line, for headers. @param more what else there is to say */
export function makingLine(recording: Recording, more: object = {}): string {
  return JSON.stringify({ ...describeMaking(recording), ...more });
}

const MAKING_FILE = 'how-it-was-made.json';

/** As a file beside others in a ZIP. @param more what else there is to say */
export function makingFile(recording: Recording, more: object = {}): { name: string; bytes: Uint8Array } {
  const text = JSON.stringify({ ...describeMaking(recording), ...more }, null, 2);
  return { name: MAKING_FILE, bytes: strToU8(`${text}\n`) };
}

function findMarked({ frames }: Recording): MarkedKeypoints[] {
  const found = new Map<string, { head: Omit<MarkedKeypoints, 'frames'>; frames: [number, number][] }>();
  /** Number of the frame before, by that of each frame: what is marked in both is one stretch. */
  let previous = Number.NaN;
  for (const { index, people } of frames) {
    for (const person of people) {
      for (const head of marksOf(person)) {
        const key = `${head.person} ${head.part} ${head.keypoint} ${head.how}`;
        const entry = found.get(key) ?? { head, frames: [] };
        found.set(key, entry);
        const last = entry.frames.at(-1);
        if (last?.[1] === previous) last[1] = index;
        else entry.frames.push([index, index]);
      }
    }
    previous = index;
  }
  return [...found.values()].map(({ head, frames: stretches }) => ({ ...head, frames: stretches }));
}

function marksOf(person: Person): Omit<MarkedKeypoints, 'frames'>[] {
  return PARTS.flatMap((part) => {
    const pose = person[part];
    if (!pose?.marks) return [];
    const names = skeletonOf(pose.set).keypoints;
    return HOW.flatMap((how) =>
      keypointsMarked(pose, MARKS[how]).map((i) => ({
        person: person.id,
        part,
        keypoint: names[i] ?? String(i),
        how,
      })),
    );
  });
}
