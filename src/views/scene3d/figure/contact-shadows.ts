import {
  BufferAttribute,
  CircleGeometry,
  DynamicDrawUsage,
  InstancedMesh,
  Matrix4,
  MeshBasicMaterial,
} from 'three';
import { WORLD_STRIDE } from '../../../core/pose.ts';
import type { StandingPerson } from '../../../motion/placing/standing.ts';
import { isJointSeen } from '../../../skeletons/derived-body.ts';
import { skeletonOf } from '../../../skeletons/registry.ts';

const CAPACITY = 120;
const OPACITY = 0.55;
/** Metres: under the middle of somebody, and under a foot. */
const BODY_RADIUS = 0.42;
const FOOT_RADIUS = 0.17;
/** A foot higher above the floor than this, in metres, is in nobody's way. */
const FADES_AT = 0.5;
const FEET = /_(ankle|foot)$/;

/** Soft dark discs under people: for GPUs on which real shadows cost too much. */
export class ContactShadows {
  readonly object: InstancedMesh<CircleGeometry, MeshBasicMaterial>;
  readonly #matrix = new Matrix4();
  #count = 0;

  constructor() {
    const geometry = new CircleGeometry(1, 20).rotateX(-Math.PI / 2);
    const { count } = geometry.getAttribute('position');
    // Dark in the middle, nothing at the edge.
    const colors = Float32Array.from({ length: count * 4 }, (_, i) => (i === 3 ? 1 : 0));
    geometry.setAttribute('color', new BufferAttribute(colors, 4));
    const material = new MeshBasicMaterial({ vertexColors: true, transparent: true, opacity: OPACITY });
    material.depthWrite = false;
    this.object = new InstancedMesh(geometry, material, CAPACITY);
    this.object.instanceMatrix.setUsage(DynamicDrawUsage);
    this.object.frustumCulled = false;
    this.object.count = 0;
  }

  /** @param y of the floor in metres  @param threshold score from which a joint is drawn, 0 to 1 */
  update(people: readonly StandingPerson[], y: number, threshold: number): void {
    this.#count = 0;
    for (const { pelvis, poses } of people) {
      const body = poses[0];
      if (!pelvis || !body) continue;
      this.#add(pelvis[0], y, pelvis[2], BODY_RADIUS);
      const names = skeletonOf(body.pose.set).keypoints;
      for (let joint = 0; joint < names.length; joint++) {
        if (!FEET.test(names[joint] ?? '') || !isJointSeen(body.positions, joint, threshold)) continue;
        const at = joint * WORLD_STRIDE;
        const above = Math.max(0, (body.positions[at + 1] ?? 0) - y);
        if (above > FADES_AT) continue;
        this.#add(
          body.positions[at] ?? 0,
          y,
          body.positions[at + 2] ?? 0,
          FOOT_RADIUS * (1 - above / FADES_AT / 2),
        );
      }
    }
    this.object.count = this.#count;
    this.object.instanceMatrix.needsUpdate = true;
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
    this.object.dispose();
  }

  #add(x: number, y: number, z: number, radius: number): void {
    if (this.#count >= CAPACITY) return;
    this.#matrix.makeScale(radius, 1, radius).setPosition(x, y + 0.003, z);
    this.object.setMatrixAt(this.#count++, this.#matrix);
  }
}
