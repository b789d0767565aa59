import { readFileSync } from 'node:fs';
import { Pose as ForeignPose, type PosePointModel } from 'pose-format';
import { describe, expect, it } from 'vitest';
import { type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { handAt } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, sharedPath } from '../../../helpers/shared-data.ts';
import { writeWith } from '../../../helpers/write-with.ts';

/* Beside the reader of the people who made the format: npm's pose-format. */

const readForeign = (bytes: Uint8Array): ForeignPose => ForeignPose.from(Buffer.from(bytes));

/** The keypoints of a component of somebody in a frame, as the foreign reader has them. */
function foreignPoints(
  pose: ForeignPose,
  frame: number,
  person: number,
  component: string,
): readonly PosePointModel[] {
  return pose.body.frames[frame]?.people[person]?.[component] ?? [];
}

/** Holds one pose against a component: every x, y and score, to the last bit of 32. */
function expectSame(foreign: readonly PosePointModel[], ours: Pose | null | undefined, what: string): void {
  for (const [i, { X, Y, C = 0 }] of foreign.entries()) {
    const [x, y, score = 0] = ours?.points.subarray(i * POINT_STRIDE, (i + 1) * POINT_STRIDE) ?? [];
    expect([what, i, Math.min(1, C)]).toEqual([what, i, score]);
    if (C > 0) expect([what, i, X, Y]).toEqual([what, i, x, y]);
  }
}

/** Two actors at an odd rate; of the first, a hand, a face, and a keypoint that is missing. */
function sample(): Recording {
  const { info, frames } = actorRecording(12);
  const face: Pose = {
    set: 'face-70',
    points: Float32Array.from({ length: 210 }, (_, i) => (i % 3 === 2 ? 0.75 : 100 + i / 7)),
    world: null,
    handedness: null,
  };
  return new Recording(
    info,
    frames.map((frame, i) => ({
      ...frame,
      time: (i * 12) / 359,
      people: frame.people.map((person, id): Person => {
        if (id === 1 || !person.body) return person;
        const [points, world] = [person.body.points.slice(), person.body.world?.slice() ?? null];
        points.set([Number.NaN, Number.NaN, 0], 15 * POINT_STRIDE);
        world?.set([Number.NaN, Number.NaN, Number.NaN, 0], 15 * WORLD_STRIDE);
        return { ...person, body: { ...person.body, points, world }, leftHand: handAt(310, 230), face };
      }),
    })),
  );
}

describe('.pose, as pose-format reads it,', () => {
  const recording = sample();
  const pose = readForeign(writeWith('pose', recording));

  it('says version, size, rate, frames, people and components', () => {
    const { header, body } = pose;
    expect(header.version).toBeCloseTo(0.2, 6);
    expect([header.width, header.height]).toEqual([recording.info.width, recording.info.height]);
    expect(body.fps).toBeCloseTo(359 / 12, 4);
    expect([body._frames, body._people]).toEqual([12, 2]);
    expect(header.components.map(({ name, format, points }) => [name, format, points.length])).toEqual([
      ['POSE_LANDMARKS', 'XYZC', 33],
      ['POSE_WORLD_LANDMARKS', 'XYZC', 33],
      ['LEFT_HAND_LANDMARKS', 'XYZC', 21],
      ['RIGHT_HAND_LANDMARKS', 'XYZC', 21],
      ['face_keypoints_2d', 'XYZC', 70],
    ]);
  });

  it('names keypoints as MediaPipe does, and limbs between them', () => {
    const [body, , hand] = pose.header.components;
    // mediapipe, solutions/pose.py and hands.py: PoseLandmark, HandLandmark.
    expect(body?.points.slice(9, 17)).toEqual([
      'MOUTH_LEFT',
      'MOUTH_RIGHT',
      'LEFT_SHOULDER',
      'RIGHT_SHOULDER',
      'LEFT_ELBOW',
      'RIGHT_ELBOW',
      'LEFT_WRIST',
      'RIGHT_WRIST',
    ]);
    expect(hand?.points.slice(3, 9)).toEqual([
      'THUMB_IP',
      'THUMB_TIP',
      'INDEX_FINGER_MCP',
      'INDEX_FINGER_PIP',
      'INDEX_FINGER_DIP',
      'INDEX_FINGER_TIP',
    ]);
    for (const { points, limbs } of pose.header.components) {
      for (const { from, to } of limbs) expect(Math.max(from, to)).toBeLessThan(points.length);
    }
  });

  it('has every x, y and score of everybody in every frame', () => {
    for (const [frame, { people }] of recording.frames.entries()) {
      for (const [id, person] of people.entries()) {
        const parts = {
          POSE_LANDMARKS: person.body,
          LEFT_HAND_LANDMARKS: person.leftHand,
          RIGHT_HAND_LANDMARKS: person.rightHand,
          face_keypoints_2d: person.face,
        };
        for (const [name, ours] of Object.entries(parts)) {
          expectSame(foreignPoints(pose, frame, id, name), ours, `${name} of ${id} in frame ${frame}`);
        }
      }
    }
    expect(foreignPoints(pose, 3, 0, 'POSE_LANDMARKS')[15]).toMatchObject({ C: 0 });
  });

  it('has MediaPipe’s axes in space: metres, y down, z away from the viewer', () => {
    for (const [frame, { people }] of recording.frames.entries()) {
      for (const [id, { body }] of people.entries()) {
        for (const [i, { X, Y, Z = 0, C }] of foreignPoints(
          pose,
          frame,
          id,
          'POSE_WORLD_LANDMARKS',
        ).entries()) {
          const [x, y = 0, z = 0, score] =
            body?.world?.subarray(i * WORLD_STRIDE, (i + 1) * WORLD_STRIDE) ?? [];
          expect(C).toBe(score);
          if (score !== 0) expect([X, -Y, -Z]).toEqual([x, y, z]);
        }
      }
    }
    const [nose, , , , , , , ear, , , , , , , , , , , , , , , , , , , , ankle] = foreignPoints(
      pose,
      0,
      1,
      'POSE_WORLD_LANDMARKS',
    );
    // The actor faces the viewer: feet below the hips, the nose nearer than the ear.
    expect(ankle?.Y).toBeGreaterThan(0.5);
    expect(nose?.Z).toBeLessThan((ear?.Z ?? 0) - 0.03);
  });
});

describe.skipIf(!hasSharedData)('Files of the sign-language community', () => {
  const load = (name: string) => {
    const bytes = new Uint8Array(readFileSync(sharedPath(`pose_format/${name}`)));
    return { foreign: readForeign(bytes), ours: readRecording([{ name, bytes }]) };
  };

  it('from OpenPose have the same keypoints as in pose-format: body, hands, face', () => {
    const { foreign, ours } = load('openpose.pose');
    expect(ours.frames).toHaveLength(foreign.body._frames);
    expect(ours.frames[1]?.time).toBe(1 / foreign.body.fps);
    let faces = 0;
    for (const [frame, { people }] of ours.frames.entries()) {
      expect(people).toHaveLength(foreign.body.frames[frame]?.people.length ?? -1);
      for (const [id, person] of people.entries()) {
        const parts = {
          pose_keypoints_2d: person.body,
          face_keypoints_2d: person.face,
          hand_left_keypoints_2d: person.leftHand,
          hand_right_keypoints_2d: person.rightHand,
        };
        if (person.face) faces++;
        for (const [name, pose] of Object.entries(parts)) {
          expectSame(foreignPoints(foreign, frame, id, name), pose, `${name} of ${id} in frame ${frame}`);
        }
      }
    }
    expect(faces).toBeGreaterThan(80);
    expect(ours.info).not.toHaveProperty('notes');
  });

  it('from MediaPipe have the same, by the names of their keypoints, faces by their numbers', () => {
    const { foreign, ours } = load('mediapipe.pose');
    // mediapipe, solutions/pose.py: the numbers of the eight keypoints that this file has.
    const numbers = [11, 12, 13, 14, 15, 16, 23, 24];
    expect(foreign.header.components[0]?.points).toEqual([
      'LEFT_SHOULDER',
      'RIGHT_SHOULDER',
      'LEFT_ELBOW',
      'RIGHT_ELBOW',
      'LEFT_WRIST',
      'RIGHT_WRIST',
      'LEFT_HIP',
      'RIGHT_HIP',
    ]);
    expect(ours.frames).toHaveLength(foreign.body._frames);
    expect(ours.frames[1]?.time).toBe(1 / foreign.body.fps);
    for (const [frame, { people }] of ours.frames.entries()) {
      const [person] = people;
      const points = Float32Array.from(
        numbers.flatMap((i) => [
          ...(person?.body?.points.subarray(i * POINT_STRIDE, (i + 1) * POINT_STRIDE) ?? []),
        ]),
      );
      const body = person?.body ? { ...person.body, points } : null;
      expectSame(foreignPoints(foreign, frame, 0, 'POSE_LANDMARKS'), body, `body in frame ${frame}`);
      const mesh = foreign.header.components.find(({ name }) => name === 'FACE_LANDMARKS')?.points ?? [];
      expect(mesh.length).toBeGreaterThan(100);
      const ownFace = Float32Array.from(
        mesh.flatMap((name) => [
          ...(person?.face?.points.subarray(Number(name) * 3, Number(name) * 3 + 3) ?? []),
        ]),
      );
      const face = person?.face ? { ...person.face, points: ownFace } : null;
      expectSame(foreignPoints(foreign, frame, 0, 'FACE_LANDMARKS'), face, `face in frame ${frame}`);
      for (const [name, pose] of [
        ['LEFT_HAND_LANDMARKS', person?.leftHand],
        ['RIGHT_HAND_LANDMARKS', person?.rightHand],
      ] as const) {
        expectSame(foreignPoints(foreign, frame, 0, name), pose, `${name} in frame ${frame}`);
      }
    }
    expect(ours.info.notes).toBeUndefined();
  });

  it('from OpenPose, written again, hold the same for pose-format', () => {
    const { foreign, ours } = load('openpose.pose');
    const again = readForeign(writeWith('pose', ours));
    expect([again.body._frames, again.body.fps]).toEqual([foreign.body._frames, foreign.body.fps]);
    for (let frame = 0; frame < foreign.body._frames; frame++) {
      for (const [before, after] of [
        ['pose_keypoints_2d', 'pose_keypoints_2d'],
        ['face_keypoints_2d', 'face_keypoints_2d'],
        ['hand_left_keypoints_2d', 'LEFT_HAND_LANDMARKS'],
      ] as const) {
        // OpenPose's scores go over 1 at times, which counts as 1.
        const wanted = foreignPoints(foreign, frame, 0, before).map(({ X, Y, C = 0 }) => ({
          X,
          Y,
          C: Math.min(1, C),
        }));
        expect(foreignPoints(again, frame, 0, after)).toEqual(wanted);
      }
    }
  });
});

it('a .pose file of a face only is refused by what is in it', () => {
  const { info, frames } = sample();
  const bytes = writeWith('pose', new Recording(info, frames));
  const text = Buffer.from(bytes);
  for (const name of [
    'POSE_LANDMARKS',
    'POSE_WORLD_LANDMARKS',
    'LEFT_HAND_LANDMARKS',
    'RIGHT_HAND_LANDMARKS',
  ]) {
    text.write('X'.repeat(name.length), text.indexOf(name), 'latin1');
  }
  expect(() => readRecording([{ name: 'a.pose', bytes: new Uint8Array(text) }])).toThrow(
    /face_keypoints_2d: Limn knows no body and no hand among these keypoints/,
  );
});
