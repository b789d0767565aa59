import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concat } from '../../../src/core/bytes.ts';
import { LimnError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { readVideoPose3d, type TemporalNetwork } from '../../../src/importers/pytorch/videopose3d.ts';
import { computeReference } from '../../../src/importers/reference.ts';
import { evaluateLifter, type LifterShape, randomLifter } from '../../helpers/plain-lifter.ts';
import { hasSharedData, readSharedJson, sharedPath } from '../../helpers/shared-data.ts';
import {
  op,
  rebuild,
  writeLegacyCheckpoint,
  writeZipCheckpoint,
  zipPickle,
} from '../../helpers/write-checkpoint.ts';

const usual: LifterShape = { widths: [3, 3, 3], channels: 8, jointsIn: 17, jointsOut: 17, isDense: false };

function run({ graph }: TemporalNetwork, input: readonly (readonly number[])[]): Float32Array {
  return computeReference(graph, Float32Array.from(input.flat()), 1, input.length);
}

function expectNear(given: Float32Array, expected: readonly number[], tolerance: number): void {
  expect(given.length).toBe(expected.length);
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - (given[i] ?? Number.NaN))));
  expect(worst).toBeLessThan(tolerance);
}

const noise = (frames: number, channels: number): number[][] => {
  const random = createRandom(7);
  return Array.from({ length: frames }, () => Array.from({ length: channels }, () => random() * 2 - 1));
};

describe('A checkpoint of VideoPose3D', () => {
  const shapes: readonly (LifterShape & { readonly isCausal: boolean; readonly field: number })[] = [
    { ...usual, isCausal: false, field: 27 },
    { ...usual, isCausal: true, field: 27 },
    { ...usual, widths: [3, 3, 3, 3], channels: 5, isCausal: false, field: 81 },
    { ...usual, widths: [5, 3], jointsIn: 16, jointsOut: 15, isCausal: false, field: 15 },
    { ...usual, widths: [3, 5, 3], isDense: true, isCausal: true, field: 45 },
    { ...usual, widths: [3, 3], isDense: true, isCausal: false, field: 9 },
    { ...usual, widths: [1], isCausal: false, field: 1 },
  ];
  it.each(
    shapes,
  )('of widths $widths, dense $isDense, causal $isCausal, gives what its definition gives', (shape) => {
    const tensors = randomLifter(shape);
    const input = noise(shape.field + 6, 2 * shape.jointsIn);
    const expected = evaluateLifter(tensors, shape, shape.isCausal, input).flat();
    expect(expected.length).toBe(7 * 3 * shape.jointsOut);
    for (const bytes of [writeZipCheckpoint(tensors), writeLegacyCheckpoint(tensors)]) {
      const network = readVideoPose3d(bytes, 'net.bin', { isCausal: shape.isCausal });
      expect(network).toMatchObject({
        jointsIn: shape.jointsIn,
        jointsOut: shape.jointsOut,
        receptiveField: shape.field,
        filterWidths: shape.widths,
        channels: shape.channels,
        isDense: shape.isDense,
      });
      expectNear(run(network, input), expected, 1e-5);
    }
  });

  it('takes names with "module." in front, and numbers of 16 bits', () => {
    const tensors = randomLifter(usual);
    const prefixed = Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => [`module.${name}`, tensor]),
    );
    const input = noise(30, 34);
    const expected = run(readVideoPose3d(writeZipCheckpoint(tensors), 'a.bin'), input);
    expectNear(run(readVideoPose3d(writeZipCheckpoint(prefixed), 'a.bin'), input), [...expected], 1e-7);
    const half = run(readVideoPose3d(writeZipCheckpoint(tensors, 'HalfStorage'), 'a.bin'), input);
    expectNear(half, [...expected], 5e-3);
  });

  it('is causal if its name or the caller says so', () => {
    const bytes = writeZipCheckpoint(randomLifter(usual));
    expect(readVideoPose3d(bytes, 'h36m_causal.bin').isCausal).toBe(true);
    expect(readVideoPose3d(bytes, 'h36m.bin').isCausal).toBe(false);
    expect(readVideoPose3d(bytes, 'causal.bin', { isCausal: false }).isCausal).toBe(false);
  });

  it('is refused with a sentence that names the layer that is missing or does not fit', () => {
    const { 'layers_bn.1.bias': _, ...lacking } = randomLifter(usual);
    expect(() => readVideoPose3d(writeZipCheckpoint(lacking), 'net.bin')).toThrow(
      "net.bin is no network of VideoPose3D's kind: layers_bn.1.bias is not in it.",
    );
    const even = randomLifter({ ...usual, widths: [3, 4] });
    expect(() => readVideoPose3d(writeZipCheckpoint(even), 'net.bin')).toThrow(
      'layers_conv.0 is 4 frames wide',
    );
    const other = { 'conv1.weight': { shape: [2], values: new Float32Array(2) } };
    expect(() => readVideoPose3d(writeZipCheckpoint(other), 'net.bin')).toThrow('no expand_conv.weight');
  });
});

it('A checkpoint whose weights have changed since they were saved is refused', () => {
  const bytes = writeZipCheckpoint(randomLifter(usual));
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  expect(() => readVideoPose3d(bytes, 'net.bin')).toThrow(/^net\.bin is a damaged ZIP/);
});

describe('A hostile checkpoint', () => {
  const pickle = (...parts: Uint8Array[]): Uint8Array => concat([op.start, ...parts, op.stop]);
  const system = pickle(op.global('os', 'system'), op.mark, op.unicode('touch /tmp/x'), op.tuple, op.reduce);
  const read = (bytes: Uint8Array) => () => readVideoPose3d(bytes, 'evil.bin');

  it('that names os.system is refused by that name', () => {
    for (const bytes of [system, zipPickle(system)]) {
      expect(read(bytes)).toThrow(
        'evil.bin is refused: it asks for os.system, which is no part of a network.',
      );
    }
  });

  it.each([
    ['builtins', 'eval'],
    ['torch', 'load'],
    ['torch.storage', '_load_from_bytes'],
    ['collections', 'defaultdict'],
    ['__main__', 'FloatStorage'],
  ])('that names %s.%s is refused', (module, name) => {
    expect(read(zipPickle(pickle(op.global(module, name))))).toThrow(`it asks for ${module}.${name}`);
  });

  it('that contains itself is refused', () => {
    const list = pickle(op.emptyList, op.put(1), op.get(1), op.append);
    expect(read(zipPickle(list))).toThrow('something in it contains itself');
    const map = pickle(
      op.emptyDictionary,
      op.put(1),
      op.mark,
      op.unicode('model_pos'),
      op.get(1),
      op.setItems,
    );
    expect(read(zipPickle(map))).toThrow('something in it contains itself');
  });

  it('whose containers are a hundred thousand deep, or double forty times, is refused at once', () => {
    const nested = concat([
      ...Array.from({ length: 100_000 }, () => op.emptyList),
      ...Array.from({ length: 99_999 }, () => op.append),
    ]);
    expect(read(zipPickle(pickle(nested)))).toThrow('no network of VideoPose3D');
    const doubled = concat([
      op.emptyList,
      ...Array.from({ length: 40 }, (_, i) =>
        concat([op.put(i), op.emptyList, op.get(i), op.append, op.get(i), op.append]),
      ),
    ]);
    const began = performance.now();
    expect(read(zipPickle(pickle(doubled)))).toThrow('no network of VideoPose3D');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('that holds the same thing over and over again is refused at once', () => {
    const times = 3000;
    const repeat = (what: (i: number) => Uint8Array): Uint8Array =>
      concat(Array.from({ length: times }, (_, i) => what(i)));
    // A dictionary that holds another one three thousand times, and that a third one as often.
    const dictionaries = concat([
      op.emptyDictionary,
      ...[1, 2, 3].flatMap((key) => [
        op.put(key),
        op.emptyDictionary,
        op.mark,
        repeat((i) => concat([op.integer(i), op.get(key)])),
        op.setItems,
      ]),
    ]);
    const call = concat([op.global('collections', 'OrderedDict'), op.get(1), op.reduce]);
    const pair = concat([op.mark, op.integer(1), op.integer(2), op.tuple]);
    const list = concat([op.emptyList, op.mark, pair, op.put(2), repeat(() => op.get(2)), op.appends]);
    const calls = concat([op.mark, list, op.tuple, op.put(1), repeat(() => call)]);
    const began = performance.now();
    expect(read(zipPickle(pickle(dictionaries)))).toThrow('no network of VideoPose3D');
    expect(read(zipPickle(pickle(calls)))).toThrow('made of more than any network is');
    const tensor = { shape: [1000], values: new Float32Array(1000) };
    const tensors = concat([
      op.emptyDictionary,
      op.mark,
      op.unicode('expand_conv.weight'),
      rebuild('0', tensor, 'FloatStorage', false),
      op.put(3),
      repeat((i) => concat([op.unicode(`layer ${i}`), op.get(3)])),
      op.setItems,
    ]);
    const numbers = new Uint8Array(tensor.values.buffer);
    expect(read(zipPickle(pickle(tensors), [numbers]))).toThrow('have more numbers than are in it');
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('whose lengths lie is refused', () => {
    const tensors = randomLifter(usual);
    const lying = { ...tensors, 'shrink.bias': { shape: [1000], values: new Float32Array(51) } };
    expect(read(writeZipCheckpoint(lying))).toThrow('shrink.bias has more numbers than are in it');
    const text = concat([op.start, Uint8Array.of(0x58, 0xff, 0xff, 0xff, 0x7f), op.stop]);
    expect(read(zipPickle(text))).toThrow('it ends in the middle of something');
    const legacy = writeLegacyCheckpoint(tensors);
    expect(read(legacy.subarray(0, legacy.length - 8))).toThrow('cut off or damaged');
    expect(read(zipPickle(new Uint8Array(0)))).toThrow(LimnError);
  });

  it('is refused with a sentence, or read, after each of 10,000 mutations; nothing else happens', () => {
    const small = randomLifter({ ...usual, channels: 2, jointsIn: 2, jointsOut: 1 });
    const files = [writeZipCheckpoint(small), writeLegacyCheckpoint(small)] as const;
    const random = createRandom(11);
    let refused = 0;
    for (let i = 0; i < 10_000; i++) {
      const bytes = files[i % 2] ?? files[0];
      const mutated = bytes.slice(0, random() < 0.1 ? Math.floor(random() * bytes.length) : bytes.length);
      for (let k = 0; k < 1 + random() * 5; k++)
        mutated[Math.floor(random() * mutated.length)] = random() * 256;
      try {
        readVideoPose3d(mutated, 'mutated.bin');
      } catch (error) {
        if (!(error instanceof LimnError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(5000);
  }, 60_000);
});

interface Listed {
  readonly name: string;
  readonly causal: boolean;
  readonly dense: boolean;
  readonly filter_widths: readonly number[];
  readonly pad_left: number;
  readonly pad_right: number;
  readonly receptive_field: number;
}

describe.skipIf(!hasSharedData)('Files that PyTorch wrote', () => {
  const listed = hasSharedData ? readSharedJson<Listed[]>('lifting/index.json') : [];
  it.each(listed)('$name gives what PyTorch gives, from both formats', (each) => {
    const { name, causal, dense, filter_widths, pad_left, pad_right, receptive_field } = each;
    interface Expected {
      readonly input_normalised: number[][][];
      readonly output: number[][][];
    }
    const expected = readSharedJson<Expected>(`lifting/${name}.expected.json`);
    const rows = expected.input_normalised.map((frame) => frame.flat());
    const [first = [], last = []] = [rows[0], rows.at(-1)];
    const padded = [
      ...Array.from({ length: pad_left }, () => first),
      ...rows,
      ...Array.from({ length: pad_right }, () => last),
    ];
    for (const format of ['zip', 'legacy']) {
      const file = `${name}.${format}.bin`;
      const network = readVideoPose3d(readFileSync(sharedPath(`lifting/${file}`)), file);
      expect(network).toMatchObject({
        isCausal: causal,
        isDense: dense,
        filterWidths: filter_widths,
        receptiveField: receptive_field,
      });
      expectNear(run(network, padded), expected.output.flat(2), 1e-4);
    }
  });
});
