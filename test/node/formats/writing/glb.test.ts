import validator from 'gltf-validator';
import { AnimationMixer, Quaternion, Vector3 } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { describe, expect, it } from 'vitest';
import { type Person, WORLD_STRIDE } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { blazepose33 } from '../../../../src/skeletons/sets/blazepose33.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const FRAMES = 90;
const recording = actorRecording(FRAMES);
const { info, frames } = recording;

/** Somebody's keypoint in metres around their hips: x to the picture's right, y up, z towards the viewer. */
function keypoint(person: Person | undefined, name: (typeof blazepose33.keypoints)[number]): Vector3 {
  const at = blazepose33.keypoints.indexOf(name) * WORLD_STRIDE;
  return new Vector3(...(person?.body?.world?.subarray(at, at + 3) ?? []));
}

describe('Khronos’ validator has nothing to say of GLB files', () => {
  const withPeople = (peopleOf: (people: readonly Person[], i: number) => readonly Person[]) =>
    new Recording(
      info,
      frames.map((frame, i) => ({ ...frame, people: peopleOf(frame.people, i) })),
    );
  it.each<[string, Recording]>([
    ['of two people', recording],
    ['of one', withPeople((people) => people.slice(0, 1))],
    ['of one frame', new Recording(info, frames.slice(0, 1))],
    ['of somebody who is in view at times', withPeople((people, i) => (i % 20 < 7 ? people : []))],
    [
      'of seven people',
      withPeople((people) => Array.from({ length: 7 }, (_, id) => ({ ...people[0], id }) as Person)),
    ],
    [
      'of people who have been placed, ids with gaps',
      withPeople((people) =>
        people.map((person) => ({ ...person, id: person.id * 1000, place: [1, 2, -30] })),
      ),
    ],
  ])('%s', async (_, each) => {
    const { issues, info: facts } = await validator.validateBytes(writeWith('glb', each), { format: 'glb' });
    expect(issues.messages).toEqual([]);
    expect(facts).toMatchObject({ version: '2.0', animationCount: 1, hasSkins: true });
  });

  it('and it would say so', async () => {
    const bytes = writeWith('glb', recording);
    // The last number of the buffer is one of a rotation: no longer of length 1.
    new DataView(bytes.buffer).setFloat32(bytes.length - 4, 7, true);
    const { issues } = await validator.validateBytes(bytes);
    expect(issues.numErrors).toBeGreaterThan(0);
  });
});

/** glTF 2.0, 3.4: y up, the front of a model is +z, metres; x is then to the left of whoever looks along +z. */
describe('GLB files have glTF’s axes, as three’s loader reads them:', () => {
  const load = async () => {
    const { scene, animations } = await new GLTFLoader().parseAsync(writeWith('glb', recording).buffer, '');
    const mixer = new AnimationMixer(scene);
    const placeOf = (name: string): Vector3 => {
      const object = scene.getObjectByName(name);
      if (!object) throw new Error(`There is no ${name}.`);
      return object.getWorldPosition(new Vector3());
    };
    return { scene, animations, mixer, placeOf };
  };
  const SHOWN = [0, 20, 45, 70, FRAMES - 1];

  it('in their rest, people stand upright, facing +z, their left at +x', async () => {
    const { scene, placeOf } = await load();
    scene.updateMatrixWorld(true);
    for (const id of [0, 1]) {
      expect(placeOf(`P${id}_Neck`).y).toBeGreaterThan(placeOf(`P${id}_LeftFoot`).y + 1);
      expect(placeOf(`P${id}_LeftHand`).x).toBeGreaterThan(placeOf(`P${id}_RightHand`).x + 1);
      expect(placeOf(`P${id}_LeftUpLeg`).x).toBeGreaterThan(placeOf(`P${id}_RightUpLeg`).x);
    }
  });

  it('while they move, joints lie up, left and towards the viewer of the hips as the recording has them', async () => {
    const { scene, animations, mixer, placeOf } = await load();
    const [clip] = animations;
    if (!clip) throw new Error('There is no animation.');
    mixer.clipAction(clip).play();
    for (const frame of SHOWN) {
      mixer.setTime(Math.min(frame / 30, clip.duration - 1e-6));
      scene.updateMatrixWorld(true);
      for (const id of [0, 1]) {
        const person = frames[frame]?.people.find((each) => each.id === id);
        for (const [joint, name] of [
          ['LeftHand', 'left_wrist'],
          ['RightHand', 'right_wrist'],
          ['LeftFoot', 'left_ankle'],
          ['RightFoot', 'right_ankle'],
          ['LeftArm', 'left_shoulder'],
        ] as const) {
          const ours = placeOf(`P${id}_${joint}`).sub(placeOf(`P${id}_Hips`));
          // Bones have one length each, so that joints are not to the millimetre where they were.
          expect(ours.distanceTo(keypoint(person, name)), `${name} of ${id} in frame ${frame}`).toBeLessThan(
            0.05,
          );
        }
        // Where hips and head look, by how their joints are turned.
        const looks = (joint: string) =>
          new Vector3(0, 0, 1).applyQuaternion(
            scene.getObjectByName(`P${id}_${joint}`)?.getWorldQuaternion(new Quaternion()) ??
              new Quaternion(),
          );
        const ears = keypoint(person, 'left_ear').add(keypoint(person, 'right_ear')).divideScalar(2);
        const nose = keypoint(person, 'nose').sub(ears).normalize();
        expect(looks('Neck').setY(0).normalize().dot(nose.setY(0).normalize())).toBeGreaterThan(0.95);
        const hips = keypoint(person, 'left_hip').sub(keypoint(person, 'right_hip'));
        const front = hips.cross(new Vector3(0, 1, 0)).normalize();
        expect(looks('Hips').dot(front)).toBeGreaterThan(0.95);
      }
    }
  });
});
