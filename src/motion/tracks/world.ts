import type { Vector3 } from '../../core/numbers/vector.ts';
import { THERE, type Track, vectorAt } from './tracks.ts';

/** Changes everything that a track has in the world, in place. */
export function mapWorld(
  { first, length, there, world }: Pick<Track, 'first' | 'length' | 'there' | 'world'>,
  change: (at: Vector3, frame: number) => Vector3,
): void {
  for (const columns of world ?? []) {
    for (let row = 0; row < length; row++) {
      if (!((there[row] ?? 0) & THERE.world)) continue;
      const changed = change(vectorAt(columns, row), first + row);
      for (const axis of [0, 1, 2] as const) {
        const column = columns[axis];
        if (column) column[row] = changed[axis];
      }
    }
  }
}
