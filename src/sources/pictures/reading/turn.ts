/*
 * How a picture is to be turned so that it is seen as it was meant.
 */
import { isoBoxes, type Part } from './parts.ts';

/** Numbers of a turn as EXIF counts them (Exif 2.32 §4.6.5.1.6), 1 to 8. */
export type Orientation = number;

/** Do columns become rows? */
export function swapsSides(orientation: Orientation): boolean {
  return orientation >= 5;
}

/**
 * The matrix that draws a picture upright, for `CanvasRenderingContext2D.setTransform`.
 *
 * @param width of the picture as it is stored; so is `height`
 */
export function uprightMatrix(
  orientation: Orientation,
  width: number,
  height: number,
): readonly [a: number, b: number, c: number, d: number, e: number, f: number] {
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, width, 0];
    case 3:
      return [-1, 0, 0, -1, width, height];
    case 4:
      return [1, 0, 0, -1, 0, height];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, height, 0];
    case 7:
      return [0, -1, -1, 0, height, width];
    case 8:
      return [0, -1, 1, 0, 0, width];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}

/** Each a quarter against the clock from the one before. */
const QUARTERS = [1, 8, 3, 6] as const;
/** Mirrored ones, likewise. */
const MIRRORED_QUARTERS = [2, 5, 4, 7] as const;
/** What each orientation becomes with left and right changed, or top and bottom; there is no orientation 0. */
const MIRRORED_COLUMNS = [1, 2, 1, 4, 3, 6, 5, 8, 7] as const;
const MIRRORED_ROWS = [1, 4, 3, 2, 1, 8, 7, 6, 5] as const;
/** Version and flags of a full box. */
const FULL_BOX_BYTES = 4;

/**
 * How an AVIF is turned: by its properties `irot` and `imir` (ISO/IEC 23008-12 §6.5.10, §6.5.12), in their order; EXIF data
 * in it count for nothing. 1 if it doesn't say, or is damaged.
 */
export function avifOrientation(bytes: Uint8Array): Orientation {
  const meta = find(isoBoxes(bytes), 'meta');
  if (!meta) return 1;
  const inMeta = [...isoBoxes(bytes, meta.start + FULL_BOX_BYTES, meta.end)];
  const properties = find(inMeta, 'iprp');
  const primary = primaryItem(bytes, find(inMeta, 'pitm'));
  if (!properties || primary === null) return 1;
  const inProperties = [...isoBoxes(bytes, properties.start, properties.end)];
  const container = find(inProperties, 'ipco');
  const association = find(inProperties, 'ipma');
  if (!container || !association) return 1;
  const all = [...isoBoxes(bytes, container.start, container.end)];
  let orientation: Orientation = 1;
  for (const index of propertiesOf(bytes, association, primary)) {
    const property = all[index - 1];
    const value = property ? (bytes[property.start] ?? 0) : 0;
    // Quarters against the clock; mirrored at the upright axis (1) or the level one (0).
    if (property?.name === 'irot') orientation = turnBack(orientation, value & 3);
    if (property?.name === 'imir') {
      orientation = (value & 1 ? MIRRORED_COLUMNS : MIRRORED_ROWS)[orientation] ?? 1;
    }
  }
  return orientation;
}

/** An orientation, and then so many quarters against the clock. */
function turnBack(orientation: Orientation, quarters: number): Orientation {
  const cycle: readonly Orientation[] = QUARTERS.some((each) => each === orientation)
    ? QUARTERS
    : MIRRORED_QUARTERS;
  return cycle[(cycle.indexOf(orientation) + quarters) % 4] ?? 1;
}

function find(boxes: Iterable<Part>, name: string): Part | undefined {
  return [...boxes].find((box) => box.name === name);
}

function primaryItem(bytes: Uint8Array, box: Part | undefined): number | null {
  if (!box || box.start + 8 > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint8(box.start) === 0 ? view.getUint16(box.start + 4) : view.getUint32(box.start + 4);
}

/** The numbers of an item's properties, from 1, in their order (ISO/IEC 23008-12 §9.3.1). */
function propertiesOf(bytes: Uint8Array, { start, end }: Part, item: number): number[] {
  const limit = Math.min(end, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 8 > limit) return [];
  const hasLongIds = view.getUint8(start) > 0;
  const hasLongIndices = (view.getUint8(start + 3) & 1) === 1;
  const count = view.getUint32(start + 4);
  let at = start + 8;
  for (let i = 0; i < count && at + 5 <= limit; i++) {
    const id = hasLongIds ? view.getUint32(at) : view.getUint16(at);
    at += hasLongIds ? 4 : 2;
    const associations = view.getUint8(at++);
    const indices: number[] = [];
    for (let k = 0; k < associations && at + (hasLongIndices ? 2 : 1) <= limit; k++) {
      indices.push(hasLongIndices ? view.getUint16(at) & 0x7fff : view.getUint8(at) & 0x7f);
      at += hasLongIndices ? 2 : 1;
    }
    if (id === item) return indices;
  }
  return [];
}
