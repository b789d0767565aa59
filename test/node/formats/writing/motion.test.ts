import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { AnimationMixer, type Bone, type Object3D, SkinnedMesh, Vector3 } from 'three';
import { BVHLoader } from 'three/addons/loaders/BVHLoader.js';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { MARKS, type Person, WORLD_STRIDE } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import type { ConventionId } from '../../../../src/formats/convention.ts';
import { standPeople } from '../../../../src/motion/placing/standing.ts';
import { blazepose33 } from '../../../../src/skeletons/sets/blazepose33.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { readC3d } from '../../../helpers/read-c3d.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const FRAMES = 90;
/** The second actor is out of view from 30 to 44, and in frame 10 the first has no left elbow. */
function sample(): Recording {
  const { info, frames } = actorRecording(FRAMES);
  return new Recording(
    info,
    frames.map((frame, i) => {
      const people = i >= 30 && i < 45 ? frame.people.slice(0, 1) : frame.people;
      return i === 10
        ? { ...frame, people: people.map((p) => (p.id === 0 ? withoutElbow(p) : p)) }
        : frame.people === people
          ? frame
          : { ...frame, people };
    }),
  );
}

const ELBOW = blazepose33.keypoints.indexOf('left_elbow');

function withoutElbow(person: Person): Person {
  const body = person.body;
  if (!body?.world) throw new Error('Actors have bodies.');
  const [points, world] = [body.points.slice(), body.world.slice()];
  points.set([Number.NaN, Number.NaN, 0], ELBOW * 3);
  world.set([Number.NaN, Number.NaN, Number.NaN, 0], ELBOW * 4);
  const marks = new Uint8Array(33);
  marks[0] = MARKS.corrected;
  return { ...person, body: { ...body, points, world, marks } };
}

/** A keypoint of somebody in metres, hips at the origin. */
function truth(recording: Recording, frame: number, id: number, name: string): Vector3 {
  const person = recording.frames[frame]?.people.find((p) => p.id === id);
  const at = blazepose33.keypoints.indexOf(name as 'nose') * WORLD_STRIDE;
  return new Vector3(...(person?.body?.world?.subarray(at, at + 3) ?? []));
}

function direction(from: Vector3, to: Vector3): Vector3 {
  return to.clone().sub(from).normalize();
}

/** Degrees between the segments of a rig and those that were measured, and the lengths of the rig's. */
const SEGMENTS = [
  ['LeftArm', 'LeftForeArm', 'left_shoulder', 'left_elbow'],
  ['RightForeArm', 'RightHand', 'right_elbow', 'right_wrist'],
  ['LeftUpLeg', 'LeftLeg', 'left_hip', 'left_knee'],
  ['RightLeg', 'RightFoot', 'right_knee', 'right_ankle'],
] as const;

function compareSegments(
  recording: Recording,
  frame: number,
  id: number,
  placeOf: (joint: string) => Vector3,
): { worst: number; lengths: number[] } {
  const angles = SEGMENTS.map(([from, to, a, b]) => {
    const ours = direction(placeOf(from), placeOf(to));
    const theirs = direction(truth(recording, frame, id, a), truth(recording, frame, id, b));
    return (ours.angleTo(theirs) * 180) / Math.PI;
  });
  return { worst: Math.max(...angles), lengths: SEGMENTS.map(([a, b]) => placeOf(a).distanceTo(placeOf(b))) };
}

describe('BVH', () => {
  const recording = sample();
  const entries = unzipSync(writeWith('bvh', recording));
  const text = (name: string) => strFromU8(entries[name] ?? new Uint8Array());

  it('has a file a person and says how it was made, and who was in view when', () => {
    expect(Object.keys(entries)).toEqual([
      'two actors_person_0.bvh',
      'two actors_person_1.bvh',
      'how-it-was-made.json',
    ]);
    expect(JSON.parse(text('how-it-was-made.json'))).toMatchObject({
      info: { source: { name: 'two actors' } },
      marked: [{ person: 0, part: 'body', keypoint: 'nose', how: 'corrected', frames: [[10, 10]] }],
      inView: [
        { person: 0, frames: [[0, 89]] },
        {
          person: 1,
          frames: [
            [0, 29],
            [45, 89],
          ],
        },
      ],
    });
  });

  it.each([
    0, 1,
  ])('is read by three’s loader: person %d moves as measured, bones keep their lengths', (id) => {
    const { skeleton, clip } = new BVHLoader().parse(text(`two actors_person_${id}.bvh`));
    expect(clip.duration).toBeCloseTo((FRAMES - 1) / 30, 4);
    const [root] = skeleton.bones;
    if (!root) throw new Error('There are no bones.');
    const mixer = new AnimationMixer(root);
    mixer.clipAction(clip).play();
    const byName = new Map(skeleton.bones.map((bone: Bone) => [bone.name, bone]));
    const placeOf = (name: string) => byName.get(name)?.getWorldPosition(new Vector3()) ?? new Vector3();
    let first: number[] | null = null;
    for (const frame of [0, 7, 25, 60, 88]) {
      mixer.setTime(frame / 30);
      root.updateMatrixWorld(true);
      const { worst, lengths } = compareSegments(recording, frame, id, placeOf);
      // A frame lies on the grid to its last digit only: a step is 0.033333.
      expect(worst).toBeLessThan(0.5);
      first ??= lengths;
      for (const [i, length] of lengths.entries()) expect(length).toBeCloseTo(first[i] ?? 0, 5);
    }
  });
});

describe('GLB', () => {
  const recording = sample();
  const load = (): Promise<GLTF> => {
    const bytes = writeWith('glb', recording);
    return new GLTFLoader().parseAsync(bytes.buffer, '');
  };

  it('is read by three’s loader: both move as measured, whoever is out of view is not there', async () => {
    const { scene, animations, asset } = await load();
    expect(asset.extras).toMatchObject({ info: { source: { name: 'two actors' } } });
    const [clip] = animations;
    if (!clip) throw new Error('There is no animation.');
    expect(clip.duration).toBeCloseTo((FRAMES - 1) / 30, 5);
    const mixer = new AnimationMixer(scene);
    mixer.clipAction(clip).play();
    const find = (name: string): Object3D => {
      const object = scene.getObjectByName(name);
      if (!object) throw new Error(`There is no ${name}.`);
      return object;
    };
    const lengths = [0, 1].map((): number[][] => []);
    for (const frame of [0, 10, 20, 50, 89]) {
      mixer.setTime(Math.min(frame / 30, clip.duration - 1e-6));
      scene.updateMatrixWorld(true);
      for (const id of [0, 1]) {
        // The left elbow is missing in frame 10 and comes from its neighbours.
        if (frame === 10 && id === 0) continue;
        const placeOf = (joint: string) => find(`P${id}_${joint}`).getWorldPosition(new Vector3());
        const compared = compareSegments(recording, frame, id, placeOf);
        expect(compared.worst).toBeLessThan(0.1);
        lengths[id]?.push(compared.lengths);
      }
    }
    for (const all of lengths) {
      for (const [i, length] of (all[0] ?? []).entries()) {
        for (const other of all) expect(other[i]).toBeCloseTo(length, 5);
      }
    }
    mixer.setTime(37 / 30);
    expect(find('Person_2').scale.x).toBe(0);
    expect(find('Person_1').scale.x).toBe(1);
    mixer.setTime(50 / 30);
    expect(find('Person_2').scale.x).toBe(1);
  });

  it('has hips that carry the motion, as in the room', async () => {
    const { scene, animations } = await load();
    const [clip] = animations;
    if (!clip) throw new Error('There is no animation.');
    const mixer = new AnimationMixer(scene);
    mixer.clipAction(clip).play();
    const hips = scene.getObjectByName('P0_Hips');
    for (const frame of [0, 30, 89]) {
      mixer.setTime(Math.min(frame / 30, clip.duration - 1e-6));
      scene.updateMatrixWorld(true);
      const people = recording.frames[frame]?.people ?? [];
      const { width, height } = recording.info;
      const standing = standPeople(people, width, height)[0]?.poses[0]?.positions ?? new Float32Array();
      const [left, right] = ['left_hip', 'right_hip'].map((name) => {
        const at = blazepose33.keypoints.indexOf(name as 'nose') * WORLD_STRIDE;
        return new Vector3(...standing.subarray(at, at + 3));
      });
      const middle = left?.add(right ?? left).divideScalar(2) ?? new Vector3();
      expect(middle.y).toBeGreaterThan(0.7);
      expect(hips?.getWorldPosition(new Vector3()).distanceTo(middle)).toBeLessThan(1e-4);
    }
  });

  it('has a body whose corners are near its bones', async () => {
    const { scene } = await load();
    scene.updateMatrixWorld(true);
    const meshes: SkinnedMesh[] = [];
    scene.traverse((object) => {
      if (object instanceof SkinnedMesh) meshes.push(object);
    });
    expect(meshes).toHaveLength(2);
    for (const mesh of meshes) {
      mesh.skeleton.update();
      const joints = mesh.skeleton.bones.map((bone) => bone.getWorldPosition(new Vector3()));
      for (let i = 0; i < mesh.geometry.getAttribute('position').count; i += 7) {
        const corner = mesh.getVertexPosition(i, new Vector3()).applyMatrix4(mesh.matrixWorld);
        expect(Math.min(...joints.map((joint) => joint.distanceTo(corner)))).toBeLessThan(0.35);
      }
    }
  });
});

describe('TRC', () => {
  const recording = sample();
  const entries = unzipSync(writeWith('trc', recording));
  const lines = strFromU8(entries['two actors_person_0.trc'] ?? new Uint8Array()).split('\n');

  it('has the head that OpenSim reads', () => {
    expect(lines[0]).toMatch(/^PathFileType\t4\t\(X\/Y\/Z\)\t\{"format":"limn-making"/);
    expect(lines[1]?.split('\t')).toHaveLength(8);
    expect(lines[2]?.split('\t')).toEqual(['30', '30', '90', '33', 'mm', '30', '1', '90']);
    expect(lines[3]?.split('\t').slice(0, 6)).toEqual(['Frame#', 'Time', 'nose', '', '', 'left_eye_inner']);
    expect(lines[4]?.split('\t').slice(2, 5)).toEqual(['X1', 'Y1', 'Z1']);
    expect(lines[5]).toBe('');
    const widths = new Set(lines.slice(6, -1).map((line) => line.split('\t').length));
    expect([...widths]).toEqual([2 + 33 * 3]);
    expect(lines.slice(6, -1)).toHaveLength(FRAMES);
  });

  it('has places in millimetres that lie as measured, and empty cells for what is missing', () => {
    const place = (frame: number, name: string) => {
      const at = 2 + blazepose33.keypoints.indexOf(name as 'nose') * 3;
      return (lines[6 + frame] ?? '').split('\t').slice(at, at + 3);
    };
    const point = (frame: number, name: string) => new Vector3(...place(frame, name).map(Number));
    for (const frame of [0, 40]) {
      const ours = point(frame, 'left_knee').sub(point(frame, 'left_hip'));
      const theirs = truth(recording, frame, 0, 'left_knee').sub(truth(recording, frame, 0, 'left_hip'));
      expect(ours.divideScalar(1000).distanceTo(theirs)).toBeLessThan(1e-5);
    }
    expect(place(10, 'left_elbow')).toEqual(['', '', '']);
    expect(place(11, 'left_elbow')).not.toContain('');
    const second = strFromU8(entries['two actors_person_1.trc'] ?? new Uint8Array()).split('\n');
    expect(second[6 + 35]).toMatch(/^36\t1\.166667\t+$/);
  });
});

describe('C3D', () => {
  const recording = sample();
  const bytes = writeWith('c3d', recording);
  const parsed = readC3d(bytes);

  it('states its points, rate and frames in header and parameters alike', () => {
    expect(parsed.header).toEqual({
      points: 66,
      channels: 22,
      samplesPerFrame: 1,
      first: 1,
      last: FRAMES,
      rate: 30,
      dataBlock: parsed.dataStart,
    });
    expect(parsed.numbers('POINT:USED')).toEqual([66]);
    expect(parsed.numbers('POINT:FRAMES')).toEqual([FRAMES]);
    expect(parsed.numbers('POINT:SCALE')).toEqual([-1]);
    expect(parsed.texts('POINT:UNITS')).toEqual(['mm']);
    expect(parsed.texts('POINT:LABELS').slice(0, 2)).toEqual(['P0_nose', 'P0_left_eye_inner']);
    expect(parsed.texts('SUBJECTS:NAMES')).toEqual(['P0', 'P1']);
    expect(JSON.parse(parsed.texts('LIMN:MADE', false).join(''))).toMatchObject({
      marked: [{ keypoint: 'nose' }],
    });
  });

  it('has places that lie as measured, and residual −1 for what is missing', () => {
    const hip = parsed.point(40, 23);
    const knee = parsed.point(40, 25);
    const theirs = truth(recording, 40, 0, 'left_knee').sub(truth(recording, 40, 0, 'left_hip'));
    const ours = new Vector3(...knee).sub(new Vector3(...hip)).divideScalar(1000);
    expect(ours.distanceTo(theirs)).toBeLessThan(1e-5);
    expect([hip[3], parsed.point(10, ELBOW)[3], parsed.point(35, 33)[3], parsed.point(46, 33)[3]]).toEqual([
      0, -1, -1, 0,
    ]);
  });
});

describe('units and axes', () => {
  const recording = sample();
  const placeIn = (format: 'trc' | 'c3d', convention: ConventionId): Vector3 => {
    const bytes = writeWith(format, recording, convention);
    if (format === 'c3d') return new Vector3(...readC3d(bytes).point(40, KNEE).slice(0, 3));
    const lines = strFromU8(unzipSync(bytes)['two actors_person_0.trc'] ?? new Uint8Array()).split('\n');
    return new Vector3(
      ...(lines[6 + 40] ?? '')
        .split('\t')
        .slice(2 + KNEE * 3, 5 + KNEE * 3)
        .map(Number),
    );
  };
  const KNEE = blazepose33.keypoints.indexOf('left_knee');

  it.each(['trc', 'c3d'] as const)('%s has z up where that is asked for', (format) => {
    const usual = placeIn(format, 'mm-y-up');
    const turned = placeIn(format, 'mm-z-up');
    expect(usual.y).toBeGreaterThan(200);
    expect(turned.distanceTo(new Vector3(usual.x, -usual.z, usual.y))).toBeLessThan(0.01);
  });

  it('TRC has metres where they are asked for, and says so', () => {
    expect(placeIn('trc', 'm-y-up').multiplyScalar(1000).distanceTo(placeIn('trc', 'mm-y-up'))).toBeLessThan(
      0.01,
    );
    const [first = '', , third = ''] = strFromU8(
      unzipSync(writeWith('trc', recording, 'm-y-up'))['two actors_person_0.trc'] ?? new Uint8Array(),
    ).split('\n');
    expect(third.split('\t')[4]).toBe('m');
    expect(JSON.parse(first.split('\t')[3] ?? '')).toMatchObject({
      space: { unit: 'm', up: 'y', axes: 'x to the picture’s right, y up, z towards the viewer' },
    });
  });

  it('C3D says which axis is up', () => {
    const up = (convention: ConventionId) =>
      readC3d(writeWith('c3d', recording, convention)).texts('POINT:Y_SCREEN');
    expect([up('mm-y-up'), up('mm-z-up')]).toEqual([['+Y'], ['+Z']]);
  });

  it('BVH has centimetres where they are asked for: as three’s loader reads it', () => {
    const [metres = new Vector3(), centimetres] = (['m-y-up', 'cm-y-up'] as const).map((convention) => {
      const entries = unzipSync(writeWith('bvh', recording, convention));
      expect(JSON.parse(strFromU8(entries['how-it-was-made.json'] ?? new Uint8Array()))).toMatchObject({
        space: { unit: convention.split('-')[0], up: 'y' },
      });
      const { skeleton, clip } = new BVHLoader().parse(
        strFromU8(entries['two actors_person_0.bvh'] ?? new Uint8Array()),
      );
      const [root] = skeleton.bones;
      if (!root) throw new Error('There are no bones.');
      new AnimationMixer(root).clipAction(clip).play();
      root.updateMatrixWorld(true);
      return skeleton.bones[3]?.getWorldPosition(new Vector3());
    });
    expect(metres.length()).toBeGreaterThan(0.1);
    expect(centimetres?.divideScalar(100).distanceTo(metres)).toBeLessThan(1e-5);
  });

  it('that a format doesn’t have are refused by a sentence', () => {
    expect(() => writeWith('bvh', recording, 'mm-z-up')).toThrow(
      /can't be written as "mm-z-up". Choose one of m-y-up, cm-y-up, m-z-up, cm-z-up\./,
    );
    expect(() => writeWith('csv', recording, 'mm-z-up')).toThrow(/Its units and axes are fixed\./);
  });
});

describe('Markers of people who have been placed', () => {
  const AT = [1, 0.9, -2] as const;
  const { info, frames } = sample();
  const placed = new Recording(
    info,
    frames.map((frame) => ({ ...frame, people: frame.people.map((person) => ({ ...person, place: AT })) })),
  );
  const KNEE = blazepose33.keypoints.indexOf('left_knee');
  const wanted = truth(placed, 40, 0, 'left_knee').add(new Vector3(...AT));

  it('are where these stand in the room: TRC', () => {
    const entries = unzipSync(writeWith('trc', placed));
    const lines = strFromU8(entries['two actors_person_0.trc'] ?? new Uint8Array()).split('\n');
    const cells = (lines[6 + 40] ?? '').split('\t').slice(2 + KNEE * 3, 2 + KNEE * 3 + 3);
    const knee = new Vector3(...cells.map(Number)).divideScalar(1000);
    expect(knee.distanceTo(wanted)).toBeLessThan(1e-5);
  });

  it('are where these stand in the room: C3D', () => {
    const [x, y, z] = readC3d(writeWith('c3d', placed)).point(40, KNEE);
    expect(new Vector3(x, y, z).divideScalar(1000).distanceTo(wanted)).toBeLessThan(1e-5);
  });
});

describe('Detectron NPZ', () => {
  const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
  if (!hasNumpy) console.warn('Python with NumPy is missing: Detectron NPZ is not read.');
  it.skipIf(!hasNumpy)('is what VideoPose3D’s script loads', () => {
    const { info, frames } = sample();
    const recording = new Recording(
      info,
      frames.map((frame, i) => (i === 20 ? { ...frame, people: [] } : frame)),
    );
    const folder = mkdtempSync(join(tmpdir(), 'limn-detectron-'));
    const path = join(folder, 'walk.npz');
    writeFileSync(path, writeWith('detectron-npz', recording));
    // The way of VideoPose3D's data/prepare_data_2d_custom.py, in our own words.
    const script = `
import json, sys, numpy as np
data = np.load(sys.argv[1], encoding='latin1', allow_pickle=True)
boxes, keypoints, meta = data['boxes'], data['keypoints'], data['metadata'].item()
best = []
for i in range(len(boxes)):
    if len(boxes[i][1]) == 0 or len(keypoints[i][1]) == 0:
        best.append(np.full((17, 4), np.nan, dtype=np.float32)); continue
    best.append(keypoints[i][1][np.argmax(boxes[i][1][:, 4])].T.copy())
best = np.array(best, dtype=np.float32)
print(json.dumps({'shape': best.shape, 'w': meta['w'], 'h': meta['h'], 'limn': json.loads(meta['limn'])['info']['source']['name'],
  'people': [len(boxes[0][1]), len(boxes[35][1])], 'nose': best[0][0].tolist(), 'gap': bool(np.isnan(best[20]).all()),
  'elbow': bool(np.isnan(best[10][7][:2]).all()), 'segments': data['segments'].shape}))`;
    const { stdout, stderr } = spawnSync('python3', ['-W', 'ignore', '-c', script, path], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect(stderr).toBe('');
    const read = JSON.parse(stdout) as Record<string, unknown>;
    const nose = recording.frames[0]?.people[0]?.body?.points.subarray(0, 3);
    expect(read).toEqual({
      shape: [FRAMES, 17, 4],
      w: info.width,
      h: info.height,
      limn: 'two actors',
      people: [2, 1],
      nose: [nose?.[0], nose?.[1], 0, 1],
      gap: true,
      elbow: true,
      segments: [FRAMES],
    });
  });
});

it.each(['trc', 'c3d', 'bvh', 'glb'] as const)('%s says that it needs keypoints in 3-D', (format) => {
  const { info, frames } = actorRecording(3);
  const flat = frames.map((frame) => ({
    ...frame,
    people: frame.people.map(({ body, ...person }) => ({
      ...person,
      body: body && { ...body, world: null },
      leftHand: null,
      rightHand: null,
    })),
  }));
  expect(() => writeWith(format, new Recording(info, flat))).toThrow(LimnError);
});
