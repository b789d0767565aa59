import { append } from '../../core/lists.ts';
import { add, cross, lengthOf, normalize, scale, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import { restPlaces } from '../../motion/kinematics/rig-motion.ts';
import type { StyledMotion } from '../../motion/kinematics/rig-style.ts';

/** Half the width of a bone against its length, and how far along it is widest. */
const WIDTH = 0.09;
const WIDEST_AT = 0.2;

/** Triangles of a simple body, each corner moved by one joint. */
export interface BoneMesh {
  /** x, y, z in metres, in the rest pose with the hips at the origin. */
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** Four joints per corner, of which the first counts. */
  readonly joints: Uint8Array;
  readonly indices: Uint16Array;
}

/** A long octahedron for every segment, and for the way from hips to thighs and from the spine to the arms. */
export function boneMesh({
  joints: named,
  offsets,
  tails,
}: Pick<StyledMotion, 'joints' | 'offsets' | 'tails'>): BoneMesh {
  const positions: number[] = [];
  const normals: number[] = [];
  const joints: number[] = [];
  const addTriangle = (corners: readonly Vector3[], joint: number): void => {
    const [a, b, c] = corners;
    if (!a || !b || !c) return;
    const normal = normalize(cross(subtract(b, a), subtract(c, a))) ?? [0, 1, 0];
    for (const corner of [a, b, c]) {
      append(positions, corner);
      append(normals, normal);
      joints.push(joint, 0, 0, 0);
    }
  };
  const places = restPlaces(offsets, named);
  for (const [joint, { parent }] of named.entries()) {
    const from = places[joint] ?? [0, 0, 0];
    for (const triangle of octahedron(from, add(from, tails[joint] ?? [0, 0, 0])))
      addTriangle(triangle, joint);
    const parentEnd = parent < 0 ? null : add(places[parent] ?? [0, 0, 0], tails[parent] ?? [0, 0, 0]);
    const isApart = parentEnd && lengthOf(subtract(from, parentEnd)) > 1e-6;
    const parentPlace = places[parent];
    if (!isApart || !parentPlace) continue;
    for (const triangle of octahedron(parentPlace, from)) addTriangle(triangle, parent);
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    joints: Uint8Array.from(joints),
    indices: Uint16Array.from({ length: positions.length / 3 }, (_, i) => i),
  };
}

function octahedron(from: Vector3, to: Vector3): Vector3[][] {
  const along = subtract(to, from);
  const direction = normalize(along);
  if (!direction) return [];
  const helper: Vector3 = Math.abs(direction[1]) < 0.9 ? [0, 1, 0] : [0, 0, 1];
  const side = normalize(cross(direction, helper)) ?? [1, 0, 0];
  const other = cross(direction, side);
  const width = lengthOf(along) * WIDTH;
  const middle = add(from, scale(along, WIDEST_AT));
  const ring = [side, other, scale(side, -1), scale(other, -1)].map((axis) =>
    add(middle, scale(axis, width)),
  );
  return ring.flatMap((corner, i) => {
    const next = ring[(i + 1) % ring.length] ?? corner;
    return [
      [from, next, corner],
      [to, corner, next],
    ];
  });
}
