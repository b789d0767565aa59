import {
  type BufferGeometry,
  CapsuleGeometry,
  CylinderGeometry,
  Group,
  Matrix4,
  Mesh,
  MeshLambertMaterial,
  type Object3D,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import type { BodyPlan } from './body-plan.ts';
import type { ActorJoints, LimbJoints } from './joints.ts';

const UP = new Vector3(0, 1, 0);
const DOWN = new Vector3(0, -1, 0);

type Update = (joints: ActorJoints) => void;

/** A person of simple rounded shapes whose parts follow the joints. Owns its geometries and materials. */
export class Figure {
  readonly object = new Group();
  readonly #plan: BodyPlan;
  readonly #updates: Update[] = [];
  readonly #geometries: BufferGeometry[] = [];
  readonly #materials: MeshLambertMaterial[] = [];

  constructor(plan: BodyPlan) {
    this.#plan = plan;
    const skin = this.#material(plan.skin);
    const shirt = this.#material(plan.shirt);
    const trousers = this.#material(plan.trousers);
    this.#addTorso(shirt, trousers);
    this.#addHead(skin);
    const g = plan.girth;
    for (const side of ['left', 'right'] as const) {
      const on = (pick: (limbs: LimbJoints) => Vector3) => (joints: ActorJoints) => pick(joints[side]);
      const sleeve = plan.hasLongSleeves ? shirt : skin;
      const leg = plan.hasShorts ? skin : trousers;
      this.#addLimb(
        shirt,
        on((l) => l.shoulder),
        on((l) => l.elbow),
        0.052 * g,
        0.042 * g,
      );
      this.#addLimb(
        sleeve,
        on((l) => l.elbow),
        on((l) => l.wrist),
        0.042 * g,
        0.028 * g,
      );
      this.#addLimb(
        trousers,
        on((l) => l.hip),
        on((l) => l.knee),
        0.083 * g,
        0.056 * g,
      );
      this.#addLimb(
        leg,
        on((l) => l.knee),
        on((l) => l.ankle),
        0.056 * g,
        0.037 * g,
      );
      this.#addHand(skin, side);
      this.#addShoe(side);
    }
    this.#addLimb(
      skin,
      (j) => j.neck,
      (j) => j.head,
      0.05 * g,
      0.048 * g,
    );
  }

  update(joints: ActorJoints): void {
    for (const update of this.#updates) update(joints);
  }

  dispose(): void {
    for (const geometry of this.#geometries) geometry.dispose();
    for (const material of this.#materials) material.dispose();
  }

  #material(color: number): MeshLambertMaterial {
    const material = new MeshLambertMaterial({ color });
    this.#materials.push(material);
    return material;
  }

  #mesh(geometry: BufferGeometry, material: MeshLambertMaterial): Mesh {
    this.#geometries.push(geometry);
    const mesh = new Mesh(geometry, material);
    this.object.add(mesh);
    return mesh;
  }

  /** A tapered limb with round ends between two joints. */
  #addLimb(
    material: MeshLambertMaterial,
    from: (joints: ActorJoints) => Vector3,
    to: (joints: ActorJoints) => Vector3,
    fromRadius: number,
    toRadius: number,
  ): void {
    const shaft = this.#mesh(new CylinderGeometry(fromRadius, toRadius, 1, 14, 1, true), material);
    const start = this.#mesh(new SphereGeometry(fromRadius, 14, 10), material);
    const end = this.#mesh(new SphereGeometry(toRadius, 14, 10), material);
    const direction = new Vector3();
    this.#updates.push((joints) => {
      const a = from(joints);
      const b = to(joints);
      direction.subVectors(b, a);
      const length = direction.length();
      shaft.position.copy(a).addScaledVector(direction, 0.5);
      shaft.quaternion.setFromUnitVectors(DOWN, direction.divideScalar(length || 1));
      shaft.scale.set(1, length, 1);
      start.position.copy(a);
      end.position.copy(b);
    });
  }

  #addTorso(shirt: MeshLambertMaterial, trousers: MeshLambertMaterial): void {
    const { torso, shoulderHalf, hipHalf, girth } = this.#plan;
    // Half width and half depth at heights along the spine, as shares of the torso.
    const upper = new Group();
    const chest = this.#mesh(
      loft(
        [
          [0.0, hipHalf * 1.62, 0.108 * girth],
          [0.3, hipHalf * 1.45, 0.104 * girth],
          [0.65, shoulderHalf * 0.88, 0.118 * girth],
          [0.86, shoulderHalf * 0.98, 0.108 * girth],
          [0.97, shoulderHalf * 0.8, 0.08 * girth],
          [1.05, 0.06, 0.055],
        ],
        torso,
      ),
      shirt,
    );
    upper.add(chest);
    this.object.add(upper);
    const pelvis = this.#mesh(new SphereGeometry(1, 20, 14), trousers);
    pelvis.scale.set(hipHalf * 1.68, 0.115, 0.118 * girth);
    this.#updates.push((joints) => {
      upper.position.copy(joints.pelvis);
      upper.quaternion.copy(joints.torsoOrientation);
      pelvis.position.copy(joints.pelvis);
      pelvis.quaternion.copy(joints.torsoOrientation);
    });
  }

  #addHead(skin: MeshLambertMaterial): void {
    const r = this.#plan.headRadius;
    const head = new Group();
    const add = (
      geometry: BufferGeometry,
      material: MeshLambertMaterial,
      position: readonly [number, number, number],
      scale: readonly [number, number, number] = [1, 1, 1],
    ): Object3D => {
      const mesh = this.#mesh(geometry, material);
      mesh.position.set(position[0] * r, position[1] * r, position[2] * r);
      mesh.scale.set(...scale);
      head.add(mesh);
      return mesh;
    };
    const white = this.#material(0xf6f6f2);
    const dark = this.#material(0x1d1512);
    const lip = this.#material(0xa4544c);
    const hair = this.#material(this.#plan.hair);
    add(new SphereGeometry(r, 28, 20), skin, [0, 0.1, 0], [0.9, 1.22, 1]);
    add(new SphereGeometry(r * 0.78, 20, 14), skin, [0, -0.52, 0.12], [0.92, 0.82, 0.98]);
    add(
      new SphereGeometry(r * 1.06, 28, 16, 0, Math.PI * 2, 0, Math.PI * 0.52),
      hair,
      [0, 0.28, -0.08],
      [0.93, 1.1, 1.02],
    );
    add(new SphereGeometry(r * 0.98, 20, 16), hair, [0, 0.16, -0.22], [0.94, 1.12, 0.9]);
    if (this.#plan.hasLongHair) {
      add(new CapsuleGeometry(r * 0.6, r * 0.9, 6, 14), hair, [0, -0.6, -0.52], [1.25, 1, 0.6]);
    }
    for (const sign of [-1, 1]) {
      add(new SphereGeometry(r * 0.17, 14, 10), white, [sign * 0.36, 0.2, 0.83], [1.15, 0.75, 0.7]);
      add(new SphereGeometry(r * 0.1, 12, 8), dark, [sign * 0.36, 0.2, 0.93], [1, 1, 0.5]);
      add(new CapsuleGeometry(r * 0.05, r * 0.26, 4, 8), hair, [sign * 0.37, 0.47, 0.87]).rotation.z =
        Math.PI / 2 + sign * 0.12;
      add(new SphereGeometry(r * 0.24, 12, 10), skin, [sign * 0.92, 0.08, 0.0], [0.45, 1.1, 0.8]);
    }
    add(new SphereGeometry(r * 0.17, 12, 10), skin, [0, -0.08, 1.02], [0.8, 0.85, 1]);
    add(new CapsuleGeometry(r * 0.08, r * 0.3, 4, 8), skin, [0, 0.12, 0.95]);
    add(new CapsuleGeometry(r * 0.075, r * 0.4, 4, 10), lip, [0, -0.48, 0.84], [1, 1, 0.7]).rotation.z =
      Math.PI / 2;
    this.object.add(head);
    this.#updates.push((joints) => {
      head.position.copy(joints.head);
      head.quaternion.copy(joints.headOrientation);
    });
  }

  #addHand(skin: MeshLambertMaterial, side: 'left' | 'right'): void {
    const length = this.#plan.hand;
    const palm = this.#mesh(new SphereGeometry(1, 14, 10), skin);
    palm.scale.set(length * 0.13, length * 0.3, length * 0.24);
    const across = new Vector3();
    const along = new Vector3();
    const normal = new Vector3();
    const orientation = new Quaternion();
    this.#updates.push((joints) => {
      const hand = joints[side].hand;
      const [wrist, index, pinky, middle] = [hand[0], hand[5], hand[17], hand[9]];
      if (!wrist || !index || !pinky || !middle) return;
      along.subVectors(middle, wrist).normalize();
      across.subVectors(index, pinky).normalize();
      normal.crossVectors(along, across).normalize();
      across.crossVectors(normal, along);
      palm.position.copy(wrist).lerp(middle, 0.55);
      palm.quaternion.copy(orientationFromAxes(normal, along, across, orientation));
    });
    for (const base of [1, 5, 9, 13, 17]) {
      const radius = (base === 1 ? 0.058 : base === 17 ? 0.042 : 0.05) * length * 1.05;
      for (let joint = base; joint < base + 3; joint++) {
        const point = (offset: number) => (joints: ActorJoints) =>
          joints[side].hand[joint + offset] ?? joints[side].wrist;
        this.#addLimb(skin, point(0), point(1), radius, radius * 0.9);
      }
    }
  }

  #addShoe(side: 'left' | 'right'): void {
    const { foot, shoes } = this.#plan;
    const shoe = this.#mesh(new CapsuleGeometry(0.042, foot * 0.72, 6, 14), this.#material(shoes));
    const tilt = new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), Math.PI / 2);
    this.#updates.push((joints) => {
      const { heel, toe, footOrientation } = joints[side];
      shoe.position.copy(heel).lerp(toe, 0.5);
      shoe.quaternion.copy(footOrientation).multiply(tilt);
      shoe.position.addScaledVector(UP, 0.03);
      shoe.scale.set(1.1, 1, 0.95);
    });
  }
}

function orientationFromAxes(x: Vector3, y: Vector3, z: Vector3, target: Quaternion): Quaternion {
  basis.makeBasis(x, y, z);
  return target.setFromRotationMatrix(basis);
}

const basis = new Matrix4();

const LOFT_SEGMENTS = 28;

/** A closed surface through elliptic rings at shares of a height. */
function loft(rings: readonly (readonly [number, number, number])[], height: number): BufferGeometry {
  const geometry = new CylinderGeometry(1, 1, 1, LOFT_SEGMENTS, rings.length * 3, false);
  const position = geometry.getAttribute('position');
  const top = rings.at(-1)?.[0] ?? 1;
  for (let i = 0; i < position.count; i++) {
    const share = (position.getY(i) + 0.5) * top;
    const above = Math.max(
      1,
      rings.findIndex(([at]) => at >= share - 1e-9),
    );
    const [lowAt, lowWidth, lowDepth] = rings[above - 1] ?? [0, 0, 0];
    const [highAt, highWidth, highDepth] = rings[above] ?? [1, 0, 0];
    const t = (share - lowAt) / (highAt - lowAt);
    const eased = t * t * (3 - 2 * t);
    position.setXYZ(
      i,
      position.getX(i) * (lowWidth + (highWidth - lowWidth) * eased),
      share * height,
      position.getZ(i) * (lowDepth + (highDepth - lowDepth) * eased),
    );
  }
  geometry.computeVertexNormals();
  return geometry;
}
