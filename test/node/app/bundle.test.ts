import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import {
  type BundleOrder,
  describeFailures,
  writeBundle,
  type ZipCalls,
} from '../../../src/app/jobs/bundle.ts';
import type { ExportCalls, ExportRequest } from '../../../src/app/jobs/export-file.ts';
import { LimnError } from '../../../src/core/errors.ts';
import { serve } from '../../../src/core/port/serve.ts';
import type { ExportFormatId } from '../../../src/formats/exporter.ts';
import { Zipper } from '../../../src/workers/export/zipper.ts';
import { servedWorker } from '../../helpers/served-worker.ts';

/** The exporting worker; of one format it can make nothing. */
const createWorker = (): Worker =>
  servedWorker((endpoint) =>
    serve<ExportCalls & ZipCalls>(endpoint, {
      write: (_, { format, name }) => {
        if (format === 'bvh') throw new LimnError('There is no 3-D in it.');
        return { blob: new Blob([`${name} as ${format}`]), extension: `.${format}`, note: null };
      },
      ...new Zipper().services,
    }),
  );

const names: Readonly<Record<string, string>> = { a: 'Walk.mp4', b: 'walk.mov', c: 'Run.mp4' };
const prepare = (id: string | null, format: ExportFormatId): Promise<ExportRequest> => {
  const name = names[id ?? ''];
  if (name === undefined) return Promise.reject(new LimnError('It is damaged.'));
  // The worker above looks at nothing else.
  return Promise.resolve({ name, format, frames: [], target: null } as unknown as ExportRequest);
};

async function write(order: Partial<BundleOrder>, signal = new AbortController().signal) {
  const shares: number[] = [];
  const written = await writeBundle(
    { name: 'all.zip', ids: ['a', 'b', 'c'], formats: ['csv'], target: null, ...order },
    prepare,
    createWorker,
    { onProgress: (share) => shares.push(share), signal },
  );
  const files = unzipSync(new Uint8Array((await written.blob?.arrayBuffer()) ?? new ArrayBuffer(0)));
  return { ...written, shares, paths: Object.keys(files), texts: Object.values(files).map(toText) };
}

const toText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it('puts every recording in a folder of its own, in every format', async () => {
  const { paths, texts, files, byteLength, blob, shares } = await write({ formats: ['csv', 'limn-json'] });
  expect(paths).toEqual([
    'Walk/Walk.csv',
    'Walk/Walk.limn-json',
    'walk (2)/walk.csv',
    'walk (2)/walk.limn-json',
    'Run/Run.csv',
    'Run/Run.limn-json',
  ]);
  expect(texts[3]).toBe('walk.mov as limn-json');
  expect(files).toBe(6);
  expect(byteLength).toBe(blob?.size);
  expect(shares.at(-1)).toBe(1);
});

it('leaves out what can’t be made, and says so', async () => {
  const { paths, failed } = await write({ ids: ['a', 'gone', 'c'], formats: ['bvh', 'csv'] });
  expect(paths).toEqual(['Walk/Walk.csv', 'Run/Run.csv']);
  expect(failed.map(({ name, format }) => [name, format])).toEqual([
    ['Walk.mp4', 'bvh'],
    ['gone', 'bvh'],
    ['gone', 'csv'],
    ['Run.mp4', 'bvh'],
  ]);
  expect(describeFailures(failed)).toMatch(
    /^Left out: 4 files, the first of them Walk\.mp4 as BVH.*no 3-D in it\.$/,
  );
  expect(describeFailures([])).toBe(null);
});

it('fails if there is nothing that can be made, and ends when it is cancelled', async () => {
  await expect(write({ formats: ['bvh'] })).rejects.toThrow('There is no 3-D in it.');
  const cancelling = new AbortController();
  cancelling.abort();
  await expect(write({}, cancelling.signal)).rejects.toThrow();
});
