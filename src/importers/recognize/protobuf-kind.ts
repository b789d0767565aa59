/** What a file of protobuf's holds: none of them says it, so the numbers and kinds of its fields have to. */
export type ProtobufKind =
  | 'tensorflow-graph'
  | 'tensorflow-saved-model'
  | 'tensorflow-meta-graph'
  | 'onnx'
  | 'core-ml'
  | 'paddle'
  | 'caffe';

interface Field {
  readonly number: number;
  readonly isBytes: boolean;
  /** As much of it as is there. */
  readonly content: Uint8Array;
}

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const LARGEST_FIELD = 2 ** 29 - 1;
/** Tells formats apart after a few fields. */
const MOST_FIELDS = 64;

// Numbers of fields: onnx/onnx.proto (ModelProto), coremltools mlmodel/format/Model.proto, caffe.proto (NetParameter).
const ONNX_GRAPH = 7;
const ONNX_OPSET = 8;
const CORE_ML_FIRST_OWN = 10;
const CAFFE_LAYERS = [2, 3, 4, 5, 6, 7, 8, 100];

/** By the first bytes of a file; `null`: it is none of these, or nothing of protobuf's. */
export function protobufKind(head: Uint8Array): ProtobufKind | null {
  const fields = fieldsOf(head);
  const [first, second] = fields;
  if (first?.number !== 1) return null;
  if (first.isBytes) return kindOfMessages(first.content, fields);
  if (fields.some(({ number, isBytes }) => isBytes && (number === ONNX_GRAPH || number === ONNX_OPSET)))
    return 'onnx';
  if (!second?.isBytes || second.number !== 2) return null;
  // An ONNX file says here which program has written it; the other two have a message.
  if (isText(second.content)) return 'onnx';
  if (fields.some(({ number }) => number >= CORE_ML_FIRST_OWN)) return 'core-ml';
  const [described] = fieldsOf(second.content);
  const [inner] = described?.isBytes ? fieldsOf(described.content) : [];
  if (described?.number !== 1 || !inner?.isBytes) return null;
  return inner.number === 1 && isText(inner.content) ? 'core-ml' : 'tensorflow-saved-model';
}

function kindOfMessages(content: Uint8Array, fields: readonly Field[]): ProtobufKind | null {
  // Caffe's network begins with its name.
  if (isText(content)) {
    const isCaffe = fields.slice(1).some(({ number, isBytes }) => isBytes && CAFFE_LAYERS.includes(number));
    return isCaffe ? 'caffe' : null;
  }
  const [inner, next] = fieldsOf(content);
  if (!inner) return null;
  // A block of Paddle's begins with its index; a node of TensorFlow's with its name, then the name of its operation.
  if (inner.number === 1 && !inner.isBytes) return 'paddle';
  if (inner.number === 1 && isText(inner.content) && next?.number === 2 && isText(next.content))
    return 'tensorflow-graph';
  return inner.number === 2 && inner.isBytes && !isText(inner.content) ? 'tensorflow-meta-graph' : null;
}

/** The first fields of a message, of which the last may be cut off; none if it is no message. */
function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let i = 0; i < 10 && at < bytes.length; i++) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length && fields.length < MOST_FIELDS) {
    const key = varint();
    const number = Math.floor(key / 8);
    if (!(number >= 1 && number <= LARGEST_FIELD)) return fields;
    const type = key % 8;
    const length =
      type === VARINT
        ? 0
        : type === FIXED_64
          ? 8
          : type === FIXED_32
            ? 4
            : type === BYTES
              ? varint()
              : Number.NaN;
    if (type === VARINT) varint();
    if (Number.isNaN(length)) return fields;
    fields.push({ number, isBytes: type === BYTES, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

/** Nothing but printable characters of ASCII. */
function isText(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}
