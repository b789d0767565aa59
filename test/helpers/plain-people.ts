import type { Peak } from '../../src/families/maps/grouping/peaks.ts';
import type { GroupingOptions, MapsLayout } from '../../src/families/maps/layouts.ts';
import { plainPeaks, resizeMap } from './plain-peaks.ts';

const STRIDE = 8;

/** Somebody: by keypoint the peak, or none. */
export type PlainPerson = readonly (Peak | null)[];

/**
 * Maps to people step by step as they are described (openpose, net/{resizeAndMerge,nms,bodyPartConnector}Base): all maps
 * resized to the picture, every pixel compared with its neighbours, every pair of peaks scored, the best limbs first.
 */
export function plainPeople(
  values: Float32Array,
  width: number,
  height: number,
  layout: MapsLayout,
  options: GroupingOptions,
): PlainPerson[] {
  const cells = width * height;
  const map = (channel: number): Float32Array => values.subarray(channel * cells, (channel + 1) * cells);
  const peaks = layout.heatmaps.map((channel) =>
    plainPeaks(map(channel), width, height, options.peakThreshold),
  );
  const [w, h] = [width * STRIDE, height * STRIDE];
  const limbs = layout.limbs.flatMap((limb) => {
    const [fieldX, fieldY] = [limb.x, limb.y].map((field) =>
      resizeMap(map(layout.fieldsAt + field), width, height),
    );
    return (peaks[limb.from] ?? []).flatMap((a) =>
      (peaks[limb.to] ?? []).flatMap((b) => {
        const score = plainScore(
          a,
          b,
          fieldX ?? new Float32Array(0),
          fieldY ?? new Float32Array(0),
          w,
          h,
          options,
        );
        return score > 1e-6 ? [{ limb, a, b, score, rank: score + 0.1 * (a.score + b.score) }] : [];
      }),
    );
  });
  limbs.sort((first, second) => second.rank - first.rank);
  let people: { own: (Peak | null)[]; score: number }[] = [];
  for (const { limb, a, b, score } of limbs) {
    const first = people.find(({ own }) => own[limb.from] === a);
    const second = people.find(({ own }) => own[limb.to] === b);
    if (!first && !second) {
      const own = new Array<Peak | null>(layout.keypoints).fill(null);
      own[limb.from] = a;
      own[limb.to] = b;
      people.push({ own, score: score + a.score + b.score });
    } else if (first && first === second) first.score += score;
    else if (first && !second) {
      if (first.own[limb.to]) continue;
      first.own[limb.to] = b;
      first.score += score + b.score;
    } else if (second && !first) {
      if (second.own[limb.from]) continue;
      second.own[limb.from] = a;
      second.score += score + a.score;
    } else if (first && second && first.own.every((peak, i) => !peak || !second.own[i])) {
      first.own = first.own.map((peak, i) => peak ?? second.own[i] ?? null);
      first.score += second.score + score;
      people = people.filter((person) => person !== second);
    }
  }
  return people.flatMap(({ own, score }) => {
    const count = own.filter((peak) => peak).length;
    return count >= options.minimumKeypoints && score / count >= options.minimumScore ? [own] : [];
  });
}

function plainScore(
  a: Peak,
  b: Peak,
  fieldX: Float32Array,
  fieldY: Float32Array,
  width: number,
  height: number,
  { limbThreshold, limbShare, peakThreshold }: GroupingOptions,
): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.hypot(dx, dy);
  if (distance < 1e-6) return 0;
  const count = Math.max(5, Math.min(25, Math.round(Math.sqrt(5 * Math.max(Math.abs(dx), Math.abs(dy))))));
  const scores = Array.from({ length: count }, (_, i) => {
    const x = Math.min(width - 1, Math.max(0, Math.round(a.x + (i * dx) / count)));
    const y = Math.min(height - 1, Math.max(0, Math.round(a.y + (i * dy) / count)));
    return (dx * (fieldX[y * width + x] ?? 0) + dy * (fieldY[y * width + x] ?? 0)) / distance;
  }).filter((score) => score > limbThreshold);
  if (scores.length / count > limbShare) return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return distance < Math.sqrt(width * height) / 150 ? peakThreshold + 1e-6 : 0;
}
