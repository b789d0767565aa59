import { ForwardFlatbuffer } from './forward-flatbuffer.ts';

/** How pixels become network input: (value − mean) / standard deviation, value in 0 … 255. */
export interface Normalization {
  readonly mean: number;
  readonly standardDeviation: number;
}

// Field numbers of tables in TensorFlow Lite's schema.fbs (v3).
const MODEL_FIELDS = 8;
const MODEL_VERSION = 0;
const MODEL_BUFFERS = 4;
const MODEL_METADATA = 6;
/** What MediaPipe looks for among a model's metadata entries (TFLite Metadata, metadata_schema.fbs). */
const METADATA_NAME = 'TFLITE_METADATA';
const METADATA_FILE_ID = 'M001';
const MODEL_FILE_ID = 'TFL3';
// Members of unions and enumerations in metadata_schema.fbs.
const CONTENT_IMAGE_PROPERTIES = 2;
const COLOR_SPACE_RGB = 1;
const PROCESS_NORMALIZATION = 1;

/** The `ModelMetadata` flatbuffer that declares one RGB picture as input, normalised as given. */
export function writeModelMetadata(normalization: Normalization): Uint8Array {
  const buffer = new ForwardFlatbuffer();
  const root = buffer.reserve(8);
  writeFileId(buffer, root + 4, METADATA_FILE_ID);
  const single = (reference: number): number => {
    const vector = buffer.vector(1);
    buffer.pointTo(reference, vector);
    return vector + 4;
  };
  const child = (reference: number, fields: readonly (number | null)[]): number[] => {
    const table = buffer.table(fields);
    buffer.pointTo(reference, table.position);
    return table.fields;
  };
  const at = (fields: number[], index: number): number => fields[index] ?? -1;

  const model = child(root, [null, null, null, 0]); // subgraph_metadata is field 3
  const subgraph = child(single(at(model, 3)), [null, null, 0]); // input_tensor_metadata is field 2
  const tensor = child(single(at(subgraph, 2)), [null, null, null, 0, 0]); // content 3, process_units 4
  const content = child(at(tensor, 3), [CONTENT_IMAGE_PROPERTIES, 0]); // union: type 0, value 1
  child(at(content, 1), [COLOR_SPACE_RGB]);
  const unit = child(single(at(tensor, 4)), [PROCESS_NORMALIZATION, 0]);
  const options = child(at(unit, 1), [0, 0]); // mean 0, std 1
  buffer.pointTo(at(options, 0), buffer.floatVector([normalization.mean]));
  buffer.pointTo(at(options, 1), buffer.floatVector([normalization.standardDeviation]));
  return buffer.finish();
}

/**
 * Returns the network with a metadata entry of the given content.
 *
 * Nothing can be appended to a finished flatbuffer that its root refers to, for references point forward only.
 * So a new root, buffer list and metadata list are put in front of the old bytes, which stay as they are,
 * aligned to 16 as TensorFlow Lite wants its buffers.
 *
 * @throws if the bytes are no TensorFlow Lite model.
 */
export function withMetadata(model: Uint8Array, metadata: Uint8Array): Uint8Array {
  const view = new DataView(model.buffer, model.byteOffset, model.byteLength);
  if (model.length < 16 || new TextDecoder().decode(model.subarray(4, 8)) !== MODEL_FILE_ID) {
    throw new Error('The file is no TensorFlow Lite model: its identifier is not TFL3.');
  }
  const oldRoot = view.getUint32(0, true);
  const vtable = oldRoot - view.getInt32(oldRoot, true);
  const vtableSize = view.getUint16(vtable, true);
  const field = (index: number): number | null => {
    const entry = 4 + 2 * index;
    const offset = entry < vtableSize ? view.getUint16(vtable + entry, true) : 0;
    return offset === 0 ? null : oldRoot + offset;
  };
  const target = (position: number): number => position + view.getUint32(position, true);
  const elements = (index: number): number[] => {
    const reference = field(index);
    if (reference === null) return [];
    const vector = target(reference);
    return Array.from({ length: view.getUint32(vector, true) }, (_, i) => target(vector + 4 + 4 * i));
  };

  const front = new ForwardFlatbuffer();
  /** References into the old bytes, patched once it is known where those begin. */
  const intoOld: { position: number; oldTarget: number }[] = [];
  const root = front.reserve(8);
  writeFileId(front, root + 4, MODEL_FILE_ID);

  const version = field(MODEL_VERSION);
  const fields = Array.from({ length: MODEL_FIELDS }, (_, index) => {
    if (index === MODEL_BUFFERS || index === MODEL_METADATA) return 0;
    if (index === MODEL_VERSION) return version === null ? null : view.getUint32(version, true);
    return field(index) === null ? null : 0;
  });
  const table = front.table(fields);
  front.pointTo(root, table.position);
  for (const [index, position] of table.fields.entries()) {
    const reference = field(index);
    const isOwn = index === MODEL_VERSION || index === MODEL_BUFFERS || index === MODEL_METADATA;
    if (position >= 0 && reference !== null && !isOwn) {
      intoOld.push({ position, oldTarget: target(reference) });
    }
  }

  const writeList = (index: number): { added: number; count: number } => {
    const old = elements(index);
    const vector = front.vector(old.length + 1);
    front.pointTo(table.fields[index] ?? -1, vector);
    for (const [i, oldTarget] of old.entries()) intoOld.push({ position: vector + 4 + 4 * i, oldTarget });
    return { added: vector + 4 + 4 * old.length, count: old.length };
  };
  const buffers = writeList(MODEL_BUFFERS);
  const entries = writeList(MODEL_METADATA);

  const buffer = front.table([0]); // data is field 0
  front.pointTo(buffers.added, buffer.position);
  front.pointTo(buffer.fields[0] ?? -1, front.byteVector(metadata));
  const entry = front.table([0, buffers.count]); // name 0, buffer 1
  front.pointTo(entries.added, entry.position);
  front.pointTo(entry.fields[0] ?? -1, front.string(METADATA_NAME));

  const head = front.finish(16);
  const result = new Uint8Array(head.length + model.length);
  result.set(head);
  result.set(model, head.length);
  const resultView = new DataView(result.buffer);
  for (const { position, oldTarget } of intoOld) {
    resultView.setUint32(position, head.length + oldTarget - position, true);
  }
  return result;
}

function writeFileId(buffer: ForwardFlatbuffer, position: number, id: string): void {
  for (let i = 0; i < 4; i++) buffer.writeUint8(position + i, id.charCodeAt(i));
}
