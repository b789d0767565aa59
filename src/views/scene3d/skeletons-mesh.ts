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
import { type ColorScheme, limbColor, type Rgb, scoreColor } from '../style.ts';

/** Room for eight people with both hands. */
const MAXIMUM_JOINTS = 700;
const MAXIMUM_LIMBS = 800;
const LIMB_RADIUS = 0.016;
const JOINT_RADIUS = 0.024;
const HAND_SCALE = 0.4;

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
  #jointCount = 0;
  #limbCount = 0;

  constructor() {
    this.object.add(this.#joints, this.#limbs);
  }

  update(people: readonly StandingPerson[], threshold: number, scheme: ColorScheme): void {
    this.#jointCount = 0;
    this.#limbCount = 0;
    for (const { poses } of people) for (const pose of poses) this.#addPose(pose, threshold, scheme);
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

  #addPose({ pose, positions }: StandingPose, threshold: number, scheme: ColorScheme): void {
    const { limbs, keypoints } = skeletonOf(pose.set);
    const scale = pose.set === 'hand-21' ? HAND_SCALE : 1;
    for (let i = 0; i < keypoints.length; i++) {
      const score = positions[i * WORLD_STRIDE + 3] ?? 0;
      if (score <= 0 || score < threshold || this.#jointCount >= MAXIMUM_JOINTS) continue;
      readPosition(positions, i, this.#from);
      this.#scale.setScalar(JOINT_RADIUS * scale);
      this.#matrix.compose(this.#from, this.#rotation.identity(), this.#scale);
      this.#joints.setMatrixAt(this.#jointCount, this.#matrix);
      this.#joints.setColorAt(this.#jointCount++, this.#toColor(scoreColor(score)));
    }
    for (const limb of limbs) {
      const score = Math.min(
        positions[limb.from * WORLD_STRIDE + 3] ?? 0,
        positions[limb.to * WORLD_STRIDE + 3] ?? 0,
      );
      if (score <= 0 || score < threshold || this.#limbCount >= MAXIMUM_LIMBS) continue;
      readPosition(positions, limb.from, this.#from);
      readPosition(positions, limb.to, this.#to);
      this.#direction.subVectors(this.#to, this.#from);
      const length = this.#direction.length();
      if (length === 0) continue;
      this.#rotation.setFromUnitVectors(UP, this.#direction.divideScalar(length));
      this.#scale.set(LIMB_RADIUS * scale, length, LIMB_RADIUS * scale);
      this.#matrix.compose(this.#from.add(this.#to).multiplyScalar(0.5), this.#rotation, this.#scale);
      this.#limbs.setMatrixAt(this.#limbCount, this.#matrix);
      this.#limbs.setColorAt(this.#limbCount++, this.#toColor(limbColor(limb, pose.set, keypoints, scheme)));
    }
  }

  #toColor([red, green, blue]: Rgb): Color {
    return this.#color.setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
  }
}

const UP = new Vector3(0, 1, 0);

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
