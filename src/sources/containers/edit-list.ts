/*
 * What the edit lists of an MP4 or MOV file show (ISO/IEC 14496-12): mediabunny moves a track by the first row of its
 * list and passes over the rest, so it is read here.
 */
import type { ShownPart } from '../../core/time/shown-parts.ts';
import { boxesOf, findBox, readMovie } from './movie-boxes.ts';

/** Version and flags, with which some boxes begin. */
const FULL_BYTES = 4;
/** The `media_time` of a row that shows nothing. */
const EMPTY = -1;
const FIXED_ONE = 2 ** 16;

interface EditRow {
  /** Units of the film's clock. */
  readonly duration: number;
  /** Units of the track's clock; −1: nothing is shown. */
  readonly mediaTime: number;
  readonly rate: number;
}

/**
 * The parts that are shown of each track that has an edit list, by its id. Their times in the medium are mediabunny's.
 */
export async function readEditLists(blob: Blob): Promise<ReadonlyMap<number, readonly ShownPart[]>> {
  const found = new Map<number, readonly ShownPart[]>();
  const movie = await readMovie(blob);
  const header = movie && findBox(movie, 'mvhd');
  if (!header) return found;
  const clock = readClock(header);
  for (const track of boxesOf(movie)) {
    if (track.type !== 'trak') continue;
    const id = findBox(track.content, 'tkhd');
    const list = findBox(track.content, 'edts', 'elst');
    const media = findBox(track.content, 'mdia', 'mdhd');
    if (!id || !list || !media) continue;
    const parts = toParts(readRows(list), clock, readClock(media));
    const isLong = id.byteLength > 0 && id.getUint8(0) === 1;
    const idAt = FULL_BYTES + (isLong ? 16 : 8);
    if (parts.length > 0 && id.byteLength >= idAt + 4) found.set(id.getUint32(idAt), parts);
  }
  return found;
}

/** Units a second, of `mvhd` or `mdhd`; 0: the box is too short. */
function readClock(header: DataView): number {
  const at = FULL_BYTES + (header.byteLength > 0 && header.getUint8(0) === 1 ? 16 : 8);
  return header.byteLength >= at + 4 ? header.getUint32(at) : 0;
}

function readRows(list: DataView): EditRow[] {
  const rows: EditRow[] = [];
  if (list.byteLength < FULL_BYTES + 4) return rows;
  const isLong = list.getUint8(0) === 1;
  const rowBytes = isLong ? 20 : 12;
  const count = Math.min(
    list.getUint32(FULL_BYTES),
    Math.floor((list.byteLength - FULL_BYTES - 4) / rowBytes),
  );
  for (let i = 0; i < count; i++) {
    const at = FULL_BYTES + 4 + i * rowBytes;
    rows.push({
      duration: isLong ? Number(list.getBigUint64(at)) : list.getUint32(at),
      mediaTime: isLong ? Number(list.getBigInt64(at + 8)) : list.getInt32(at + 4),
      rate: list.getInt32(at + rowBytes - 4) / FIXED_ONE,
    });
  }
  return rows;
}

function toParts(rows: readonly EditRow[], movieClock: number, mediaClock: number): ShownPart[] {
  const parts: ShownPart[] = [];
  if (movieClock === 0 || mediaClock === 0) return parts;
  const shift = mediabunnyShift(rows, movieClock, mediaClock);
  let at = 0;
  for (const [i, { duration, mediaTime, rate }] of rows.entries()) {
    // A last row without a duration lasts as long as there are frames: files that are written as they are recorded.
    const isOpen = duration === 0 && i === rows.length - 1;
    const seconds = isOpen ? Number.POSITIVE_INFINITY : duration / movieClock;
    if (mediaTime !== EMPTY && seconds > 0) {
      // Backwards, no player plays: as it is.
      parts.push({ at, duration: seconds, from: mediaTime / mediaClock - shift, rate: rate < 0 ? 1 : rate });
    }
    at += seconds;
  }
  return parts;
}

/** Seconds by which mediabunny's times are less than the track's: by the first row that shows something. */
function mediabunnyShift(rows: readonly EditRow[], movieClock: number, mediaClock: number): number {
  let before = 0;
  for (const { duration, mediaTime, rate } of rows) {
    if (mediaTime === EMPTY) before += duration;
    else return rate === 1 ? (mediaTime - Math.round((before / movieClock) * mediaClock)) / mediaClock : 0;
  }
  return 0;
}
