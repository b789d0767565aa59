import { FlatbufferFront } from './flatbuffer-front.ts';
import { addBuffer, beginModel, MODEL_BUFFERS, MODEL_METADATA, readModelRoot } from './tflite-schema.ts';

/** How pixels become network input: (value − mean) / standard deviation, value in 0 … 255. */
export interface Normalization {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** What MediaPipe looks for among a model's metadata entries (TFLite Metadata, metadata_schema.fbs). */
const METADATA_NAME = 'TFLITE_METADATA';
const METADATA_FILE_ID = 'M001';
// Members of unions and enumerations in metadata_schema.fbs.
const CONTENT_IMAGE_PROPERTIES = 2;
const COLOR_SPACE_RGB = 1;
const PROCESS_NORMALIZATION = 1;

/** The `ModelMetadata` flatbuffer that declares one RGB picture as input, normalised as given. */
export function writeModelMetadata(normalization: Normalization): Uint8Array {
  const buffer = new FlatbufferFront();
  const root = buffer.begin(METADATA_FILE_ID);
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
 * @throws if the bytes are no TensorFlow Lite model.
 */
export function withMetadata(model: Uint8Array, metadata: Uint8Array): Uint8Array {
  const old = readModelRoot(model);
  const { front, fields } = beginModel(old, [MODEL_BUFFERS, MODEL_METADATA]);
  const buffers = old.tables(MODEL_BUFFERS);
  const addedBuffer = front.oldTables(fields[MODEL_BUFFERS] ?? -1, buffers, 1);
  const addedEntry = front.oldTables(fields[MODEL_METADATA] ?? -1, old.tables(MODEL_METADATA), 1);
  addBuffer(front, addedBuffer, metadata);
  const entry = front.table([0, buffers.length]); // name 0, buffer 1
  front.pointTo(addedEntry, entry.position);
  front.pointTo(entry.fields[0] ?? -1, front.string(METADATA_NAME));
  return front.join(model);
}
