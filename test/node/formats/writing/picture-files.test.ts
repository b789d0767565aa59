import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { concat } from '../../../../src/core/bytes.ts';
import { Recording, type TrackedFrame } from '../../../../src/core/recording.ts';
import type { FilmFrame } from '../../../../src/formats/film/film.ts';
import { writePictureFiles } from '../../../../src/formats/film/picture-files.ts';
import { openPoseFileNames } from '../../../../src/formats/openpose/write.ts';
import { info, personAt } from '../../../helpers/people.ts';

/** The names of the pictures that are written of frames. */
async function namesOf(recording: Recording): Promise<string[]> {
  async function* drawn(): AsyncGenerator<FilmFrame> {
    for (const { index, name, time } of recording.frames)
      yield { index, ...(name !== undefined && { name }), time, duration: 1, image: null };
  }
  const canvas = { convertToBlob: async () => new Blob([Uint8Array.of(1)]) } as OffscreenCanvas;
  const order = { frames: drawn(), end: 1, canvas, paint: () => undefined, report: () => undefined };
  const { parts } = await writePictureFiles(recording, order);
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Object.keys(unzipSync(concat(all))).filter((name) => name.endsWith('.png'));
}

const frame = (index: number, name?: string): TrackedFrame => ({
  index,
  time: index,
  people: [personAt(0, 100, 200)],
  ...(name !== undefined && { name }),
});

it.each([
  ['of every third frame', info.source, [frame(3), frame(6), frame(9)]],
  ['of pictures', { kind: 'pictures', name: '2 pictures' }, [frame(0, 'a/one.png'), frame(1, 'b/one.jpg')]],
  ['of a camera', { kind: 'camera', name: 'Camera 1' }, [frame(0), frame(2)]],
] as const)('PNGs %s are numbered and called as OpenPose’s files of the same frames', async (_, source, frames) => {
  const recording = new Recording({ ...info, source }, frames);
  const stems = openPoseFileNames(recording).map((name) => name.replace('_keypoints.json', ''));
  expect(await namesOf(recording)).toEqual(stems.map((stem) => `${stem}_rendered.png`));
});
