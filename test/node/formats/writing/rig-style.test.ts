import validator from 'gltf-validator';
import { AnimationMixer, type Object3D, Vector3 } from 'three';
import { BVHLoader } from 'three/addons/loaders/BVHLoader.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { describe, expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import { RIG } from '../../../../src/motion/kinematics/rig.ts';
import {
  jointName,
  type RigStyle,
  restPoses,
  rigNames,
} from '../../../../src/motion/kinematics/rig-style.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const FRAMES = 90;
const SHOWN = [0, 20, 45, FRAMES - 1];
const { info, frames } = actorRecording(FRAMES);
const recording = new Recording(
  info,
  frames.map((frame) => ({ ...frame, people: frame.people.slice(0, 1) })),
);
const STYLES = rigNames.flatMap((names) => restPoses.map((rest): RigStyle => ({ names, rest })));

/** Those that VRM 1.0 requires of a humanoid (`VRMC_vrm-1.0/humanoid.md`). */
const VRM_REQUIRED = [
  'hips',
  'spine',
  'head',
  ...['left', 'right'].flatMap((side) =>
    ['UpperArm', 'LowerArm', 'Hand', 'UpperLeg', 'LowerLeg', 'Foot'].map((part) => `${side}${part}`),
  ),
];

/** three's loader leaves out what its own names mean something by. */
const asThreeNames = (name: string): string => name.replace(/[[\].:/]/g, '');

describe('joints are called', () => {
  const all = (names: RigStyle['names']) => RIG.map(({ name }) => jointName(name, names));

  it('as VRM requires', () => {
    expect([...all('vrm'), jointName('Head', 'vrm')]).toEqual(expect.arrayContaining(VRM_REQUIRED));
  });

  it('as Mixamo’s and Rigify’s are', () => {
    expect(all('mixamo')).toEqual(expect.arrayContaining(['mixamorig:Hips', 'mixamorig:LeftForeArm']));
    expect(all('rigify')).toEqual(
      expect.arrayContaining([
        'spine',
        'spine.004',
        'upper_arm.L',
        'forearm.R',
        'thigh.L',
        'shin.R',
        'foot.L',
      ]),
    );
  });

  it('each by a name of its own', () => {
    for (const names of rigNames) expect(new Set(all(names)).size).toBe(RIG.length);
  });
});

/** Where all joints are in some frames, as three's loader and mixer have them; and before anything moves. */
async function readGlb(style: RigStyle) {
  const bytes = writeWith('glb', recording, undefined, style);
  const { scene, animations } = await new GLTFLoader().parseAsync(bytes.buffer, '');
  const placeOf = (name: string): Vector3 => {
    const object = scene.getObjectByName(asThreeNames(name));
    if (!object) throw new Error(`There is no ${name}.`);
    return object.getWorldPosition(new Vector3());
  };
  const [clip] = animations;
  if (!clip) throw new Error('There is no animation.');
  return { bytes, ...play(scene, clip.duration, placeOf, (mixer) => mixer.clipAction(clip).play()) };
}

function readBvh(style: RigStyle) {
  const text = new TextDecoder().decode(writeWith('bvh', recording, undefined, style));
  expect(text).toContain(`ROOT ${jointName('Hips', style.names)}\n`);
  // Of its own files, this loader leaves nothing out, and then finds no joints by such names.
  const { skeleton, clip } = new BVHLoader().parse(
    text.replace(/(ROOT|JOINT) (\S+)/g, (_, what: string, name: string) => `${what} ${asThreeNames(name)}`),
  );
  const [root] = skeleton.bones;
  if (!root) throw new Error('There are no bones.');
  const placeOf = (name: string): Vector3 => {
    const bone = skeleton.bones.find((each) => each.name === asThreeNames(name));
    if (!bone) throw new Error(`There is no ${name}.`);
    return bone.getWorldPosition(new Vector3());
  };
  return play(root, clip.duration, placeOf, (mixer) => mixer.clipAction(clip).play());
}

function play(
  root: Object3D,
  duration: number,
  placeOf: (name: string) => Vector3,
  begin: (mixer: AnimationMixer) => void,
) {
  const names = (style: RigStyle) => RIG.map(({ name }) => jointName(name, style.names));
  return {
    rest(style: RigStyle): Vector3[] {
      root.updateMatrixWorld(true);
      return names(style).map(placeOf);
    },
    moved(style: RigStyle): Vector3[][] {
      const mixer = new AnimationMixer(root);
      begin(mixer);
      return SHOWN.map((frame) => {
        mixer.setTime(Math.min(frame / 30, duration - 1e-6));
        root.updateMatrixWorld(true);
        return names(style).map(placeOf);
      });
    },
  };
}

/** The farthest that any two places lie apart, in metres. */
const farthest = (a: readonly Vector3[], b: readonly Vector3[]): number =>
  Math.max(...a.map((place, i) => place.distanceTo(b[i] ?? new Vector3(Number.NaN))));

/** Seen from the hips, which a file of BVH has nowhere at rest. */
const fromHips = (places: readonly Vector3[]): Vector3[] =>
  places.map((place) => place.clone().sub(places[0] ?? place));

describe.each(STYLES)('$names names, $rest at rest', (style) => {
  const plain: RigStyle = { names: 'mixamo', rest: 't-pose' };

  it('moves as every other in GLB, which Khronos’ validator finds right', async () => {
    // Of one person whose joints are named plainly, too, names begin with whose they are.
    if (style.names === 'plain') return;
    const [ours, theirs] = [await readGlb(style), await readGlb(plain)];
    const { issues } = await validator.validateBytes(ours.bytes, { format: 'glb' });
    expect(issues.messages).toEqual([]);
    const rest = ours.rest(style);
    const moved = ours.moved(style);
    for (const [i, places] of theirs.moved(plain).entries()) {
      expect(farthest(places, moved[i] ?? [])).toBeLessThan(1e-4);
    }
    const first = farthest(fromHips(rest), fromHips(moved[0] ?? []));
    if (style.rest === 'first') expect(first).toBeLessThan(1e-4);
    else expect(first).toBeGreaterThan(0.2);
  });

  it('moves as every other in BVH', () => {
    const [ours, theirs] = [readBvh(style), readBvh(plain)];
    const rest = fromHips(ours.rest(style));
    const moved = ours.moved(style);
    for (const [i, places] of theirs.moved(plain).entries()) {
      expect(farthest(places, moved[i] ?? [])).toBeLessThan(1e-3);
    }
    const first = farthest(rest, fromHips(moved[0] ?? []));
    if (style.rest === 'first') expect(first).toBeLessThan(1e-3);
    else expect(first).toBeGreaterThan(0.2);
  });
});

it('says of several people whose each joint of a GLB file is, and what the rig is', async () => {
  const two = new Recording(info, frames);
  const bytes = writeWith('glb', two, undefined, { names: 'vrm', rest: 'first' });
  const { scene, asset } = await new GLTFLoader().parseAsync(bytes.buffer, '');
  expect(scene.getObjectByName('P0_hips')).toBeTruthy();
  expect(scene.getObjectByName('P1_head')).toBeTruthy();
  expect(asset.extras).toMatchObject({ rig: { names: 'vrm', rest: 'first' } });
});
