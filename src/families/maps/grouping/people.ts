import { POINT_STRIDE } from '../../../core/pose.ts';
import type { ExplainedLimb } from '../explanation.ts';
import type { GroupingOptions, LimbField, MapsLayout } from '../layouts.ts';
import { type PlainMap, projectBicubic, STRIDE } from './bicubic.ts';
import { findPeaks, type Peak } from './peaks.ts';

/** Somebody, put together from peaks and fields. */
export interface GroupedPerson {
  /** x, y in network pixels, score; NaN, NaN, 0 for what is missing. */
  readonly points: Float32Array;
  /** OpenPose's: all that joins the person, by keypoints and limbs. */
  readonly score: number;
}

/** A limb between two peaks. */
interface Connection {
  readonly limb: LimbField;
  readonly from: number;
  readonly to: number;
  /** What the field says, and what it is ranked by. */
  readonly score: number;
  readonly rank: number;
}

/** Weight of the peaks' own scores in the order of connections. */
const PEAK_WEIGHT = 0.1;
const MINIMUM_SAMPLES = 5;
const MAXIMUM_SAMPLES = 25;
/** Peaks nearer than this share of the picture's size are joined even if their field says nothing. */
const CLOSE_SHARE = 1 / 150;
const NEARLY_NOTHING = 1e-6;
/** Feet of BODY_25 without more make nobody. */
const FIRST_FOOT = 19;
const FEWEST_WITHOUT_FEET = 4;

/** The maps of one picture: channel by channel, each row by row. */
export interface PictureMaps {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * People from the maps of one picture.
 *
 * Method: openpose, src/openpose/net/bodyPartConnectorBase.{cpp,cu}: the mean of the field along a limb, over samples
 * that pass; then all connections of all limbs from the best to the worst (the GPU's way, which its authors found
 * better), each joining, growing or merging people.
 *
 * @param peaks those of these maps and thresholds, where they are known already
 */
export function groupPeople(
  maps: PictureMaps,
  layout: MapsLayout,
  options: GroupingOptions,
  peaks: readonly (readonly Peak[])[] = findAllPeaks(maps, layout, options),
): GroupedPerson[] {
  const connections = connectAll(maps, layout, peaks, options);
  const kept = assemble(connections, layout, peaks).filter((person) => isSomebody(person, layout, options));
  return kept.map((person) => toPerson(person, layout, peaks));
}

/** The peaks of every keypoint's heatmap. */
export function findAllPeaks(
  maps: PictureMaps,
  { heatmaps }: MapsLayout,
  options: GroupingOptions,
): Peak[][] {
  return heatmaps.map((channel) =>
    channel === -1 ? [] : findPeaks(mapOf(maps, channel), options.peakThreshold),
  );
}

/** One limb between two peaks, and what became of it; its ends are positions among the peaks of each one's keypoint. */
export type TracedLimb = ExplainedLimb;

/** The same as {@link groupPeople}, with the reason for every limb that there is, or isn't. */
export function traceGrouping(
  maps: PictureMaps,
  layout: MapsLayout,
  options: GroupingOptions,
): {
  readonly people: GroupedPerson[];
  readonly peaks: readonly (readonly Peak[])[];
  readonly limbs: TracedLimb[];
} {
  const peaks = findAllPeaks(maps, layout, options);
  const connections = connectAll(maps, layout, peaks, options);
  const groups = assemble(connections, layout, peaks);
  const kept = new Set(groups.filter((group) => isSomebody(group, layout, options)));
  const verdictOf = (limb: LimbField, from: number, to: number): TracedLimb['verdict'] => {
    const owner = groups.find(({ peaks: own }) => own[limb.from] === from && own[limb.to] === to);
    if (!owner) return 'taken';
    return kept.has(owner) ? 'joined' : 'dropped';
  };
  const connected = new Set(
    connections.map(({ limb, from, to }) => `${layout.limbs.indexOf(limb)} ${from} ${to}`),
  );
  const limbs = layout.limbs.flatMap((limb, position) => {
    const [fieldX, fieldY] = fieldsOf(maps, layout, limb);
    return (peaks[limb.from] ?? []).flatMap((a, from) =>
      (peaks[limb.to] ?? []).map((b, to): TracedLimb => {
        const sampled = sampleLimb(a, b, fieldX, fieldY, options.limbThreshold);
        const isConnected = connected.has(`${position} ${from} ${to}`);
        return {
          limb: position,
          from,
          to,
          ...sampled,
          verdict: isConnected ? verdictOf(limb, from, to) : 'weak',
        };
      }),
    );
  });
  return { people: [...kept].map((group) => toPerson(group, layout, peaks)), peaks, limbs };
}

function mapOf({ values, width, height }: PictureMaps, channel: number): PlainMap {
  return { values, at: channel * width * height, width, height };
}

function fieldsOf(
  maps: PictureMaps,
  { fieldsAt }: MapsLayout,
  { x, y }: LimbField,
): readonly [PlainMap, PlainMap] {
  return [mapOf(maps, fieldsAt + x), mapOf(maps, fieldsAt + y)];
}

/** All limbs that there could be, from the best to the worst. */
function connectAll(
  maps: PictureMaps,
  layout: MapsLayout,
  peaks: readonly (readonly Peak[])[],
  options: GroupingOptions,
): Connection[] {
  const connections: Connection[] = [];
  for (const limb of layout.limbs) {
    const [fieldX, fieldY] = fieldsOf(maps, layout, limb);
    for (const [from, a] of (peaks[limb.from] ?? []).entries()) {
      for (const [to, b] of (peaks[limb.to] ?? []).entries()) {
        const score = scoreLimb(a, b, fieldX, fieldY, options);
        if (score <= NEARLY_NOTHING) continue;
        connections.push({ limb, from, to, score, rank: score + PEAK_WEIGHT * (a.score + b.score) });
      }
    }
  }
  return connections.sort((a, b) => b.rank - a.rank);
}

/** Every sample of the way from one peak to another, however few pass. */
function sampleLimb(
  a: Peak,
  b: Peak,
  fieldX: PlainMap,
  fieldY: PlainMap,
  limbThreshold: number,
): { readonly score: number; readonly passed: number; readonly samples: number } {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.hypot(dx, dy);
  if (distance <= NEARLY_NOTHING) return { score: 0, passed: 0, samples: 0 };
  const samples = sampleCount(dx, dy);
  const [maximumX, maximumY] = [fieldX.width * STRIDE - 1, fieldX.height * STRIDE - 1];
  let [sum, passed] = [0, 0];
  for (let i = 0; i < samples; i++) {
    const x = Math.min(maximumX, Math.max(0, Math.round(a.x + (i * dx) / samples)));
    const y = Math.min(maximumY, Math.max(0, Math.round(a.y + (i * dy) / samples)));
    const score = projectBicubic(fieldX, fieldY, x, y, dx / distance, dy / distance);
    if (score <= limbThreshold) continue;
    sum += score;
    passed++;
  }
  return { score: passed === 0 ? 0 : sum / passed, passed, samples };
}

function sampleCount(dx: number, dy: number): number {
  const longest = Math.max(Math.abs(dx), Math.abs(dy));
  return Math.max(MINIMUM_SAMPLES, Math.min(MAXIMUM_SAMPLES, Math.round(Math.sqrt(5 * longest))));
}

/** The mean of the field along the way from one peak to another, if enough of it points that way; else 0. */
export function scoreLimb(
  a: Peak,
  b: Peak,
  fieldX: PlainMap,
  fieldY: PlainMap,
  { limbThreshold, limbShare, peakThreshold }: GroupingOptions,
): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.hypot(dx, dy);
  if (distance <= NEARLY_NOTHING) return 0;
  const [unitX, unitY] = [dx / distance, dy / distance];
  const samples = sampleCount(dx, dy);
  const [maximumX, maximumY] = [fieldX.width * STRIDE - 1, fieldX.height * STRIDE - 1];
  // So many may fail before the limb has.
  const allowed = samples - Math.floor(limbShare * samples) - 1;
  let sum = 0;
  let passed = 0;
  for (let i = 0; i < samples; i++) {
    const x = Math.min(maximumX, Math.max(0, Math.round(a.x + (i * dx) / samples)));
    const y = Math.min(maximumY, Math.max(0, Math.round(a.y + (i * dy) / samples)));
    const score = projectBicubic(fieldX, fieldY, x, y, unitX, unitY);
    if (score > limbThreshold) {
      sum += score;
      passed++;
    } else if (i + 1 - passed > allowed) {
      break;
    }
  }
  if (passed / samples > limbShare) return sum / passed;
  const size = Math.sqrt((maximumX + 1) * (maximumY + 1));
  return distance < size * CLOSE_SHARE ? peakThreshold + NEARLY_NOTHING : 0;
}

/** Somebody who is being put together. */
interface Group {
  /** By keypoint, the position of its peak; −1: none yet. */
  readonly peaks: Int32Array;
  count: number;
  score: number;
}

function assemble(
  connections: readonly Connection[],
  { keypoints }: MapsLayout,
  peaks: readonly (readonly Peak[])[],
): Group[] {
  const groups = new Set<Group>();
  /** By keypoint and peak, whose it is. */
  const owners = peaks.map((all) => new Array<Group | null>(all.length).fill(null));
  const ownerOf = (keypoint: number, peak: number): Group | null => owners[keypoint]?.[peak] ?? null;
  const scoreOf = (keypoint: number, peak: number): number => peaks[keypoint]?.[peak]?.score ?? 0;
  const give = (group: Group, keypoint: number, peak: number): void => {
    group.peaks[keypoint] = peak;
    group.count++;
    group.score += scoreOf(keypoint, peak);
    const all = owners[keypoint];
    if (all) all[peak] = group;
  };
  for (const { limb, from, to, score } of connections) {
    const [first, second] = [ownerOf(limb.from, from), ownerOf(limb.to, to)];
    if (!first && !second) {
      const group: Group = { peaks: new Int32Array(keypoints).fill(-1), count: 0, score };
      give(group, limb.from, from);
      give(group, limb.to, to);
      groups.add(group);
    } else if (first && !second) {
      if (first.peaks[limb.to] !== -1) continue;
      give(first, limb.to, to);
      first.score += score;
    } else if (second && !first) {
      if (second.peaks[limb.from] !== -1) continue;
      give(second, limb.from, from);
      second.score += score;
    } else if (first && second) {
      if (first === second) first.score += score;
      else if (first.peaks.every((peak, i) => peak === -1 || second.peaks[i] === -1)) {
        for (const [keypoint, peak] of second.peaks.entries()) {
          if (peak === -1) continue;
          first.peaks[keypoint] = peak;
          const all = owners[keypoint];
          if (all) all[peak] = first;
        }
        first.count += second.count;
        first.score += second.score + score;
        groups.delete(second);
      }
    }
  }
  return [...groups];
}

function isSomebody({ peaks, count, score }: Group, { set }: MapsLayout, options: GroupingOptions): boolean {
  let counted = count;
  if (set === 'body-25') {
    const feet = peaks.subarray(FIRST_FOOT).filter((peak) => peak !== -1).length;
    if (feet > 0 && count - feet <= FEWEST_WITHOUT_FEET) return false;
    counted -= feet;
  }
  return counted >= options.minimumKeypoints && score / counted >= options.minimumScore;
}

function toPerson(
  { peaks: own, score }: Group,
  { keypoints, limbs }: MapsLayout,
  peaks: readonly (readonly Peak[])[],
): GroupedPerson {
  const points = new Float32Array(keypoints * POINT_STRIDE);
  for (const [keypoint, peak] of own.entries()) {
    const found = peaks[keypoint]?.[peak];
    points.set(
      found ? [found.x, found.y, Math.min(1, found.score)] : [Number.NaN, Number.NaN, 0],
      keypoint * POINT_STRIDE,
    );
  }
  return { points, score: score / (keypoints + limbs.length) };
}
