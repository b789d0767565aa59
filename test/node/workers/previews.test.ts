import { expect, it } from 'vitest';
import type { PreviewedFile, PreviewRequest } from '../../../src/app/jobs/export-preview.ts';
import type { Call } from '../../../src/core/port/serve.ts';
import { HandedOver } from '../../../src/core/port/serve.ts';
import type { DataFormatId } from '../../../src/formats/exporter.ts';
import { DEFAULT_RIG_STYLE } from '../../../src/motion/kinematics/rig-style.ts';
import { DEFAULT_LOOK } from '../../../src/views/film/painter.ts';
import { Previews } from '../../../src/workers/export/previews.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';
import { writeWith } from '../../helpers/write-with.ts';

const call: Call = { aborted: false, throwIfAborted: () => undefined, report: () => undefined };

async function preview(
  frames: number,
  format: DataFormatId,
  more: Partial<PreviewRequest> = {},
): Promise<PreviewedFile> {
  const { info, frames: all } = actorRecording(frames);
  const { services } = new Previews();
  await services.load(call, { name: info.source.name, info, frames: all, edits: [] });
  const shown = await services.preview(call, {
    format,
    smooth: false,
    spatial: 'auto',
    convention: null,
    rig: DEFAULT_RIG_STYLE,
    personId: null,
    range: {},
    film: { style: 'overlay', look: DEFAULT_LOOK, background: 'kept', faces: null, video: null },
    target: null,
    at: 0,
    ...more,
  });
  return shown instanceof HandedOver ? shown.result : shown;
}

it('shows the first lines of a file, and about how large it will be', async () => {
  const { sample, byteLength } = await preview(200, 'csv-long');
  const whole = writeWith('csv-long', actorRecording(200));
  if (sample.kind !== 'text') throw new Error('A CSV is text.');
  const lines = new TextDecoder().decode(whole).split('\n');
  // The second line says how it was made, and is cut.
  expect(sample.text.split('\n').slice(2, 8)).toEqual(lines.slice(2, 8));
  expect(sample.isCut).toBe(true);
  expect(Math.abs((byteLength ?? 0) / whole.length - 1)).toBeLessThan(0.05);
});

it('shows one file of several, and says of skeletons how many there are', async () => {
  const { sample } = await preview(8, 'openpose-json');
  if (sample.kind !== 'text') throw new Error('JSON is text.');
  expect(sample.name).toMatch(/_keypoints\.json$/);
  expect(sample.text).toMatch(/^\{"version":/);
  expect((await preview(8, 'bvh')).sample).toMatchObject({ kind: 'rig' });
  expect((await preview(8, 'npz')).sample).toEqual({ kind: 'bytes' });
});

it('looks only at the chosen range and person', async () => {
  const { info, frames } = actorRecording(60);
  const from = frames[30]?.time ?? 0;
  const { sample } = await preview(60, 'csv', { range: { from } });
  if (sample.kind !== 'text') throw new Error('A CSV is text.');
  expect(sample.text.split('\n')[1]?.split(',')[0]).toBe(String(frames[30]?.index));
  expect(info.source.name).toBeTruthy();
  await expect(preview(60, 'bvh', { personId: 99 })).rejects.toThrow();
});
