import { toLatin1 } from '../../core/bytes.ts';

/*
 * The index of an MP4 or MOV file as boxes in boxes (ISO/IEC 14496-12, 4.2): each is read within its parent, however
 * long it says that it is.
 */

/** Size and type of a box; a size of 8 bytes more. */
const HEAD_BYTES = 8;
const LONG_HEAD_BYTES = 16;
/** Larger indices than this, in bytes, are not read: hours of film have some megabytes. */
const MAXIMUM_INDEX_BYTES = 2 ** 28;
/** Boxes on the file's top level: one for each fragment, and more in a damaged file. */
const MAXIMUM_BOXES = 1e5;

/** The content of the file's `moov`; `null`: it has none that is whole. */
export async function readMovie(blob: Blob): Promise<DataView | null> {
  let at = 0;
  for (let i = 0; i < MAXIMUM_BOXES && at + HEAD_BYTES <= blob.size; i++) {
    const head = new DataView(await blob.slice(at, at + LONG_HEAD_BYTES).arrayBuffer());
    const short = head.getUint32(0);
    const isLong = short === 1 && head.byteLength === LONG_HEAD_BYTES;
    const size = isLong ? Number(head.getBigUint64(8)) : short === 0 ? blob.size - at : short;
    const type = typeAt(head, 4);
    const contentAt = at + (isLong ? LONG_HEAD_BYTES : HEAD_BYTES);
    if (type === 'moov') {
      if (size > MAXIMUM_INDEX_BYTES || at + size > blob.size) return null;
      return new DataView(await blob.slice(contentAt, at + size).arrayBuffer());
    }
    // Whatever begins otherwise is no such file.
    if (size < contentAt - at || !/^[\x20-\x7e\xa9]{4}$/.test(type)) return null;
    at += size;
  }
  return null;
}

function typeAt(view: DataView, at: number): string {
  return toLatin1([0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

/** The boxes inside another, one after the other. */
export function* boxesOf(parent: DataView): Generator<{ readonly type: string; readonly content: DataView }> {
  let at = 0;
  while (at + HEAD_BYTES <= parent.byteLength) {
    const size = parent.getUint32(at);
    if (size < HEAD_BYTES || at + size > parent.byteLength) return;
    const content = new DataView(parent.buffer, parent.byteOffset + at + HEAD_BYTES, size - HEAD_BYTES);
    yield { type: typeAt(parent, at + 4), content };
    at += size;
  }
}

/** The content of the first box along a path; `null`: there is none. */
export function findBox(parent: DataView, ...path: readonly string[]): DataView | null {
  let found: DataView | null = parent;
  for (const type of path) {
    found = found && ([...boxesOf(found)].find((box) => box.type === type)?.content ?? null);
  }
  return found;
}
