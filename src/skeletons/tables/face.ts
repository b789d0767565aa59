import { face70 } from '../sets/face70.ts';
import { face478 } from '../sets/face478.ts';
import type { ConversionTable, Rule } from './conversion-table.ts';

/**
 * Of the face's right half, what of MediaPipe's mesh each point of iBUG's is; two: the middle of both.
 *
 * Source: PeizhiYan/Mediapipe_2_Dlib_Landmarks, mediapipe2dlib. Its left jaw differs from its right one by a point; here,
 * the left half is the right one's mirror image.
 */
const RIGHT_HALF: ReadonlyMap<number, readonly number[]> = new Map([
  // Jaw, from the ear to the chin.
  [0, [127]],
  [1, [234]],
  [2, [93]],
  [3, [132, 58]],
  [4, [58, 172]],
  [5, [136]],
  [6, [150]],
  [7, [176]],
  [8, [152]],
  // Brow, from outside.
  [17, [70]],
  [18, [63]],
  [19, [105]],
  [20, [66]],
  [21, [107]],
  // Bridge of the nose, and its base from the wing.
  [27, [168, 6]],
  [28, [197, 195]],
  [29, [5]],
  [30, [4]],
  [31, [98]],
  [32, [97]],
  [33, [2]],
  // Eye, from the outer corner over the upper lid.
  [36, [33]],
  [37, [160]],
  [38, [158]],
  [39, [133]],
  [40, [153]],
  [41, [144]],
  // Lips from the corner to the middle: outer ones above and below, inner ones above and below.
  [48, [61]],
  [49, [39]],
  [50, [37]],
  [51, [0]],
  [57, [17]],
  [58, [84]],
  [59, [91]],
  [60, [78]],
  [61, [82]],
  [62, [13]],
  [66, [14]],
  [67, [87]],
  // The middle of the iris.
  [68, [468]],
]);

/** OpenPose's face from MediaPipe's: without irises it has no pupils. */
const face70FromMesh: ConversionTable = face70.keypoints.map((_, i): Rule => {
  const own = RIGHT_HALF.get(i);
  if (own) return own;
  const other = RIGHT_HALF.get(face70.mirror[i] ?? i);
  return other?.map((point) => face478.mirror[point] ?? point) ?? null;
});

export const faceTables: readonly (readonly [name: string, table: ConversionTable])[] = [
  ['face-478>face-70', face70FromMesh],
];
