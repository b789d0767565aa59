import { strFromU8, unzipSync } from 'fflate';
import { AnimationMixer, Vector3 } from 'three';
import { BVHLoader } from 'three/addons/loaders/BVHLoader.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { describe, expect, it } from 'vitest';
import { type PlainRecording, toPlainRecording } from '../../src/core/plain-recording.ts';
import { blazepose33 } from '../../src/skeletons/sets/blazepose33.ts';
import { human36m17 } from '../../src/skeletons/sets/human36m17.ts';
import { stageActors } from '../helpers/staged-actors.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

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
  // Whoever turns needs more room: only films that turn begin alike.
  const [slowly, turned] = [await pictures(10), await pictures(90)];
  expect(turned).toHaveLength(5);
  expect(turned[0]).toEqual(slowly[0]);
  expect(turned[4]).not.toEqual(slowly[4]);
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
