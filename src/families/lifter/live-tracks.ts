import { greatest } from '../../core/lists.ts';
import type { Person, Pose } from '../../core/pose.ts';
import { canConvert, convertPose } from '../../skeletons/convert.ts';
import { completeTrack } from './complete-track.ts';
import { LIFTER_KEYPOINTS } from './lifter-info.ts';

/** Who isn't found stays where they were for so many frames; after that they begin anew. */
const MOST_MISSED = 15;

/** A stretch of frames that one result is made of. */
export interface LiveWindow {
  readonly personId: number;
  /** Seconds: the frame that the result is of. */
  readonly time: number;
  /** The keypoints of that frame (`coco-17`). */
  readonly pose: Pose;
  /** By frame and keypoint x, y in pixels, without gaps: as many frames as the network sees. */
  readonly track: Float32Array;
}

interface Held {
  readonly time: number;
  readonly pose: Pose;
}

/** Remembers as many frames of everybody as a lifter sees, and cuts out what it can look at by now. */
export class LiveTracks {
  readonly #field: number;
  readonly #delay: number;
  readonly #people = new Map<number, { frames: Held[]; missed: number }>();

  /** @param field frames that a result is made of  @param delay frames that come behind the one that it is of */
  constructor(field: number, delay: number) {
    this.#field = field;
    this.#delay = delay;
  }

  /** The next frame. A time before the last one, of a source that jumps, begins everything anew. */
  push(people: readonly Person[], time: number): void {
    const last = greatest([...this.#people.values()].map(({ frames }) => frames.at(-1)?.time ?? 0));
    if (time <= last) this.#people.clear();
    const seen = new Set<number>();
    for (const { id, body } of people) {
      if (!body || !canConvert(body.set, LIFTER_KEYPOINTS)) continue;
      seen.add(id);
      const person = this.#people.get(id) ?? { frames: [], missed: 0 };
      this.#people.set(id, person);
      person.missed = 0;
      this.#hold(person.frames, { time, pose: convertPose(body, LIFTER_KEYPOINTS) });
    }
    for (const [id, person] of this.#people) {
      if (seen.has(id)) continue;
      const latest = person.frames.at(-1);
      if (!latest || ++person.missed > MOST_MISSED) this.#people.delete(id);
      else this.#hold(person.frames, { time, pose: latest.pose });
    }
  }

  /** What can be looked at now, of everybody who was there long enough. */
  windows(): LiveWindow[] {
    return [...this.#people].flatMap(([personId, { frames }]): LiveWindow[] => {
      const wanted = frames.length - 1 - this.#delay;
      const held = frames[wanted];
      const [first] = frames;
      if (!held || !first) return [];
      const complete = completeTrack(frames.map(({ pose }) => pose));
      const numbers = complete.length / frames.length;
      // Before somebody came, their first frame goes on, as it does at the beginning of a recording.
      const track = new Float32Array(this.#field * numbers);
      const lacking = this.#field - frames.length;
      for (let i = 0; i < this.#field; i++) {
        const from = Math.max(0, i - lacking) * numbers;
        track.set(complete.subarray(from, from + numbers), i * numbers);
      }
      return [{ personId, time: held.time, pose: held.pose, track }];
    });
  }

  #hold(frames: Held[], held: Held): void {
    frames.push(held);
    if (frames.length > this.#field) frames.shift();
  }
}
