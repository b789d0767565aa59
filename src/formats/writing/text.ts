import { strToU8 } from 'fflate';
import type { ReportProgress } from '../exporter.ts';

/** Text is turned into bytes in parts of about this many characters. */
const PART_LENGTH = 2 ** 20;
/** Progress is told once in so many frames. */
const REPORT_EVERY = 200;

/** Texts one after the other as UTF-8, in parts of handy size. */
export function* encodeTexts(texts: Iterable<string>): Generator<Uint8Array> {
  let waiting: string[] = [];
  let length = 0;
  for (const text of texts) {
    waiting.push(text);
    length += text.length;
    if (length < PART_LENGTH) continue;
    yield strToU8(waiting.join(''));
    waiting = [];
    length = 0;
  }
  if (length > 0) yield strToU8(waiting.join(''));
}

/** The items with their positions, telling now and then how many have been taken. */
export function* withProgress<Item>(
  items: readonly Item[],
  report: ReportProgress | undefined,
): Generator<[position: number, item: Item]> {
  for (const [position, item] of items.entries()) {
    if (position % REPORT_EVERY === 0) report?.(position / items.length);
    yield [position, item];
  }
}
