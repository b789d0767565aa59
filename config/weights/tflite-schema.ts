import { FlatbufferFront, OldTable } from './flatbuffer-front.ts';

// Field numbers of tables in TensorFlow Lite's schema.fbs (v3).
const MODEL_FIELDS = 8;
const MODEL_VERSION = 0;
export const MODEL_SUBGRAPHS = 2;
export const MODEL_BUFFERS = 4;
export const MODEL_METADATA = 6;
/** All but the version. */
const MODEL_REFERENCES = [1, 2, 3, 4, 5, 6, 7];
const MODEL_FILE_ID = 'TFL3';

/** @throws if the bytes are no TensorFlow Lite model */
export function readModelRoot(model: Uint8Array): OldTable {
  if (model.length < 16 || new TextDecoder().decode(model.subarray(4, 8)) !== MODEL_FILE_ID) {
    throw new Error('The file is no TensorFlow Lite model: its identifier is not TFL3.');
  }
  return OldTable.root(model);
}

/**
 * Begins a new root in front of a model.
 *
 * @param lists its fields that will point to new lists; all others stay as they are
 * @returns where each field is
 */
export function beginModel(
  old: OldTable,
  lists: readonly number[],
): { readonly front: FlatbufferFront; readonly fields: readonly number[] } {
  const front = new FlatbufferFront();
  const root = front.begin(MODEL_FILE_ID);
  const own = new Map<number, number | null>(lists.map((list) => [list, null]));
  own.set(MODEL_VERSION, old.uint32(MODEL_VERSION));
  const { position, fields } = front.tableLike(old, MODEL_FIELDS, MODEL_REFERENCES, own);
  front.pointTo(root, position);
  return { front, fields };
}

/** A new buffer of the model. @param reference its place in the list of buffers */
export function addBuffer(front: FlatbufferFront, reference: number, content: Uint8Array): void {
  const { position, fields } = front.table([0]); // data is field 0
  front.pointTo(reference, position);
  front.pointTo(fields[0] ?? -1, front.byteVector(content));
}
