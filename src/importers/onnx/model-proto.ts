import { LimnError } from '../../core/errors.ts';
import { integersOf, type ProtoField, readFields, textOf } from '../wire/protobuf.ts';

/** What goes into a network, or comes out of it. */
export interface OnnxPort {
  readonly name: string;
  /** Of its numbers, by ONNX's names; `null`: it is no tensor, or of a type without a name here. */
  readonly type: OnnxType | null;
  /** `null`: any size. */
  readonly shape: readonly (number | null)[];
}

/** An operator, and how often it is there. Its domain is empty for ONNX's own. */
export interface OnnxOperator {
  readonly domain: string;
  readonly name: string;
  readonly count: number;
}

/** What an ONNX file says of itself, without its weights. */
export interface OnnxModel {
  readonly graphName: string;
  /** Without those that are weights. */
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** Those of subgraphs and functions, too, in the order in which each is first met. */
  readonly operators: readonly OnnxOperator[];
  /** Numbers in all weights. */
  readonly parameters: number;
  /** Some weights are integers of 8 or 4 bits, or floats of 8 or 4. */
  readonly isQuantized: boolean;
  /** The names of all weights, which mostly tell what has trained them. */
  readonly weightNames: readonly string[];
  /** Files beside it that hold weights. */
  readonly externalFiles: readonly string[];
  /** The version of ONNX's own operators. */
  readonly operatorSet: number;
  readonly producer: string;
  /** What whoever wrote the file has said of it. */
  readonly metadata: Readonly<Record<string, string>>;
}

// Numbers of the fields: onnx/onnx, onnx/onnx.proto.
const MODEL = { producer: 2, graph: 7, operatorSets: 8, metadata: 14, function: 25 } as const;
const FUNCTION = { name: 1, node: 7, domain: 10 } as const;
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12, sparse: 15 } as const;
const NODE = { operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11 } as const;
const TENSOR = { dimensions: 1, type: 2, name: 8, external: 13 } as const;
const SPARSE_VALUES = 1;
const VALUE = { name: 1, type: 2 } as const;
const TYPE_TENSOR = 1;
const TENSOR_TYPE = { element: 1, shape: 2 } as const;
const SHAPE_DIMENSION = 1;
const DIMENSION_SIZE = 1;
const OPERATOR_SET = { domain: 1, version: 2 } as const;
const PAIR = { key: 1, value: 2 } as const;

/** By the numbers of TensorProto.DataType. */
const TYPES = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
} as const;
export type OnnxType = (typeof TYPES)[keyof typeof TYPES];
/** UINT8, INT8, the four FLOAT8s, UINT4, INT4, FLOAT4. */
const QUANTIZED_TYPES = [2, 3, 17, 18, 19, 20, 21, 22, 23];

/** Far more than networks have: a damaged file takes no minutes. */
const MOST_NODES = 200_000;
const MOST_PORTS = 1000;
/** Graphs within attributes of graphs. */
const DEEPEST = 16;
/** Names and texts of metadata are as long as sentences; what is longer is cut. */
const LONGEST_TEXT = 10_000;

/** What is gathered while a model is read. */
interface Gathered {
  readonly file: string;
  readonly operators: Map<string, { domain: string; name: string; count: number }>;
  readonly weightNames: Set<string>;
  readonly externalFiles: Set<string>;
  /** Operators that the file itself puts together from others, by domain and name. */
  readonly functions: Set<string>;
  nodes: number;
  parameters: number;
  isQuantized: boolean;
}

/**
 * What an ONNX file holds. None of its weights is looked at or copied.
 *
 * @throws {LimnError} naming the file and what is wrong in it
 */
export function readOnnxModel(bytes: Uint8Array, fileName: string): OnnxModel {
  const gathered: Gathered = {
    file: fileName,
    operators: new Map(),
    weightNames: new Set(),
    externalFiles: new Set(),
    functions: new Set(),
    nodes: 0,
    parameters: 0,
    isQuantized: false,
  };
  let graph: Uint8Array | null = null;
  let operatorSet = 0;
  let producer = '';
  const metadata: [string, string][] = [];
  for (const field of readFields(bytes, fileName)) {
    if (field.number === MODEL.graph && field.type === 'bytes') graph = field.bytes;
    else if (field.number === MODEL.producer) producer = shortText(field);
    else if (field.number === MODEL.metadata && field.type === 'bytes' && metadata.length < MOST_PORTS)
      metadata.push(readPair(field.bytes, fileName));
    else if (field.number === MODEL.function && field.type === 'bytes') readFunction(field.bytes, gathered);
    else if (field.number === MODEL.operatorSets && field.type === 'bytes') {
      const all = [...readFields(field.bytes, fileName)];
      const domain = all.find(({ number }) => number === OPERATOR_SET.domain);
      const version = all.find(({ number }) => number === OPERATOR_SET.version);
      if (isOwnDomain(domain ? textOf(domain) : '')) operatorSet = version?.integer ?? 0;
    }
  }
  if (!graph) throw new LimnError(`${fileName} has no graph in it: it is cut off, or no ONNX network.`);
  const { name, inputs, outputs } = readGraph(graph, gathered, 0);
  if (gathered.nodes === 0) throw new LimnError(`${fileName} is an ONNX network without operators.`);
  return {
    graphName: name,
    inputs: inputs.filter((port) => !gathered.weightNames.has(port.name)),
    outputs,
    operators: [...gathered.operators]
      .filter(([key]) => !gathered.functions.has(key))
      .map(([, each]) => each),
    parameters: gathered.parameters,
    isQuantized: gathered.isQuantized,
    weightNames: [...gathered.weightNames],
    externalFiles: [...gathered.externalFiles],
    operatorSet,
    producer,
    metadata: Object.fromEntries(metadata),
  };
}

/** Is a domain of operators ONNX's own? */
export function isOwnDomain(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

function readGraph(
  bytes: Uint8Array,
  gathered: Gathered,
  depth: number,
): { name: string; inputs: OnnxPort[]; outputs: OnnxPort[] } {
  const { file } = gathered;
  if (depth > DEEPEST)
    throw new LimnError(`${file} has graphs within graphs, ${DEEPEST} deep: it is damaged.`);
  let name = '';
  const [inputs, outputs]: [OnnxPort[], OnnxPort[]] = [[], []];
  for (const field of readFields(bytes, file)) {
    if (field.type !== 'bytes') continue;
    if (field.number === GRAPH.node) readNode(field.bytes, gathered, depth);
    else if (field.number === GRAPH.initializer) readTensor(field.bytes, gathered);
    else if (field.number === GRAPH.sparse) readSparse(field.bytes, gathered);
    else if (field.number === GRAPH.name) name = shortText(field);
    // Of the many graphs within it nobody asks what goes in.
    else if (depth === 0 && field.number === GRAPH.input) addPort(inputs, field.bytes, file);
    else if (depth === 0 && field.number === GRAPH.output) addPort(outputs, field.bytes, file);
  }
  return { name, inputs, outputs };
}

function readNode(bytes: Uint8Array, gathered: Gathered, depth: number): void {
  const { file } = gathered;
  if (++gathered.nodes > MOST_NODES) throw new LimnError(`${file} has over ${MOST_NODES} operators.`);
  let [domain, name] = ['', ''];
  for (const field of readFields(bytes, file)) {
    if (field.number === NODE.operator) name = shortText(field);
    else if (field.number === NODE.domain) domain = shortText(field);
    else if (field.number === NODE.attribute && field.type === 'bytes') {
      for (const part of readFields(field.bytes, file)) {
        if (part.type !== 'bytes') continue;
        if (part.number === ATTRIBUTE.graph || part.number === ATTRIBUTE.graphs)
          readGraph(part.bytes, gathered, depth + 1);
        else if (part.number === ATTRIBUTE.tensor || part.number === ATTRIBUTE.tensors)
          readTensor(part.bytes, gathered);
      }
    }
  }
  const key = `${domain}:${name}`;
  const operator = gathered.operators.get(key);
  if (operator) operator.count++;
  else gathered.operators.set(key, { domain, name, count: 1 });
}

function readFunction(bytes: Uint8Array, gathered: Gathered): void {
  let [domain, name] = ['', ''];
  for (const field of readFields(bytes, gathered.file)) {
    if (field.number === FUNCTION.name) name = shortText(field);
    else if (field.number === FUNCTION.domain) domain = shortText(field);
    else if (field.number === FUNCTION.node && field.type === 'bytes') readNode(field.bytes, gathered, 0);
  }
  gathered.functions.add(`${domain}:${name}`);
}

function readSparse(bytes: Uint8Array, gathered: Gathered): void {
  for (const field of readFields(bytes, gathered.file)) {
    if (field.number === SPARSE_VALUES && field.type === 'bytes') readTensor(field.bytes, gathered);
  }
}

/** Of a constant: its name, how many numbers of what type, and where they lie. */
function readTensor(bytes: Uint8Array, gathered: Gathered): void {
  const { file } = gathered;
  let [count, type] = [1, 0];
  for (const field of readFields(bytes, file)) {
    if (field.number === TENSOR.dimensions) for (const size of integersOf(field)) count *= size;
    else if (field.number === TENSOR.type) type = field.integer;
    else if (field.number === TENSOR.name) gathered.weightNames.add(shortText(field));
    else if (field.number === TENSOR.external && field.type === 'bytes') {
      const [key, value] = readPair(field.bytes, file);
      if (key === 'location') gathered.externalFiles.add(value);
    }
  }
  if (!(count >= 0 && count <= Number.MAX_SAFE_INTEGER))
    throw new LimnError(`${file} has a constant of ${count} numbers: it is damaged.`);
  gathered.parameters += count;
  gathered.isQuantized ||= QUANTIZED_TYPES.includes(type) && count > 1;
}

function addPort(ports: OnnxPort[], bytes: Uint8Array, file: string): void {
  if (ports.length >= MOST_PORTS) throw new LimnError(`${file} has over ${MOST_PORTS} inputs or outputs.`);
  let name = '';
  let type: OnnxType | null = null;
  let shape: (number | null)[] = [];
  for (const field of readFields(bytes, file)) {
    if (field.number === VALUE.name) name = shortText(field);
    if (field.number !== VALUE.type || field.type !== 'bytes') continue;
    const tensor = find(field.bytes, TYPE_TENSOR, file);
    if (!tensor) continue;
    for (const part of readFields(tensor.bytes, file)) {
      if (part.number === TENSOR_TYPE.element) type = typeOf(part.integer);
      if (part.number !== TENSOR_TYPE.shape || part.type !== 'bytes') continue;
      shape = [...readFields(part.bytes, file)]
        .filter(({ number, type: kind }) => number === SHAPE_DIMENSION && kind === 'bytes')
        .map((dimension) => toSize(find(dimension.bytes, DIMENSION_SIZE, file)));
    }
  }
  ports.push({ name, type, shape });
}

function typeOf(code: number): OnnxType | null {
  return (TYPES as Readonly<Record<number, OnnxType>>)[code] ?? null;
}

/** Sizes that aren't known are names, absent, or as old programs write them, −1 or 0. */
function toSize(size: ProtoField | null): number | null {
  return size && size.integer > 0 ? size.integer : null;
}

function find(bytes: Uint8Array, number: number, file: string): ProtoField | null {
  for (const field of readFields(bytes, file)) if (field.number === number) return field;
  return null;
}

function readPair(bytes: Uint8Array, file: string): [key: string, value: string] {
  let [key, value] = ['', ''];
  for (const field of readFields(bytes, file)) {
    if (field.number === PAIR.key) key = shortText(field);
    if (field.number === PAIR.value) value = shortText(field);
  }
  return [key, value];
}

function shortText(field: ProtoField): string {
  return textOf({ ...field, bytes: field.bytes.subarray(0, LONGEST_TEXT) });
}
