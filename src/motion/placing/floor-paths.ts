import type { Recording } from '../../core/recording.ts';

/** Points of a way that are kept at most: it is drawn, not measured. */
const MOST_POINTS = 4000;

/** By person, where the hips are over the floor: x, z in metres of the room, one after the other; NaN in gaps. */
export function floorPaths({ frames }: Recording): ReadonlyMap<number, Float32Array> {
  const step = Math.max(1, Math.ceil(frames.length / MOST_POINTS));
  const count = Math.ceil(frames.length / step);
  const paths = new Map<number, Float32Array>();
  for (let i = 0; i < count; i++) {
    for (const { id, place } of frames[i * step]?.people ?? []) {
      if (!place) continue;
      const path = paths.get(id) ?? new Float32Array(count * 2).fill(Number.NaN);
      paths.set(id, path);
      path.set([place[0], place[2]], i * 2);
    }
  }
  return paths;
}
