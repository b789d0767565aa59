import type { Limb, Side, Skeleton } from '../skeleton.ts';

/** Points of the mesh; what follows are irises, a centre and four points of the edge each, the right one first. */
export const MESH_POINTS = 468;
const COUNT = 478;
/** The middle line of the face: these are their own mirror images. */
const MIDDLE = [
  0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 94, 151, 152, 164, 168, 175, 195, 197, 199,
  200,
];
/** The mesh has the middle and the right side first; the left side follows in the order of the right. */
const LEFT_START = 248;
/** In a mirror; of both irises: centre, then the edge at the picture's right, top, left and bottom. */
export const IRIS_MIRRORED = [0, 3, 2, 1, 4];
const IRIS_POINTS = IRIS_MIRRORED.length;

/** By point, that of the other side; in MediaPipe's canonical face both have the same place but for x (face_geometry/data). */
const mirror = createMirror();

function createMirror(): number[] {
  const others = Array.from({ length: COUNT }, (_, i) => i);
  const right = others.slice(0, LEFT_START).filter((i) => !MIDDLE.includes(i));
  const pair = (a: number, b: number): void => {
    others[a] = b;
    others[b] = a;
  };
  for (const [i, point] of right.entries()) pair(point, LEFT_START + i);
  for (const [i, other] of IRIS_MIRRORED.entries()) pair(MESH_POINTS + i, MESH_POINTS + IRIS_POINTS + other);
  return others;
}

/** Right halves of the contours, as MediaPipe draws them (FACEMESH_CONTOURS and irises). */
const RIGHT_CONTOURS: readonly (readonly number[])[] = [
  // Outer lip, below and above; inner lip; from the corner to the middle.
  [61, 146, 91, 181, 84, 17],
  [61, 185, 40, 39, 37, 0],
  [78, 95, 88, 178, 87, 14],
  [78, 191, 80, 81, 82, 13],
  // The face's edge from the chin up.
  [152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 10],
  // The lower and the upper lid, from the outer corner; the brow's edges.
  [33, 7, 163, 144, 145, 153, 154, 155, 133],
  [33, 246, 161, 160, 159, 158, 157, 173, 133],
  [46, 53, 52, 65, 55],
  [70, 63, 105, 66, 107],
  [469, 470, 471, 472, 469],
  // The nose, which MediaPipe leaves out: its base from the wing to the middle.
  [98, 97, 2],
];
/** Its bridge. */
const NOSE_BRIDGE = [168, 6, 197, 195, 5, 4];

function contour(side: Side, points: readonly number[]): Limb[] {
  return points.slice(1).map((to, i) => ({ from: points[i] ?? to, to, side, part: 'head' }));
}

/**
 * MediaPipe's face: a mesh of 468 points and both irises. They have no names of their own. Limbs are contours, not the mesh.
 * Order: mediapipe, modules/face_geometry/data/canonical_face_model.obj.
 */
export const face478 = {
  id: 'face-478',
  label: 'MediaPipe face (478)',
  keypoints: Array.from({ length: COUNT }, (_, i) =>
    i < MESH_POINTS ? `mesh_${i}` : `${i < MESH_POINTS + IRIS_POINTS ? 'right' : 'left'}_iris_${i}`,
  ),
  limbs: [
    ...RIGHT_CONTOURS.flatMap((points) => [
      ...contour('right', points),
      ...contour(
        'left',
        points.map((point) => mirror[point] ?? point),
      ),
    ]),
    ...contour('middle', NOSE_BRIDGE),
  ],
  mirror,
} as const satisfies Skeleton;
