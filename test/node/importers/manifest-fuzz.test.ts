import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { choose, createRandom } from '../../../src/core/numbers/random.ts';
import { readNetwork } from '../../../src/importers/read-network.ts';
import { sampleNodes } from '../../helpers/sample-graph.ts';
import { graphModel } from '../../helpers/write-graph-model.ts';

const ROUNDS = 400;
const SEED = 11;
const LONGEST_MS = 1000;

interface Weight {
  shape: unknown[];
  dtype: unknown;
  quantization?: unknown;
}
interface Group {
  paths: unknown[];
  weights: Weight[];
}

const { json, shard } = graphModel(sampleNodes(), 'float32');
const model = json as { readonly weightsManifest: readonly Group[] };
const NAMES = ['group1-shard1of3', 'group1-shard2of3', 'group1-shard3of3'];
/** As TensorFlow.js' converter cuts them: all but the last are equally long. */
const SHARD_BYTES = Math.ceil(shard.length / NAMES.length);

function whole(): { group: Group; files: { name: string; bytes: Uint8Array }[] } {
  const [first] = structuredClone(model.weightsManifest);
  if (!first) throw new Error('The sample has weights.');
  const files = NAMES.map((name, i) => ({
    name,
    bytes: shard.slice(i * SHARD_BYTES, (i + 1) * SHARD_BYTES),
  }));
  return { group: { ...first, paths: [...NAMES] }, files };
}

function read(group: unknown, files: readonly { name: string; bytes: Uint8Array }[]) {
  const text = JSON.stringify({ ...model, weightsManifest: [group] });
  return readNetwork([{ name: 'model.json', bytes: new TextEncoder().encode(text) }, ...files]);
}

/** Lengths that files state and that aren't theirs. */
const STRANGE = [0, -1, 1, 0.5, 2 ** 31, 2 ** 53, 1e300, null, '3', []];

describe('A model.json and its shards', () => {
  it('are read in whatever order the shards come', () => {
    const { group, files } = whole();
    const plain = read(group, files).graph;
    expect(read(group, [...files].reverse()).graph).toEqual(plain);
  });

  it('that state other lengths, or are cut, longer, missing or named twice, are refused by a sentence, and at once', () => {
    const next = createRandom(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      const { group, files } = whole();
      // How an empty one is stored makes no difference.
      const weight = choose(
        next,
        group.weights.filter(({ shape }) => !shape.includes(0)),
      );
      const file = choose(next, files);
      const what = choose(next, [
        'shape',
        'dimensions',
        'dtype',
        'quantization',
        'cut',
        'longer',
        'missing',
        'twice',
      ] as const);
      if (what === 'shape')
        weight.shape = [...weight.shape, choose(next, [0, 2, 7, 2 ** 20, 2 ** 27, 2 ** 40, -4])];
      else if (what === 'dimensions') weight.shape = [...weight.shape.slice(1), choose(next, STRANGE), 2];
      else if (what === 'dtype')
        weight.dtype = choose(next, ['string', 'complex64', 'uint8', 'float64', '', null]);
      else if (what === 'quantization')
        weight.quantization = choose(next, [{ dtype: 'uint8' }, { dtype: 'x' }, 5, []]);
      else if (what === 'cut') file.bytes = file.bytes.slice(0, Math.floor(next() * file.bytes.length));
      else if (what === 'longer')
        file.bytes = Buffer.concat([file.bytes, Buffer.alloc(1 + Math.floor(next() * 99))]);
      else if (what === 'missing') files.splice(files.indexOf(file), 1);
      else group.paths.push(choose(next, NAMES));
      const began = performance.now();
      const where = `round ${round}: ${what}, ${JSON.stringify(weight.shape)}`;
      expect(() => read(group, files), where).toThrow(LimnError);
      expect(performance.now() - began, where).toBeLessThan(LONGEST_MS);
    }
  });
});
