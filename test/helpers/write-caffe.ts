import { readLayerList } from '../../src/importers/caffe/layers.ts';
import { noise } from './sample-graph.ts';
import { bytesField, floatBytes, integerField, textField } from './write-graph-def.ts';

/** Layer lists with so many times fewer channels inside: those that come out stay. */
export function withReducedWidth(prototxt: string, divisor: number): string {
  return prototxt.replace(/num_output:\s*(\d+)/g, (text, count: string) =>
    Number(count) >= 64 && Number(count) % 16 === 0
      ? `num_output: ${Math.max(4, Number(count) / divisor)}`
      : text,
  );
}

/**
 * A `.caffemodel` with random weights for a layer list.
 *
 * @param version 1: the older way of writing layers
 */
export function writeCaffeModel(prototxt: string, version: 1 | 2 = 2): Uint8Array {
  const { layers, input } = readLayerList(prototxt, 'list.prototxt');
  const channels = new Map<string, number>([[input ?? 'image', 3]]);
  const numbers: number[] = [];
  for (const { name, type, bottoms, tops, parameters } of layers) {
    const [incoming = 0] = bottoms.map((bottom) => channels.get(bottom) ?? 0);
    const blobs: number[][] = [];
    let out = incoming;
    if (type === 'Convolution') {
      out = parameters.get('num_output')?.[0] ?? 0;
      const kernel = parameters.get('kernel_size')?.[0] ?? 1;
      const perGroup = incoming / (parameters.get('group')?.[0] ?? 1);
      const count = out * perGroup * kernel * kernel;
      // Kept as large as they come in.
      const scale = Math.sqrt(3 / (perGroup * kernel * kernel));
      blobs.push(
        blob(
          [out, perGroup, kernel, kernel],
          noise(count).map((value) => value * scale),
        ),
      );
      blobs.push(
        blob(
          [out],
          noise(out).map((value) => value * 0.1),
        ),
      );
    } else if (type === 'Deconvolution') {
      const kernel = parameters.get('kernel_size')?.[0] ?? 1;
      out = parameters.get('num_output')?.[0] ?? 0;
      blobs.push(blob([incoming, out, kernel, kernel], noise(incoming * out * kernel * kernel)));
      blobs.push(blob([out], noise(out)));
    } else if (type === 'BatchNorm') {
      const positive = noise(incoming).map((value) => value * value + 0.5);
      blobs.push(
        blob([incoming], noise(incoming)),
        blob([incoming], positive),
        blob([1], Float32Array.of(4)),
      );
    } else if (type === 'Scale') {
      blobs.push(blob([incoming], noise(incoming)), blob([incoming], noise(incoming)));
    } else if (type === 'PReLU') {
      blobs.push(
        blob(
          [incoming],
          noise(incoming).map((value) => 0.25 + value * 0.2),
        ),
      );
    } else if (type === 'Concat') {
      out = bottoms.reduce((sum, bottom) => sum + (channels.get(bottom) ?? 0), 0);
    }
    for (const top of tops) channels.set(top, out);
    const field =
      version === 1
        ? { name: 4, bottom: 2, top: 3, blobs: 6, layer: 2 }
        : { name: 1, bottom: 3, top: 4, blobs: 7, layer: 100 };
    append(
      numbers,
      bytesField(field.layer, [
        ...textField(field.name, name),
        ...(version === 1 ? integerField(5, TYPES_V1[type] ?? 0) : textField(2, type)),
        ...bottoms.flatMap((bottom) => textField(field.bottom, bottom)),
        ...tops.flatMap((top) => textField(field.top, top)),
        ...blobs.flatMap((content) => bytesField(field.blobs, content)),
        ...writeParameters(type, parameters, version),
      ]),
    );
  }
  return Uint8Array.from(numbers);
}

const TYPES_V1: Readonly<Record<string, number>> = { Concat: 3, Convolution: 4, Pooling: 17, ReLU: 18 };

function writeParameters(
  type: string,
  parameters: ReadonlyMap<string, readonly number[]>,
  version: 1 | 2,
): number[] {
  const value = (key: string): number | undefined => parameters.get(key)?.[0];
  const all = (fields: Readonly<Record<string, number>>): number[] =>
    Object.entries(fields).flatMap(([key, field]) => {
      const given = value(key);
      return given === undefined ? [] : integerField(field, given);
    });
  if (type === 'Convolution' || type === 'Deconvolution') {
    const fields = { num_output: 1, pad: 3, kernel_size: 4, group: 5, stride: 6 };
    return bytesField(version === 1 ? 10 : 106, all(fields));
  }
  if (type === 'Scale') return bytesField(142, all({ bias_term: 4 }));
  if (type === 'Pooling')
    return bytesField(version === 1 ? 19 : 121, all({ pool: 1, kernel_size: 2, stride: 3 }));
  if (type === 'Concat')
    return bytesField(version === 1 ? 9 : 104, all(version === 1 ? { axis: 1 } : { axis: 2 }));
  return [];
}

function blob(shape: readonly number[], values: Float32Array): number[] {
  return [
    ...bytesField(
      7,
      bytesField(
        1,
        shape.flatMap((size) => integerField(0, size).slice(1)),
      ),
    ),
    ...bytesField(5, floatBytes(values)),
  ];
}

function append(target: number[], values: readonly number[]): void {
  for (const value of values) target.push(value);
}
