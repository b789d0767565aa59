import { LimnError } from '../core/errors.ts';
import type { Graph, Operation, Pair } from './graph.ts';
import { channelsOf } from './graph.ts';

/** The size of the maps that come out of a node. */
export interface MapShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The shapes of all maps for a picture of a size, by node. @throws {LimnError} if the picture is too small for it */
export function shapesOf(graph: Graph, height: number, width: number): ReadonlyMap<string, MapShape> {
  const channels = channelsOf(graph);
  const shapes = new Map<string, MapShape>();
  for (const { name, operation, inputs } of graph.nodes) {
    const first = shapes.get(inputs[0] ?? '') ?? { height, width, channels: 0 };
    const size = sizeAfter(operation, first, shapes.get(inputs[1] ?? ''));
    if (!(size.height >= 1 && size.width >= 1)) {
      throw new LimnError(
        `A picture of ${width} × ${height} is too small for layer ${name}. Choose a larger net resolution.`,
      );
    }
    shapes.set(name, { ...size, channels: channels.get(name) ?? 0 });
  }
  return shapes;
}

function sizeAfter(
  operation: Operation,
  first: MapShape,
  second: MapShape | undefined,
): { height: number; width: number } {
  switch (operation.kind) {
    case 'convolution':
    case 'depthwise': {
      const [height = 1, width = 1] = operation.filter.shape;
      return windowed(operation, first, [height, width], operation.dilations);
    }
    case 'transposed': {
      const { filter, strides, crop } = operation;
      const [height = 1, width = 1] = filter.shape;
      return {
        height: (first.height - 1) * strides[0] + height - crop.top - crop.bottom,
        width: (first.width - 1) * strides[1] + width - crop.left - crop.right,
      };
    }
    case 'pool':
      return windowed(operation, first, operation.size, [1, 1]);
    case 'resize':
      return second ?? first;
    default:
      return first;
  }
}

function windowed(
  {
    strides,
    padding,
  }: Extract<Operation, { kind: 'convolution' | 'pool' }> | Extract<Operation, { kind: 'depthwise' }>,
  { height, width }: MapShape,
  size: Pair,
  dilations: Pair,
): { height: number; width: number } {
  const along = (length: number, axis: 0 | 1): number => {
    if (padding === 'same') return Math.ceil(length / strides[axis]);
    const reach = (size[axis] - 1) * dilations[axis] + 1;
    const around =
      padding === 'valid' ? 0 : axis === 0 ? padding.top + padding.bottom : padding.left + padding.right;
    return Math.floor((length + around - reach) / strides[axis]) + 1;
  };
  return { height: along(height, 0), width: along(width, 1) };
}

/** Multiplications of filters with a picture of a size, each with its addition. */
export function multiplyAdds(graph: Graph, height: number, width: number): number {
  const shapes = shapesOf(graph, height, width);
  return graph.nodes.reduce((sum, { name, operation, inputs }) => {
    const isTransposed = operation.kind === 'transposed';
    if (!isTransposed && operation.kind !== 'convolution' && operation.kind !== 'depthwise') return sum;
    const pixels = shapes.get(isTransposed ? (inputs[0] ?? '') : name);
    const { height: rows, width: columns } = pixels ?? { height: 0, width: 0 };
    // A filter's numbers are all used once a pixel: depthwise ones have one for each channel that comes out.
    return sum + rows * columns * operation.filter.values.length;
  }, 0);
}

/** Numbers that were learnt. */
export function parameterCount({ nodes }: Graph): number {
  const countOf = ({ operation }: Graph['nodes'][number]): number => {
    switch (operation.kind) {
      case 'convolution':
      case 'depthwise':
      case 'transposed':
        return operation.filter.values.length + (operation.bias?.length ?? 0);
      case 'affine':
      case 'normalize':
        return operation.scale.length + operation.shift.length;
      case 'prelu':
        return operation.slopes.length;
      default:
        return 0;
    }
  };
  return nodes.reduce((sum, node) => sum + countOf(node), 0);
}
