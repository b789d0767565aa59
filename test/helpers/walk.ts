import { readFileSync } from 'node:fs';
import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  Conversion,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { sharedPath } from './shared-data.ts';

/** Up to where no frame is missing, for B-frames come before those that they are made of. */
const SECONDS = 1.2;

/** The beginning of the shared data's film of somebody walking, its pictures untouched. @returns an MP4 in base64 */
export async function readWalk(): Promise<string> {
  const bytes = readFileSync(sharedPath('video/pose_1.mp4'));
  const input = new Input({ source: new BlobSource(new Blob([bytes])), formats: ALL_FORMATS });
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const conversion = await Conversion.init({ input, output, trim: { start: 0, end: SECONDS } });
  await conversion.execute();
  if (!target.buffer) throw new Error('Nothing of the film was written.');
  return Buffer.from(target.buffer).toString('base64');
}
