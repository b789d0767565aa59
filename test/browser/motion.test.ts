import { strFromU8, unzipSync } from 'fflate';
import { AnimationMixer, Vector3 } from 'three';
import { BVHLoader } from 'three/addons/loaders/BVHLoader.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { describe, expect, it } from 'vitest';
import { type PlainPerson, type PlainRecording, toPlainRecording } from '../../src/core/plain-recording.ts';
import { blazepose33 } from '../../src/skeletons/blazepose33.ts';
import { human36m17 } from '../../src/skeletons/human36m17.ts';
import { stageActors } from '../helpers/staged-actors.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

/** Shoulders, elbows, wrists, hips, knees, ankles. */
const JOINTS = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];
/** Where the demo's camera is. */
const CAMERA = [0, 1.05, 4] as const;
const RATE = 50;
const FRAMES = 360;

describe('The demo actor at 50 frames a second, tracked with MediaPipe,', () => {
  let tracked: Promise<{
    raw: PlainRecording;
    cleaned: PlainRecording;
    placed: PlainRecording;
    truth: PlainPerson[];
  }> | null = null;
  const track = () =>
    (tracked ??= watched.page.evaluate(
      async ({ frames, rate }) => {
        const { limn } = window.harness;
        const demo = limn.openDemo({ seed: 2, frameRate: rate });
        const tracker = limn.createTracker({ model: 'mediapipe-pose-full' });
        const found = [];
        const truth = [];
        for (let index = 0; index < frames; index++) {
          const { image, time, truth: real } = await demo.frame(index);
          found.push({ ...(await tracker.detect(image, time)), index, time });
          truth.push(real.people[0]);
          image.close();
        }
        const { width, height } = demo.options;
        tracker.dispose();
        demo.close();
        const source = { kind: 'demo', name: 'actor' } as const;
        const created = new Date().toISOString();
        const raw = {
          info: { limn: '0', created, source, width, height, mirrored: false, runs: [] },
          frames: found,
        };
        const { constantBones, fillGaps, place, rejectOutliers, smooth, transform } = limn;
        const cleaned = await transform(
          raw,
          rejectOutliers(),
          fillGaps(),
          smooth({ cutoff: 6 }),
          constantBones(),
        );
        return { raw, cleaned, placed: await transform(cleaned, place()), truth } as never;
      },
      { frames: FRAMES, rate: RATE },
    ));

  const aligned = (person: PlainPerson | undefined, joint: number): Vector3 | null => {
    const world = person?.body?.world;
    const at = world?.[joint];
    const [a, b] = [world?.[23], world?.[24]];
    if (!at || !a || !b) return null;
    return new Vector3(at.x - (a.x + b.x) / 2, at.y - (a.y + b.y) / 2, at.z - (a.z + b.z) / 2);
  };
  const errorsOf = (recording: PlainRecording, truth: readonly PlainPerson[]) => {
    const [errors, accelerations]: [number[], number[]] = [[], []];
    for (const [i] of recording.frames.entries()) {
      for (const joint of JOINTS) {
        const [a, b, c] = [i - 1, i, i + 1].map((k) => aligned(recording.frames[k]?.people[0], joint));
        const [x, y, z] = [i - 1, i, i + 1].map((k) => aligned(truth[k], joint));
        if (b && y) errors.push(b.distanceTo(y));
        if (!a || !b || !c || !x || !y || !z) continue;
        const bend = (p: Vector3, q: Vector3, r: Vector3) => p.clone().add(r).addScaledVector(q, -2);
        accelerations.push(bend(a, b, c).distanceTo(bend(x, y, z)) * RATE * RATE);
      }
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return { error: mean(errors), acceleration: mean(accelerations) };
  };

  it('jitters half as much once it is cleaned, and is not further from the truth', async () => {
    const { raw, cleaned, placed, truth } = await track();
    const [before, after, stood] = [raw, cleaned, placed].map((each) => errorsOf(each, truth));
    expect(before?.error).toBeGreaterThan(0.02);
    expect(after?.acceleration).toBeLessThan(0.5 * (before?.acceleration ?? 0));
    expect(after?.error).toBeLessThan((before?.error ?? 0) + 0.001);
    expect(stood?.acceleration).toBeLessThan(0.5 * (before?.acceleration ?? 0));
    expect(stood?.error).toBeLessThan(before?.error ?? 0);
  });

  it('stands in the room within 10 % of its distance and 5° of its direction, feet within 5 cm of the floor', async () => {
    const { placed, truth } = await track();
    const { camera } = placed.info;
    expect(camera).toMatchObject({ knownFrom: 'demo' });
    const [distances, directions, feet]: [number[], number[], number[]] = [[], [], []];
    for (const [i, { people }] of placed.frames.entries()) {
      const at = people[0]?.place;
      const real = truth[i]?.place;
      if (!at || !real || !camera) continue;
      const found = new Vector3(...at).sub(new Vector3(...camera.position));
      const wanted = new Vector3(...real).sub(new Vector3(...CAMERA));
      distances.push(Math.abs(found.length() / wanted.length() - 1));
      directions.push((found.angleTo(wanted) * 180) / Math.PI);
      const [now, before] = [truth[i]?.body?.world, truth[i - 1]?.body?.world];
      const [heel, earlier, place] = [now?.[29], before?.[29], truth[i - 1]?.place];
      if (!heel || !earlier || !place) continue;
      const moved = Math.hypot(
        heel.x + real[0] - earlier.x - place[0],
        heel.y + real[1] - earlier.y - place[1],
        heel.z + real[2] - earlier.z - place[2],
      );
      const low = Math.min(...[29, 30, 31, 32].map((k) => people[0]?.body?.world?.[k]?.y ?? Number.NaN));
      if (moved < 0.002 && heel.y + real[1] < 0.01) feet.push(Math.abs(low + at[1]));
    }
    const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
    expect(distances.length).toBeGreaterThan(0.95 * FRAMES);
    expect(median(distances)).toBeLessThan(0.1);
    expect(median(directions)).toBeLessThan(5);
    expect(feet.length).toBeGreaterThan(50);
    expect(median(feet)).toBeLessThan(0.05);
  });
});

describe('Files of placed motion, read by three.js,', () => {
  const staged = stageActors({ seconds: 6, actors: 2, distance: 5, worldNoise: 0.01 });
  let made: Promise<{ recording: PlainRecording; bvh: string; glb: string }> | null = null;
  /** Lifted joints clean and placed, as BVH and GLB. */
  const make = () =>
    (made ??= watched.page.evaluate(async (recording) => {
      const { limn } = window.harness;
      const { constantBones, lift, place, smooth, transform } = limn;
      const placed = await transform(
        recording,
        smooth({ cutoff: 6 }),
        lift(),
        smooth({ cutoff: 6 }),
        constantBones(),
        place({ fov: 60 }),
      );
      const read = async (format: 'bvh' | 'glb') => {
        const bytes = new Uint8Array(
          await (await limn.exportRecording(placed, format, { spatial: 'lifted' })).arrayBuffer(),
        );
        let text = '';
        for (let at = 0; at < bytes.length; at += 8192)
          text += String.fromCharCode(...bytes.subarray(at, at + 8192));
        return btoa(text);
      };
      return { recording: placed, bvh: await read('bvh'), glb: await read('glb') };
    }, toPlainRecording(staged.recording)));

  const NAMES = [
    ['Hips', 'hip'],
    ['LeftArm', 'left_shoulder'],
    ['RightForeArm', 'right_elbow'],
    ['LeftHand', 'left_wrist'],
    ['RightUpLeg', 'right_hip'],
    ['LeftLeg', 'left_knee'],
    ['RightFoot', 'right_foot'],
  ] as const;
  const expectNear = (
    recording: PlainRecording,
    id: number,
    frame: number,
    placeOf: (name: string) => Vector3,
  ): void => {
    const person = recording.frames[frame]?.people.find((each) => each.id === id);
    for (const [bone, joint] of NAMES) {
      const at = person?.lifted?.world?.[human36m17.keypoints.indexOf(joint)];
      const [x = 0, y = 0, z = 0] = person?.place ?? [];
      const wanted = new Vector3(
        (at?.x ?? Number.NaN) + x,
        (at?.y ?? Number.NaN) + y,
        (at?.z ?? Number.NaN) + z,
      );
      expect(placeOf(bone).distanceTo(wanted), `${bone} of ${id} in frame ${frame}`).toBeLessThan(0.01);
    }
  };

  it('show joints within a centimetre of the recording: BVH', async () => {
    const { recording, bvh } = await make();
    const entries = unzipSync(Buffer.from(bvh, 'base64'));
    for (const id of [0, 1]) {
      const name = Object.keys(entries).find((each) => each.endsWith(`person_${id}.bvh`)) ?? '';
      const { skeleton, clip } = new BVHLoader().parse(strFromU8(entries[name] ?? new Uint8Array()));
      const [root] = skeleton.bones;
      if (!root) throw new Error('There are no bones.');
      const mixer = new AnimationMixer(root);
      mixer.clipAction(clip).play();
      const bones = new Map(skeleton.bones.map((bone) => [bone.name, bone]));
      for (const frame of [1, 40, 90, 130]) {
        mixer.setTime(frame * 0.04);
        root.updateMatrixWorld(true);
        expectNear(
          recording,
          id,
          frame,
          (bone) => bones.get(bone)?.getWorldPosition(new Vector3()) ?? new Vector3(),
        );
      }
    }
  });

  it('show joints within a centimetre of the recording: GLB', async () => {
    const { recording, glb } = await make();
    const bytes = Buffer.from(glb, 'base64');
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { scene, animations } = await new GLTFLoader().parseAsync(buffer, '');
    const [clip] = animations;
    if (!clip) throw new Error('There is no animation.');
    const mixer = new AnimationMixer(scene);
    mixer.clipAction(clip).play();
    for (const frame of [1, 40, 90, 130]) {
      mixer.setTime(frame * 0.04);
      scene.updateMatrixWorld(true);
      for (const id of [0, 1]) {
        const find = (name: string): Vector3 =>
          scene.getObjectByName(`P${id}_${name}`)?.getWorldPosition(new Vector3()) ?? new Vector3(9, 9, 9);
        expectNear(recording, id, frame, find);
      }
    }
  });
});

it('a film shows the room turning beside the picture, if that is wished', async () => {
  const recording = toPlainRecording(
    stageActors({ seconds: 1, frameRate: 5, width: 320, height: 240 }).recording,
  );
  const pictures = async (turning: number): Promise<Uint8Array[]> => {
    const base64 = await watched.page.evaluate(
      async ({ recording, turning }) => {
        const { exportRecording } = window.harness.limn;
        const blob = await exportRecording(recording, 'png', { style: 'room', look: { turning } });
        const bytes = new Uint8Array(await blob.arrayBuffer());
        let text = '';
        for (let at = 0; at < bytes.length; at += 8192)
          text += String.fromCharCode(...bytes.subarray(at, at + 8192));
        return btoa(text);
      },
      { recording, turning },
    );
    const entries = Object.entries(unzipSync(Buffer.from(base64, 'base64')));
    return entries.filter(([name]) => name.endsWith('.png')).map(([, bytes]) => bytes);
  };
  const [still, turned] = [await pictures(0), await pictures(90)];
  expect(turned).toHaveLength(5);
  expect(turned[0]).toEqual(still[0]);
  expect(turned[4]).not.toEqual(still[4]);
});

it('BlazePose’s world keypoints are mapped to Human3.6M’s joints', async () => {
  const staged = stageActors({ seconds: 0.2 });
  const result = await watched.page.evaluate((recording) => {
    const { convert, transform } = window.harness.limn;
    return transform(recording, convert({ set: 'h36m-17' }));
  }, toPlainRecording(staged.recording));
  const [before, after] = [staged.recording.frames[0]?.people[0]?.body, result.frames[0]?.people[0]?.body];
  const at = (name: (typeof blazepose33.keypoints)[number]) => {
    const i = blazepose33.keypoints.indexOf(name) * 4;
    return [...(before?.world?.subarray(i, i + 3) ?? [])];
  };
  const joint = (name: (typeof human36m17.keypoints)[number]) => {
    const { x = 9, y = 9, z = 9 } = after?.world?.[human36m17.keypoints.indexOf(name)] ?? {};
    return [x, y, z];
  };
  expect(joint('left_foot')).toEqual(at('left_ankle').map((v) => expect.closeTo(v, 5)));
  const thorax = at('left_shoulder').map((value, i) => (value + (at('right_shoulder')[i] ?? 0)) / 2);
  expect(joint('thorax')).toEqual(thorax.map((v) => expect.closeTo(v, 5)));
  // The top of the head, within a hand's breadth: the demo's heads are balls.
  const head = staged.truth[0]?.[0]?.joints.head;
  const hips = staged.truth[0]?.[0]?.joints.left.hip
    .clone()
    .add(staged.truth[0]?.[0]?.joints.right.hip)
    .multiplyScalar(0.5);
  if (!head || !hips) throw new Error('There is no truth.');
  const [, y = 0] = joint('head');
  expect(y).toBeGreaterThan(head.y - hips.y);
  expect(y).toBeLessThan(head.y - hips.y + 0.25);
});
