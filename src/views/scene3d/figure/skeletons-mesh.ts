import {
  type Color,
  CylinderGeometry,
  Group,
  Matrix4,
  MeshStandardMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import { WORLD_STRIDE } from '../../../core/pose.ts';
import type { StandingPerson, StandingPose } from '../../../motion/placing/standing.ts';
import {
  DerivedBody,
  type DerivedPlace,
  derivedPlaces,
  HEAD_HALF_HEIGHT,
  isJointSeen,
} from '../../../skeletons/derived-body.ts';
import type { BodyPart } from '../../../skeletons/skeleton.ts';
import type { ColorScheme } from '../../style.ts';
import { FigureColors, type FigureOwner } from './figure-colors.ts';
import { FigureInstances } from './figure-instances.ts';
import { derivedIndex, type FigurePart, figurePlan, MAIN_SHARE } from './figure-plan.ts';

/** Room for eight people with both hands, and for ghosts of two. */
const MAXIMUM_BALLS = 1200;
const MAXIMUM_LIMBS = 1200;
const ROUGHNESS = 0.42;
const GHOST_OPACITY = 0.25;
const GHOST_THICKNESS = 0.6;
/** Radii of a simple body beside those of bones. */
const BODY_GIRTHS: Readonly<Partial<Record<BodyPart, number>>> = {
  head: 1.25,
  torso: 1.9,
  arm: 1.35,
  leg: 1.5,
};
/** Half a head's width and depth beside half its height. */
const HEAD_WIDTH = 0.72;
const HEAD_DEPTH = 0.84;
const NOSE_RADIUS = 0.016;
/** Below the middle of the head, as a share of half its height. */
const NOSE_BELOW = 0.12;
/** In metres; a shorter part isn't drawn. */
const LEAST_LENGTH = 1e-5;

/** Bones as slender limbs, or a simple body around them. */
export type BoneStyle = 'tubes' | 'body';

export interface SkeletonsLook {
  readonly threshold: number;
  readonly scheme: ColorScheme;
  readonly bones: BoneStyle;
}

interface Layer {
  readonly balls: FigureInstances;
  readonly limbs: FigureInstances;
}

/** All people of the room as figures, those of earlier moments translucent. */
export class SkeletonsMesh {
  readonly object = new Group();
  readonly #people: Layer;
  readonly #ghosts: Layer;
  readonly #body = new DerivedBody();
  readonly #colors = new FigureColors();
  readonly #matrix = new Matrix4();
  readonly #from = new Vector3();
  readonly #to = new Vector3();
  readonly #up = new Vector3();
  readonly #side = new Vector3();
  readonly #forward = new Vector3();
  readonly #basis = new Matrix4();
  readonly #scale = new Vector3();
  readonly #rotation = new Quaternion();
  /** Who is drawn at the moment. */
  readonly #owner: { -readonly [Key in keyof FigureOwner]: FigureOwner[Key] } = {
    id: 0,
    hasOthers: false,
    isSecond: false,
  };

  /** @param isFine rounder, with four times as many triangles: not for software GPUs */
  constructor(isFine: boolean) {
    this.#people = createLayer(isFine, {});
    this.#ghosts = createLayer(isFine, { transparent: true, opacity: GHOST_OPACITY });
    for (const { balls, limbs } of this.#layers) {
      for (const { mesh, depth } of [balls, limbs]) {
        mesh.castShadow = !mesh.material.transparent;
        this.object.add(mesh);
        if (depth) this.object.add(depth);
      }
    }
  }

  /** @param ghosts people at earlier moments */
  update(
    people: readonly StandingPerson[],
    ghosts: readonly (readonly StandingPerson[])[],
    look: SkeletonsLook,
  ): void {
    for (const { balls, limbs } of this.#layers) {
      balls.clear();
      limbs.clear();
    }
    this.#owner.hasOthers = people.length > 1;
    for (const person of people) this.#addPerson(person, this.#people, look, 1);
    for (const each of ghosts) {
      for (const person of each) this.#addPerson(person, this.#ghosts, look, GHOST_THICKNESS);
    }
    for (const { balls, limbs } of this.#layers) {
      balls.finish();
      limbs.finish();
    }
  }

  dispose(): void {
    for (const { balls, limbs } of this.#layers) {
      balls.dispose();
      limbs.dispose();
    }
  }

  get #layers(): readonly Layer[] {
    return [this.#people, this.#ghosts];
  }

  #addPerson({ id, poses }: StandingPerson, layer: Layer, look: SkeletonsLook, thickness: number): void {
    this.#owner.id = id;
    for (const [i, pose] of poses.entries()) {
      this.#owner.isSecond = i > 0 && pose.pose.set !== 'hand-21';
      this.#addPose(pose, layer, look, thickness);
    }
  }

  #addPose({ pose, positions }: StandingPose, layer: Layer, look: SkeletonsLook, thickness: number): void {
    const { set } = pose;
    const { scheme, threshold } = look;
    const plan = figurePlan(set);
    const body = this.#body;
    if (plan.isBody) body.derive(set, positions, threshold);
    const size = (plan.isBody ? body.size : 1) * thickness;
    const isFull = look.bones === 'body' && plan.isBody;
    for (const part of plan.parts) {
      if (!this.#read(positions, part.from, threshold, this.#from)) continue;
      if (!this.#read(positions, part.to, threshold, this.#to)) continue;
      this.#up.subVectors(this.#to, this.#from);
      const length = this.#up.length();
      if (length < LEAST_LENGTH) continue;
      const radius = part.fromRadius * size * (isFull ? girthOf(part) : 1);
      this.#rotation.setFromUnitVectors(UP, this.#up.divideScalar(length));
      this.#scale.set(radius, length, radius);
      this.#matrix.compose(this.#from.add(this.#to).multiplyScalar(0.5), this.#rotation, this.#scale);
      const color = this.#colors.part(part, set, scheme, this.#owner);
      layer.limbs.add(this.#matrix, color, part.toRadius / part.fromRadius);
    }
    for (const { at, radius, isMain, part } of plan.joints) {
      if (!this.#read(positions, at, threshold, this.#from)) continue;
      // A full body's joints are part of it.
      const stands = isMain && !isFull;
      this.#addBall(
        layer,
        (isFull ? (radius * girthOf(part)) / MAIN_SHARE : radius) * size,
        stands
          ? this.#colors.mainJoint(scheme, this.#owner)
          : this.#colors.part(part, set, scheme, this.#owner),
      );
    }
    if (plan.isBody && body.has('head')) this.#addHead(layer, scheme, body.size * (thickness < 1 ? 0.85 : 1));
  }

  /** Where `#from` is. */
  #addBall({ balls }: Layer, radius: number, color: Color): void {
    this.#scale.setScalar(radius);
    this.#matrix.compose(this.#from, this.#rotation.identity(), this.#scale);
    balls.add(this.#matrix, color);
  }

  /** An ellipsoid that is turned as the head is, with a nose where one was seen. */
  #addHead(layer: Layer, scheme: ColorScheme, size: number): void {
    this.#place('head', this.#from);
    this.#place('crown', this.#to);
    this.#up.subVectors(this.#to, this.#from).normalize();
    const half = HEAD_HALF_HEIGHT * size;
    const color = this.#colors.head(scheme, this.#owner);
    const isFacing = this.#body.has('face');
    if (isFacing) {
      this.#place('face', this.#to);
      this.#forward.subVectors(this.#to, this.#from);
    } else {
      this.#forward.set(0, 0, 1);
    }
    this.#forward.addScaledVector(this.#up, -this.#forward.dot(this.#up)).normalize();
    this.#side.crossVectors(this.#up, this.#forward);
    this.#basis.makeBasis(this.#side, this.#up, this.#forward);
    this.#rotation.setFromRotationMatrix(this.#basis);
    this.#scale.set(half * HEAD_WIDTH, half, half * (isFacing ? HEAD_DEPTH : HEAD_WIDTH));
    this.#matrix.compose(this.#from, this.#rotation, this.#scale);
    layer.balls.add(this.#matrix, color);
    if (!isFacing) return;
    // On the head, wherever the keypoint is before it.
    this.#from
      .addScaledVector(this.#forward, half * HEAD_DEPTH)
      .addScaledVector(this.#up, -half * NOSE_BELOW);
    this.#addBall(layer, NOSE_RADIUS * size, color);
  }

  #place(place: DerivedPlace, target: Vector3): void {
    this.#read(EMPTY, derivedIndex(derivedPlaces.indexOf(place)), 0, target);
  }

  /** Puts where a keypoint, or a derived place, is into a vector. @returns whether it is there */
  #read(positions: Float32Array, at: number, threshold: number, target: Vector3): boolean {
    if (at >= 0) {
      if (!isJointSeen(positions, at, threshold)) return false;
      const first = at * WORLD_STRIDE;
      target.set(positions[first] ?? 0, positions[first + 1] ?? 0, positions[first + 2] ?? 0);
      return true;
    }
    const { places } = this.#body;
    const first = derivedIndex(at) * 3;
    target.set(places[first] ?? Number.NaN, places[first + 1] ?? 0, places[first + 2] ?? 0);
    return !Number.isNaN(target.x);
  }
}

const UP = new Vector3(0, 1, 0);
const EMPTY = new Float32Array();

/** How much thicker a part of a full body is than a bone. */
function girthOf({ part }: FigurePart): number {
  return BODY_GIRTHS[part] ?? 1;
}

function createLayer(
  isFine: boolean,
  look: { readonly transparent?: boolean; readonly opacity?: number },
): Layer {
  const material = (): MeshStandardMaterial => new MeshStandardMaterial({ roughness: ROUGHNESS, ...look });
  const [around, along] = isFine ? [24, 16] : [12, 8];
  return {
    balls: new FigureInstances(new SphereGeometry(1, around, along), material(), MAXIMUM_BALLS),
    limbs: new FigureInstances(new CylinderGeometry(1, 1, 1, around, 1, true), material(), MAXIMUM_LIMBS),
  };
}
