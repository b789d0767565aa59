import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareMaps, faultOf } from '../../../src/families/runtimes/parity.ts';
import { readCaffe } from '../../../src/importers/caffe/caffe.ts';
import type { Graph } from '../../../src/importers/graph.ts';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { computeReference } from '../../../src/importers/reference.ts';
import { multiplyAdds, parameterCount, shapesOf } from '../../../src/importers/shapes.ts';
import { readFrozenGraph } from '../../../src/importers/tensorflow/frozen-graph.ts';
import { evaluateGraph } from '../../helpers/evaluate-graph.ts';
import { noise, sampleGraph, sampleNodes } from '../../helpers/sample-graph.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { withReducedWidth, writeCaffeModel } from '../../helpers/write-caffe.ts';
import { graphDef } from '../../helpers/write-graph-def.ts';

/** What engines are held against, beside a plain evaluation of the same graph. */
function difference(graph: Graph, height: number, width: number): number {
  const values = noise(height * width * 3);
  const plain = evaluateGraph(graph, { height, width, channels: 3, values }).values;
  return compareMaps(computeReference(graph, values, height, width), plain).largest;
}

describe('The reference that engines are held against', () => {
  it('is that of a plain evaluation, for every operation', () => {
    expect(difference(sampleGraph(), 17, 22)).toBeLessThan(1e-5);
    expect(difference(readFrozenGraph(graphDef(sampleNodes()), 'net.pb'), 24, 16)).toBeLessThan(1e-5);
  });

  const lists = hasSharedData
    ? readdirSync(sharedPath('prototxt')).filter((name) => name.endsWith('.prototxt'))
    : [];
  it.skipIf(!hasSharedData).each(lists)('is that of a plain evaluation for %s', (name) => {
    const list = withReducedWidth(readFileSync(sharedPath(`prototxt/${name}`), 'utf8'), 16);
    const graph = simplify(readCaffe(writeCaffeModel(list), list, 'pose.caffemodel'));
    expect(difference(graph, 32, 32)).toBeLessThan(1e-4);
  });
});

it('maps are compared by their largest number; what is no number is as wrong as can be', () => {
  const reference = Float32Array.of(0, 2, -1, 0.5);
  expect(compareMaps(reference, reference)).toEqual({ largest: 0, mean: 0 });
  const off = compareMaps(Float32Array.of(0, 2, -1, 0.7), reference);
  expect(off.largest).toBeCloseTo(0.1, 6);
  expect(off.mean).toBeCloseTo(0.025, 6);
  expect(faultOf(off)).toMatch(/differ from the reference by 10 % at most and 2\.5 % on average/);
  expect(faultOf({ largest: 0.04, mean: 0.001 })).toBeNull();
  expect(faultOf(compareMaps(Float32Array.of(0, Number.NaN, -1, 0.5), reference))).toMatch(/no number/);
  expect(faultOf(compareMaps(Float32Array.of(0, 2), reference))).not.toBeNull();
});

it('multiplications and parameters are counted', () => {
  const graph = sampleGraph();
  const shapes = shapesOf(graph, 17, 22);
  const pixels = (name: string): number => {
    const { height = 0, width = 0 } = shapes.get(name) ?? {};
    return height * width;
  };
  // first 3×3×3×6, wide 3×3×6×6, deep 3×3×6×2, valid 2×2×12×6; large 4×4×5×6 for every number that goes in.
  const expected =
    pixels('first') * 162 +
    pixels('wide') * 324 +
    pixels('deep') * 108 +
    pixels('valid') * 288 +
    pixels('affine') * 480;
  expect(multiplyAdds(graph, 17, 22)).toBe(expected);
  const biases = 6 + 12 + 6 + 5;
  expect(parameterCount(graph)).toBe(162 + 324 + 108 + 288 + 480 + biases + 6 + 12 + 12);
});
