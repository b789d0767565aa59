import type { Pose } from '../../core/pose.ts';
import { round } from '../writing/round.ts';

/** RFC 4180. */
export const LINE_END = '\r\n';

/** A number in a table; what is missing is an empty cell. */
export function cell(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : String(round(value));
}

/** A text in a table, in quotes if it has to be. */
export function textCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const MARK_NAMES = ['', 'corrected', 'filled'] as const;

/** Where a keypoint comes from: empty, `corrected` by hand, or `filled` in. */
export function markCell({ marks }: Pose, keypoint: number): string {
  return MARK_NAMES[marks?.[keypoint] ?? 0] ?? '';
}
