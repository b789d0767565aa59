import { expect, it } from 'vitest';
import { writeRecording } from '../../../src/formats/write-recording.ts';
import { largeCocoFile } from '../../helpers/coco-files.ts';
import { readRecording } from '../../helpers/read-recording.ts';

const IMAGES = 118_287;
const LEAST_BYTES = 2e8;
/** It takes 10 s on two slow cores; a tab has up to 4 GB. */
const MOST_SECONDS = 90;
const MOST_BYTES = 2e9;

it('a file as large as COCO’s for training is read in time and memory that a tab has, and written again', () => {
  const file = largeCocoFile(IMAGES);
  expect(file.bytes.length).toBeGreaterThan(LEAST_BYTES);
  const before = performance.now();
  const recording = readRecording([file]);
  const seconds = (performance.now() - before) / 1000;
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  console.info(
    `${(file.bytes.length / 1e6).toFixed()} MB of COCO: ${seconds.toFixed(1)} s, ${((heapUsed + arrayBuffers) / 1e6).toFixed()} MB of memory.`,
  );
  expect(recording.frames).toHaveLength(IMAGES);
  expect(
    recording.frames.every(({ people, coco }) => people.length === 1 && coco?.others?.length === 1),
  ).toBe(true);
  expect(seconds).toBeLessThan(MOST_SECONDS);
  expect(heapUsed + arrayBuffers).toBeLessThan(MOST_BYTES);
  let written = 0;
  const { parts } = writeRecording('coco-annotations', recording);
  if (!(Symbol.iterator in parts)) throw new Error('The file is made for streams.');
  for (const part of parts) written += part.length;
  expect(written).toBeGreaterThan(file.bytes.length);
});
