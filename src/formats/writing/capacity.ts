import { LimnError } from '../../core/errors.ts';

/** More would have to lie in memory at once than browsers give a page. */
const MAXIMUM_BYTES = 2 ** 31;

/**
 * For formats that keep a place for everybody in every frame, seen or not.
 *
 * @throws {LimnError} if that is more than can be held
 */
export function ensureFits(byteLength: number, label: string): void {
  if (byteLength <= MAXIMUM_BYTES) return;
  throw new LimnError(
    `${label} keeps a place for everybody in every frame, which would be ${Math.ceil(byteLength / 2 ** 30)} GB here. Export one person at a time (click one), a shorter part, or Limn JSON.`,
  );
}
