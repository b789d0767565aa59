import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NamedBytes } from '../../src/core/named-bytes.ts';
import { catalogNetworks } from '../../src/families/catalog/catalog-networks.ts';
import { type EngineId, engineCatalog, enginesToTry } from '../../src/families/engines/engine-catalog.ts';
import { families } from '../../src/families/families.ts';
import { type FamilyId, onnxFamilyIds } from '../../src/families/model-info.ts';
import type { NetworkDescription } from '../../src/families/network.ts';
import { buildNetwork, loadNetwork, summarize } from '../../src/workers/networks/build-network.ts';
import { familyCodes } from '../../src/workers/networks/family-codes.ts';
import { moveNetFiles } from '../helpers/movenet-files.ts';
import { multiposeFiles } from '../helpers/multipose-files.ts';
import {
  onnxMapsBytes,
  rtmoBytes,
  rtmposeBytes,
  suppressedBytes,
  vitposeBytes,
  yoloPoseBytes,
  yoloxBytes,
} from '../helpers/onnx-networks.ts';
import { poseNetFiles } from '../helpers/posenet-files.ts';
import { writeCaffeModel } from '../helpers/write-caffe.ts';

/*
 * The contract of a family of networks: its record says what its networks need, its code builds them from files and knows its
 * own, what the page gets of one is small, and workers build the same network from wherever it lies.
 */

/** As many maps as OpenPose's COCO model has, an eighth of the picture in size. */
const MAPS = `
input: "image"
input_dim: 1 input_dim: 3 input_dim: 16 input_dim: 16
${[1, 2, 3]
  .map(
    (i) =>
      `layer { name: "pool${i}" type: "Pooling" bottom: "${i === 1 ? 'image' : `pool${i - 1}`}" top: "pool${i}" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }`,
  )
  .join('\n')}
layer { name: "out" type: "Convolution" bottom: "pool3" top: "out" convolution_param { num_output: 57 kernel_size: 1 } }
`;
const mapsBytes = writeCaffeModel(MAPS);
const lifterBytes = (): Uint8Array =>
  Uint8Array.from(readFileSync(new URL('../../public/weights/limn-lift-81.bin', import.meta.url)));

/** Of the picture of the ONNX networks. */
const SMALL = { width: 64, height: 64 };

/** Files of a network of each family that can be brought. */
const FILES: Readonly<Partial<Record<FamilyId, () => NamedBytes[]>>> = {
  maps: () => [{ name: 'pose.caffemodel', bytes: mapsBytes }],
  'maps-onnx': () => [
    { name: 'net.onnx', bytes: onnxMapsBytes({ size: null, input: 'channels-first', outputs: [19, 38] }) },
  ],
  movenet: () => moveNetFiles().map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) })),
  multipose: () => multiposeFiles(),
  posenet: () => poseNetFiles(),
  lifter: () => [{ name: 'lift.bin', bytes: lifterBytes() }],
  yolox: () => [{ name: 'net.onnx', bytes: yoloxBytes(SMALL) }],
  rtmdet: () => [{ name: 'net.onnx', bytes: suppressedBytes(SMALL) }],
  rtmo: () => [{ name: 'net.onnx', bytes: rtmoBytes(SMALL) }],
  'yolo-pose': () => [{ name: 'net.onnx', bytes: yoloPoseBytes(SMALL) }],
  rtmpose: () => [{ name: 'net.onnx', bytes: rtmposeBytes(SMALL) }],
  vitpose: () => [{ name: 'net.onnx', bytes: vitposeBytes(SMALL) }],
};
/** Weights are copied for nobody: what the page knows of a network is smaller than this, as JSON. */
const SUMMARY_CHARACTERS = 4000;

const ids = Object.keys(families) as FamilyId[];

describe.each(ids)('the family %s', (id) => {
  const family = families[id];
  const files = FILES[id];
  // Of ONNX networks, all that sets a family apart is how they are used.
  const kind = (onnxFamilyIds as readonly string[]).includes(id) ? 'onnx' : id;

  it('names engines that there are, each once, and its reference is one of them', () => {
    const { realGpu, softwareGpu, onDemand } = family.engines;
    expect(family.id).toBe(id);
    expect([...softwareGpu].sort()).toEqual([...realGpu].sort());
    const all: readonly EngineId[] = [...realGpu, ...onDemand];
    expect(new Set(all).size).toBe(all.length);
    expect(engineCatalog.map((engine) => engine.id)).toEqual(expect.arrayContaining([...all]));
    expect(all).toContain(family.referenceEngine);
    for (const engine of all) expect(enginesToTry(engine, true, family.engines)[0]).toBe(engine);
    expect(family.threshold).toBeGreaterThan(0);
    expect(family.threshold).toBeLessThan(1);
  });

  it('takes a net resolution where it has a choice of it, and only there', () => {
    const taken = Object.keys(family.toOptions({ netResolution: '-1x256' }));
    expect(taken).toEqual(family.hasMaps ? ['maps'] : id === 'multipose' ? ['multipose'] : []);
    if (taken.length > 0) expect(() => family.toOptions({ netResolution: '3x5' })).toThrow(/net resolution/);
  });

  it('opens its networks if it looks at pictures, and builds them unless all come with the page', async () => {
    const code = await familyCodes[id]();
    expect(code.open !== undefined).toBe(family.role !== 'lift');
    expect(code.build !== undefined).toBe(files !== undefined || id === BY_HASH);
  });

  if (!files) return;

  it('knows its own files, which no family before it takes', async () => {
    for (const other of Object.keys(familyCodes) as FamilyId[]) {
      if (other === id) break;
      const given = { files: files(), model: null, description: {}, reference: null };
      expect(await (await familyCodes[other]()).build?.(given)).toBeFalsy();
    }
    const network = await buildNetwork(files(), {}, null);
    expect([network.kind, network.info.family]).toEqual([kind, id]);
  });

  it('has little of a network on the page, and the same one in every worker', async () => {
    const network = await buildNetwork(files(), { label: 'Mine' }, null);
    const summary = summarize(network);
    expect(JSON.stringify(structuredClone(summary)).length).toBeLessThan(SUMMARY_CHARACTERS);
    expect(summary).toMatchObject({ kind, info: { label: 'Mine' }, sha256: network.sha256 });
    const blobs = files().map(({ name, bytes }) => ({ name, blob: new Blob([Uint8Array.from(bytes)]) }));
    const reference = 'reference' in network ? network.reference : null;
    const source = {
      id: network.info.id,
      revision: 1,
      place: {
        type: 'memory',
        given: { files: blobs, description: { label: 'Mine' }, reference },
      } as const,
    };
    expect(await loadNetwork(source)).toEqual(network);
  });
});

/** The one file that it takes is known by its hash, and can't be made (`test/node/families/mediapipe/blendshapes.test.ts`). */
const BY_HASH: FamilyId = 'mediapipe';

it('every network of the catalogue is of a family that builds networks', () => {
  for (const { info } of catalogNetworks) {
    if (info.family !== BY_HASH) expect(FILES[info.family]).toBeDefined();
  }
});

it('a network that is said to have fewer maps than it gives is refused: they would be mixed up', async () => {
  await expect(buildNetwork(FILES.maps?.() ?? [], { skeleton: 'mpi-15' }, null)).rejects.toThrow(
    /pose\.caffemodel gives 57 maps, and networks for mpi-15, which it is said to be, give 44/,
  );
});

it('whose thresholds a network is used with is said by either name, and else by its format', async () => {
  const build = async (description: NetworkDescription) =>
    buildNetwork(FILES.maps?.() ?? [], description, null);
  expect(await build({})).toMatchObject({ implementation: 'openpose' });
  expect(await build({ implementation: 'tf-pose' })).toMatchObject({ implementation: 'tf-pose' });
  expect(await build({ manner: 'tf-pose' })).toMatchObject({ implementation: 'tf-pose' });
});
