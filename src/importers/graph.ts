import { LimnError } from '../core/errors.ts';

/** Numbers with a shape: filters are height × width × in × out, depthwise ones height × width × channels × times. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type Activation = 'none' | 'relu' | 'relu6';

/** As TensorFlow has it, or so many rows and columns of zeros around the picture. */
export type Padding =
  | 'same'
  | 'valid'
  | { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

export type Pair = readonly [height: number, width: number];

interface Windowed {
  readonly strides: Pair;
  readonly padding: Padding;
}

interface Filtered extends Windowed {
  readonly filter: Tensor;
  /** One a channel that comes out. */
  readonly bias: Float32Array | null;
  readonly dilations: Pair;
  readonly activation: Activation;
}

/** What a node does to the maps that come in: height × width × channels, one picture at a time. */
export type Operation =
  | { readonly kind: 'input'; readonly channels: number }
  | ({ readonly kind: 'convolution' } & Filtered)
  | ({ readonly kind: 'depthwise' } & Filtered)
  /**
   * What TensorFlow calls `conv2d_transpose`: every pixel spread over a window, windows added up, and rows and columns
   * cut off. The filter is height × width × out × in.
   */
  | {
      readonly kind: 'transposed';
      readonly filter: Tensor;
      readonly bias: Float32Array | null;
      readonly strides: Pair;
      readonly crop: Exclude<Padding, string>;
      readonly activation: Activation;
    }
  /** x · scale + shift, channel by channel. */
  | {
      readonly kind: 'affine';
      readonly scale: Float32Array;
      readonly shift: Float32Array;
      readonly activation: Activation;
    }
  /** (x − mean) / √(variance + epsilon) · scale + shift, mean and variance being the picture's own, by channel. */
  | {
      readonly kind: 'normalize';
      readonly scale: Float32Array;
      readonly shift: Float32Array;
      readonly epsilon: number;
      readonly activation: Activation;
    }
  | { readonly kind: 'activation'; readonly activation: Activation }
  /** x where it is above 0, else x · slope, channel by channel. */
  | { readonly kind: 'prelu'; readonly slopes: Float32Array }
  | { readonly kind: 'add'; readonly activation: Activation }
  /** Along the channels. */
  | { readonly kind: 'concat' }
  /** To the size of the second input, bilinearly. */
  | { readonly kind: 'resize'; readonly alignCorners: boolean; readonly halfPixelCenters: boolean }
  | ({ readonly kind: 'pool'; readonly mode: 'max' | 'average'; readonly size: Pair } & Windowed);

/** What slides a filter over a picture, its channels mixed or each by itself. */
export type FilterOperation = Extract<Operation, { kind: 'convolution' | 'depthwise' }>;

export interface GraphNode {
  readonly name: string;
  readonly operation: Operation;
  /** Names of the nodes whose maps come in. */
  readonly inputs: readonly string[];
}

/** A network, whatever file it came from. Data only. */
export interface Graph {
  /** Every node behind those that it takes from. */
  readonly nodes: readonly GraphNode[];
  readonly input: string;
  readonly output: string;
}

/** How many channels come into a network: of pictures, three. */
export function inputChannels({ nodes, input }: Graph): number {
  const operation = nodes.find(({ name }) => name === input)?.operation;
  return operation?.kind === 'input' ? operation.channels : 0;
}

/** The nodes by their names. */
export function nodesByName({ nodes }: Graph): ReadonlyMap<string, GraphNode> {
  return new Map(nodes.map((node) => [node.name, node]));
}

/** Who takes from each node, by name. */
export function consumersOf({ nodes }: Graph): ReadonlyMap<string, readonly GraphNode[]> {
  const consumers = new Map<string, GraphNode[]>(nodes.map(({ name }) => [name, []]));
  for (const node of nodes) for (const input of node.inputs) consumers.get(input)?.push(node);
  return consumers;
}

/** How many channels come out of each node, by name. @throws {LimnError} where they don't fit one another */
export function channelsOf({ nodes }: Graph): ReadonlyMap<string, number> {
  const channels = new Map<string, number>();
  for (const { name, operation, inputs } of nodes) {
    const incoming = inputs.map((input) => channels.get(input) ?? 0);
    const [first = 0] = incoming;
    const expect = (wanted: number): void => {
      if (wanted !== first) {
        throw new LimnError(
          `Layer ${name} takes ${wanted} channels, and ${first} come in. The file is damaged.`,
        );
      }
    };
    switch (operation.kind) {
      case 'input':
        channels.set(name, operation.channels);
        break;
      case 'convolution':
        expect(operation.filter.shape[2] ?? 0);
        channels.set(name, operation.filter.shape[3] ?? 0);
        break;
      case 'depthwise':
        expect(operation.filter.shape[2] ?? 0);
        channels.set(name, first * (operation.filter.shape[3] ?? 0));
        break;
      case 'transposed':
        expect(operation.filter.shape[3] ?? 0);
        channels.set(name, operation.filter.shape[2] ?? 0);
        break;
      case 'affine':
      case 'normalize':
        expect(operation.scale.length);
        channels.set(name, first);
        break;
      case 'prelu':
        expect(operation.slopes.length);
        channels.set(name, first);
        break;
      case 'add':
        if (incoming.some((count) => count !== first)) expect(incoming[1] ?? 0);
        channels.set(name, first);
        break;
      case 'concat':
        channels.set(
          name,
          incoming.reduce((sum, count) => sum + count, 0),
        );
        break;
      default:
        channels.set(name, first);
    }
  }
  return channels;
}

/** Numbers that were learned. */
export function parameterCount({ nodes }: Graph): number {
  return nodes.reduce((sum, { operation }) => {
    switch (operation.kind) {
      case 'convolution':
      case 'depthwise':
      case 'transposed':
        return sum + operation.filter.values.length + (operation.bias?.length ?? 0);
      case 'affine':
      case 'normalize':
        return sum + operation.scale.length + operation.shift.length;
      case 'prelu':
        return sum + operation.slopes.length;
      default:
        return sum;
    }
  }, 0);
}
