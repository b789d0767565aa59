import { OldTable } from './flatbuffer-front.ts';

// Field numbers of tables in TensorFlow Lite's schema.fbs (v3).
export const MODEL_FIELDS = 8;
export const MODEL_VERSION = 0;
export const MODEL_SUBGRAPHS = 2;
export const MODEL_BUFFERS = 4;
export const MODEL_METADATA = 6;
/** All but the version. */
export const MODEL_REFERENCES = [1, 2, 3, 4, 5, 6, 7];
export const MODEL_FILE_ID = 'TFL3';

/** @throws if the bytes are no TensorFlow Lite model */
export function readModelRoot(model: Uint8Array): OldTable {
  if (model.length < 16 || new TextDecoder().decode(model.subarray(4, 8)) !== MODEL_FILE_ID) {
    throw new Error('The file is no TensorFlow Lite model: its identifier is not TFL3.');
  }
  return OldTable.root(model);
}
