import { boundingBox, mainPose, type Person, type Pose } from '../../core/pose.ts';
import { Pace } from '../../core/time/pace.ts';
import { assignMaximum } from './assignment.ts';
import type { UnidentifiedPerson } from './people.ts';
import { DEFAULT_TOLERANCE, poseSimilarity } from './similarity.ts';

export interface IdentityOptions {
  /** Less alike than this is somebody else; 0 to 1. */
  readonly minimumSimilarity: number;
  /**
   * Somebody out of sight is waited for this long, in seconds. MediaPipe loses one of two people who cross for
   * up to a second and a half, hence more than the second that tfjs-models waits.
   */
  readonly maximumAbsence: number;
  /** They are waited for as long as so many frames usually take, if that is longer: frames may be seconds apart. */
  readonly leastFrames: number;
}

export const DEFAULT_IDENTITY_OPTIONS: IdentityOptions = {
  minimumSimilarity: 0.1,
  maximumAbsence: 3,
  leastFrames: 3,
};

/** For single pictures: nobody is followed from one to the next. */
export const NOBODY_FOLLOWED: Partial<IdentityOptions> = { maximumAbsence: 0, leastFrames: 0 };

/** Of whom the model says who they are: more than all others may be alike together, so that the assignment gives in. */
const CERTAIN = 1000;
/** How much of the newly measured velocity enters the track's, from 0 (nothing) to 1 (all). */
const VELOCITY_GAIN = 0.3;
/** A pose less alike than this to the one expected may be a mixture of two people: no speed is taken from it. */
const STEADY_SIMILARITY = 0.6;
/** Whoever is out of sight goes on for about this long, in seconds, for nobody walks on for ever. */
const MOMENTUM = 0.6;
/** The longer somebody is out of sight, the farther off they may turn up: tolerance grows by this per second … */
const TOLERANCE_GROWTH = 2;
/** … for so many seconds: else anybody would be alike where frames are far apart. */
const TOLERANCE_SECONDS = 3;

interface Track {
  readonly id: number;
  pose: Pose;
  time: number;
  /** Of the middle of the pose, pixels per second. */
  velocityX: number;
  velocityY: number;
  /** The model's own number of them; `null`: it has none. */
  track: number | null;
}

/**
 * Gives people identities that hold from frame to frame.
 *
 * Every track expects its pose where its velocity has carried it; tracks and people are matched by the
 * Hungarian method on keypoint similarity, so that two who cross keep their ids. Whoever the model follows itself is known by the
 * number that it gives them. An id is never used again.
 */
export class Identities {
  readonly #options: IdentityOptions;
  readonly #pace = new Pace();
  #tracks: Track[] = [];
  #nextId = 0;

  constructor(options: Partial<IdentityOptions> = {}) {
    this.#options = { ...DEFAULT_IDENTITY_OPTIONS, ...options };
  }

  /** @param time seconds; a time before the last one (a scrubbed video) finds people where they are now. */
  identify(people: readonly UnidentifiedPerson[], time: number): Person[] {
    this.#pace.note(time);
    const { maximumAbsence, leastFrames } = this.#options;
    const patience = Math.max(maximumAbsence, leastFrames * this.#pace.step);
    this.#tracks = this.#tracks.filter((track) => Math.abs(time - track.time) <= patience);
    const numbers = new Set(people.map((person) => person.track));
    const similarity = people.map((person) =>
      this.#tracks.map((track) => {
        const value = likeness(track, mainPose(person), time);
        const isNumbered = track.track !== null && numbers.has(track.track);
        if (isNumbered) return track.track === person.track ? CERTAIN + value : 0;
        return value < this.#options.minimumSimilarity ? 0 : value;
      }),
    );
    const trackOfPerson = assignMaximum(similarity);
    return people
      .map((person, index) => {
        const column = trackOfPerson[index] ?? -1;
        const alike = similarity[index]?.[column] ?? 0;
        const track = alike > 0 ? this.#tracks[column] : undefined;
        const likeExpected = alike >= CERTAIN ? alike - CERTAIN : alike;
        if (track) follow(track, person, time, likeExpected >= STEADY_SIMILARITY);
        const { track: _, ...poses } = person;
        return { ...poses, id: track?.id ?? this.#begin(person, time) };
      })
      .sort((a, b) => a.id - b.id);
  }

  #begin(person: UnidentifiedPerson, time: number): number {
    const id = this.#nextId++;
    this.#tracks.push({
      id,
      pose: mainPose(person),
      time,
      velocityX: 0,
      velocityY: 0,
      track: person.track ?? null,
    });
    return id;
  }
}

/** How alike a pose is to the one that is expected of a track at a time, in seconds: 0 to 1. */
function likeness(track: Track, pose: Pose, time: number): number {
  const elapsed = time - track.time;
  const travel = Math.sign(elapsed) * MOMENTUM * (1 - Math.exp(-Math.abs(elapsed) / MOMENTUM));
  const offset = { x: track.velocityX * travel, y: track.velocityY * travel };
  const seconds = Math.min(TOLERANCE_SECONDS, Math.abs(elapsed));
  return poseSimilarity(track.pose, pose, offset, DEFAULT_TOLERANCE * (1 + TOLERANCE_GROWTH * seconds));
}

function follow(track: Track, person: UnidentifiedPerson, time: number, isSteady: boolean): void {
  const pose = mainPose(person);
  const elapsed = time - track.time;
  const before = boundingBox(track.pose);
  const after = boundingBox(pose);
  if (isSteady && elapsed > 0 && before && after) {
    const movedX = after.left + after.width / 2 - before.left - before.width / 2;
    const movedY = after.top + after.height / 2 - before.top - before.height / 2;
    track.velocityX += VELOCITY_GAIN * (movedX / elapsed - track.velocityX);
    track.velocityY += VELOCITY_GAIN * (movedY / elapsed - track.velocityY);
  }
  track.pose = pose;
  track.track = person.track ?? track.track;
  track.time = time;
}
