import {
  type BufferGeometry,
  Color,
  CylinderGeometry,
  DynamicDrawUsage,
  Group,
  InstancedMesh,
  Matrix4,
  MeshLambertMaterial,
  Quaternion,
  SphereGeometry,
  SRGBColorSpace,
  Vector3,
} from 'three';
import { WORLD_STRIDE } from '../../core/pose.ts';
import type { StandingPerson, StandingPose } from '../../motion/placing/standing.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { BodyPart } from '../../skeletons/skeleton.ts';
import { type ColorScheme, limbColor, type Rgb, scoreColor } from '../style.ts';

/** Room for eight people with both hands, and for ghosts of two. */
const MAXIMUM_JOINTS = 2400;
const MAXIMUM_LIMBS = 2600;
const LIMB_RADIUS = 0.016;
const JOINT_RADIUS = 0.024;
const HAND_SCALE = 0.4;
/** Radii of a simple body's parts in metres. */
const GIRTHS: Readonly<Partial<Record<BodyPart, number>>> = {
  head: 0.045,
  torso: 0.07,
  arm: 0.042,
  leg: 0.06,
};
/** Around the middle between shoulders and hips, of skeletons that have no spine, in metres. */
const TRUNK_RADIUS = 0.1;
const TRUNK_COLOR: Rgb = [196, 200, 208];
const CORNERS = ['left_shoulder', 'right_shoulder', 'left_hip', 'right_hip'] as const;
/** A head about the nose, in metres. */
const HEAD_RADIUS = 0.09;
/** How much of a ghost's colour is that of all ghosts. */
const PALEST = 0.85;
const LEAST_PALE = 0.45;
const SECOND_PALLOR = 0.4;
const GHOST_SCALE = 0.6;
const GHOST_COLOR = new Color(0.45, 0.5, 0.58);

/** Bones as tubes, or a simple body around them. */
export type BoneStyle = 'tubes' | 'body';

export interface SkeletonsLook {
  readonly threshold: number;
  readonly scheme: ColorScheme;
  readonly bones: BoneStyle;
}

/** All skeletons of the room as two instanced meshes: joints and limbs. */
export class SkeletonsMesh {
  readonly object = new Group();
  readonly #joints = instances(new SphereGeometry(1, 14, 10), MAXIMUM_JOINTS);
  readonly #limbs = instances(new CylinderGeometry(1, 1, 1, 10, 1, true), MAXIMUM_LIMBS);
  readonly #matrix = new Matrix4();
  readonly #from = new Vector3();
  readonly #to = new Vector3();
  readonly #direction = new Vector3();
  readonly #scale = new Vector3();
  readonly #rotation = new Quaternion();
  readonly #color = new Color();
  readonly #trunks = new Map<string, Trunk | null>();
  #jointCount = 0;
  #limbCount = 0;

  constructor() {
    this.object.add(this.#joints, this.#limbs);
  }

  /** @param ghosts people at earlier moments, the oldest first: paler the older they are */
  update(
    people: readonly StandingPerson[],
    ghosts: readonly (readonly StandingPerson[])[],
    { threshold, scheme, bones }: SkeletonsLook,
  ): void {
    this.#jointCount = 0;
    this.#limbCount = 0;
    const add = (all: readonly StandingPerson[], pallor: number): void => {
      for (const { poses } of all) {
        for (const [i, pose] of poses.entries()) {
          // A second body of the same person is paler.
          const isSecond = i > 0 && pose.pose.set !== 'hand-21';
          this.#addPose(pose, threshold, scheme, bones, isSecond ? Math.max(pallor, SECOND_PALLOR) : pallor);
        }
      }
    };
    add(people, 0);
    for (const [i, each] of ghosts.entries()) add(each, PALEST - ((PALEST - LEAST_PALE) * i) / ghosts.length);
    finish(this.#joints, this.#jointCount);
    finish(this.#limbs, this.#limbCount);
  }

  dispose(): void {
    for (const mesh of [this.#joints, this.#limbs]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
      mesh.dispose();
    }
  }

  #addPose(
    { pose, positions }: StandingPose,
    threshold: number,
    scheme: ColorScheme,
    bones: BoneStyle,
    pallor: number,
  ): void {
    const { limbs, keypoints } = skeletonOf(pose.set);
    const isHand = pose.set === 'hand-21';
    const thin = pallor > 0 ? GHOST_SCALE : 1;
    const scale = (isHand ? HAND_SCALE : 1) * thin;
    const scoreOf = (i: number): number => positions[i * WORLD_STRIDE + 3] ?? 0;
    const isSeen = (i: number): boolean => scoreOf(i) > 0 && scoreOf(i) >= threshold;
    for (let i = 0; i < keypoints.length; i++) {
      if (!isSeen(i) || this.#jointCount >= MAXIMUM_JOINTS) continue;
      readPosition(positions, i, this.#from);
      const isHead = bones === 'body' && keypoints[i] === 'nose';
      this.#scale.setScalar((isHead ? HEAD_RADIUS : JOINT_RADIUS) * scale);
      this.#matrix.compose(this.#from, this.#rotation.identity(), this.#scale);
      this.#joints.setMatrixAt(this.#jointCount, this.#matrix);
      this.#joints.setColorAt(this.#jointCount++, this.#toColor(scoreColor(scoreOf(i)), pallor));
    }
    for (const limb of limbs) {
      if (!isSeen(limb.from) || !isSeen(limb.to)) continue;
      readPosition(positions, limb.from, this.#from);
      readPosition(positions, limb.to, this.#to);
      const radius = bones === 'body' && !isHand ? (GIRTHS[limb.part] ?? LIMB_RADIUS) : LIMB_RADIUS;
      this.#addLimb(radius * scale, this.#toColor(limbColor(limb, pose.set, keypoints, scheme), pallor));
    }
    const trunk = bones === 'body' ? this.#trunkOf(pose.set, keypoints) : null;
    if (trunk?.every(isSeen)) {
      const [leftShoulder, rightShoulder, leftHip, rightHip] = trunk;
      readMiddle(positions, leftShoulder, rightShoulder, this.#from);
      readMiddle(positions, leftHip, rightHip, this.#to);
      this.#addLimb(TRUNK_RADIUS * scale, this.#toColor(TRUNK_COLOR, pallor));
    }
  }

  #trunkOf(set: string, keypoints: readonly string[]): Trunk | null {
    const known = this.#trunks.get(set);
    if (known !== undefined) return known;
    const found = findTrunk(keypoints);
    this.#trunks.set(set, found);
    return found;
  }

  /** Between `#from` and `#to`. */
  #addLimb(radius: number, color: Color): void {
    this.#direction.subVectors(this.#to, this.#from);
    const length = this.#direction.length();
    if (length === 0 || this.#limbCount >= MAXIMUM_LIMBS) return;
    this.#rotation.setFromUnitVectors(UP, this.#direction.divideScalar(length));
    this.#scale.set(radius, length, radius);
    this.#matrix.compose(this.#from.add(this.#to).multiplyScalar(0.5), this.#rotation, this.#scale);
    this.#limbs.setMatrixAt(this.#limbCount, this.#matrix);
    this.#limbs.setColorAt(this.#limbCount++, color);
  }

  #toColor([red, green, blue]: Rgb, pallor: number): Color {
    this.#color.setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
    return this.#color.lerp(GHOST_COLOR, pallor);
  }
}

const UP = new Vector3(0, 1, 0);
const SCRATCH = new Vector3();

type Trunk = readonly [leftShoulder: number, rightShoulder: number, leftHip: number, rightHip: number];

/** Where the corners of the trunk are among keypoints; `null`: there is a spine, or not all of them. */
function findTrunk(keypoints: readonly string[]): Trunk | null {
  if (keypoints.includes('spine')) return null;
  const [a = -1, b = -1, c = -1, d = -1] = CORNERS.map((name) => keypoints.indexOf(name));
  return Math.min(a, b, c, d) < 0 ? null : [a, b, c, d];
}

function readMiddle(positions: Float32Array, a: number, b: number, target: Vector3): void {
  readPosition(positions, a, SCRATCH);
  readPosition(positions, b, target);
  target.add(SCRATCH).multiplyScalar(0.5);
}

function readPosition(positions: Float32Array, keypoint: number, target: Vector3): void {
  const at = keypoint * WORLD_STRIDE;
  target.set(positions[at] ?? 0, positions[at + 1] ?? 0, positions[at + 2] ?? 0);
}

function instances(
  geometry: BufferGeometry,
  count: number,
): InstancedMesh<BufferGeometry, MeshLambertMaterial> {
  const mesh = new InstancedMesh(geometry, new MeshLambertMaterial(), count);
  mesh.instanceMatrix.setUsage(DynamicDrawUsage);
  mesh.frustumCulled = false;
  // Made once here, so that the shader is built with colours from the start.
  mesh.setColorAt(0, new Color(1, 1, 1));
  mesh.count = 0;
  return mesh;
}

/** Sends only what is used to the GPU. */
function finish(mesh: InstancedMesh, count: number): void {
  mesh.count = count;
  for (const attribute of [mesh.instanceMatrix, mesh.instanceColor]) {
    if (!attribute || count === 0) continue;
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, count * attribute.itemSize);
    attribute.needsUpdate = true;
  }
}
