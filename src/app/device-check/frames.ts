import { isAbort, LimnError, toSentence } from '../../core/errors.ts';
import { type Person, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import { ActorTroupe } from '../../sources/actor/actor-source.ts';
import type { SourceFrame } from '../../sources/source.ts';
import type { Platform } from '../../tracking/platform.ts';

/** A picture that every engine looks at. */
export interface RaceFrame {
  /** The giver's, who closes it after the race. */
  readonly image: ImageBitmap;
  /** Seconds. */
  readonly time: number;
  /** Who is truly in it; `null`: nobody knows. */
  readonly truth: readonly Person[] | null;
}

/** MediaPipe's samples, and most cameras, give pictures of this size. */
const SIZE = { width: 640, height: 480 };
/** Hands are looked at from nearer. */
const NEARER = 3;
const FRAME_RATE = 30;

/**
 * Frames of the demo actor: whole, or its hands from near. They are the caller's to close.
 *
 * @throws {LimnError} if they can't be drawn; an `AbortError`
 */
export async function drawFrames(
  what: ModelInfo['finds'],
  count: number,
  seed: number,
  { workers }: Pick<Platform, 'workers'>,
  signal: AbortSignal,
): Promise<RaceFrame[]> {
  const scale = what === 'hands' ? NEARER : 1;
  const size = { width: SIZE.width * scale, height: SIZE.height * scale };
  const troupe = new ActorTroupe({ seed, actors: 1, ...size, frameRate: FRAME_RATE }, workers.actor);
  const frames: RaceFrame[] = [];
  let corner: readonly [x: number, y: number] | null = what === 'hands' ? null : [0, 0];
  try {
    for (let i = 0; i < count; i++) {
      signal.throwIfAborted();
      const frame = await troupe.draw(i);
      try {
        corner ??= cornerAround(frame);
        frames.push(await cut(frame, corner));
      } finally {
        frame.close();
      }
    }
    return frames;
  } catch (error) {
    for (const { image } of frames) image.close();
    throw isAbort(error) ? error : new LimnError(toSentence(error));
  } finally {
    troupe.close();
  }
}

/** Where a window has its upper left corner that has the hands in its middle. */
function cornerAround({ truth, width, height }: SourceFrame): [x: number, y: number] {
  const points = (truth ?? []).flatMap(handsOf).map(({ points: each }) => each);
  const middle = (offset: 0 | 1): number => {
    const values = points.flatMap((each) =>
      Array.from(each).filter((value, i) => i % POINT_STRIDE === offset && !Number.isNaN(value)),
    );
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  };
  const within = (value: number, most: number): number => Math.round(Math.min(most, Math.max(0, value)));
  return [
    within(middle(0) - SIZE.width / 2, width - SIZE.width),
    within(middle(1) - SIZE.height / 2, height - SIZE.height),
  ];
}

async function cut(
  { image, time, truth }: SourceFrame,
  [x, y]: readonly [number, number],
): Promise<RaceFrame> {
  return {
    image: await createImageBitmap(image, x, y, SIZE.width, SIZE.height),
    time,
    truth: truth?.map((person) => moved(person, -x, -y)) ?? null,
  };
}

function moved(person: Person, x: number, y: number): Person {
  const move = (pose: Pose | null): Pose | null =>
    pose && {
      ...pose,
      points: pose.points.map((value, i) => value + ([x, y, 0][i % POINT_STRIDE] ?? 0)),
    };
  return {
    ...person,
    body: move(person.body),
    leftHand: move(person.leftHand),
    rightHand: move(person.rightHand),
  };
}

/** The hands of somebody, as far as they are known. */
export function handsOf({ leftHand, rightHand }: Person): Pose[] {
  return [leftHand, rightHand].filter((hand) => hand !== null);
}

/** Grey pictures, for devices that can't draw the demo actor. They are the caller's to close. */
export async function emptyFrames(count: number): Promise<RaceFrame[]> {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  if (!context) throw new LimnError('This browser has no 2-D canvas. Use a current one.');
  context.fillStyle = 'grey';
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  return Promise.all(
    Array.from({ length: count }, async (_, i) => ({
      image: await createImageBitmap(canvas),
      time: i / FRAME_RATE,
      truth: null,
    })),
  );
}
