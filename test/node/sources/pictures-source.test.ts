import { expect, it } from 'vitest';
import { createDeferred } from '../../../src/core/async/async.ts';
import { LimnError } from '../../../src/core/errors.ts';
import type { PictureFrame, PictureSet } from '../../../src/sources/pictures/picture-set.ts';
import { PicturesSource } from '../../../src/sources/pictures/pictures-source.ts';
import type { DecodedPicture } from '../../../src/sources/pictures/reading/decode.ts';

function decoded(): DecodedPicture {
  const image = { width: 4, height: 4, close: () => undefined } as ImageBitmap;
  return { image, width: 4, height: 4, fieldOfView: null, isFirstOfMany: false };
}

const fail = (name: string) => (): Promise<never> =>
  Promise.reject(new LimnError(`${name} is cut off: its file ends before its picture does. Copy it again.`));

function setOf(decoders: readonly PictureFrame['decode'][], kind: PictureSet['kind'] = 'single'): PictureSet {
  return {
    kind,
    name: 'pictures',
    byteLength: null,
    frames: decoders.map((decode, index) => ({ name: `${index}.png`, index, time: index, decode })),
    duration: decoders.length,
    rate: null,
    notes: [],
    incomplete: null,
    close: () => undefined,
  };
}

/** All that is said of pictures of which the first can be read, and so many others can't. */
async function missing(count: number): Promise<string | null> {
  const failing = Array.from({ length: count }, (_, i) => fail(`${i + 1}.png`));
  const source = await PicturesSource.open(setOf([() => Promise.resolve(decoded()), ...failing]), {
    isOnce: true,
  });
  for (let frame = await source.next(); frame; frame = await source.next()) frame.close();
  return source.incomplete;
}

it('names the first pictures that are missing, and says how many others are', async () => {
  expect(await missing(4)).toMatch(
    /^4 of 5 pictures were left out\. 1\.png is cut off.*3\.png is cut off: [^.]*\. Copy it again\. One more picture can't be read, either\.$/,
  );
  expect(await missing(6)).toMatch(/ 3 more pictures can't be read, either\.$/);
});

it('doesn’t call a picture damaged that was closed while it was decoded', async () => {
  const { promise, reject } = createDeferred<DecodedPicture>();
  const set = setOf([() => Promise.resolve(decoded()), () => promise], 'animation');
  const source = await PicturesSource.open(set);
  let told = 0;
  source.onMissing = () => told++;
  (await source.next())?.close();
  const next = source.next();
  source.close();
  reject(new LimnError('a.gif is damaged: its frame 1 can’t be decoded.'));
  expect(await next).toBeNull();
  expect([told, source.incomplete]).toEqual([0, null]);
});

it('waits at the first picture where all were tracked before, and goes to any', async () => {
  const set = setOf([0, 1, 2].map(() => () => Promise.resolve(decoded())));
  const source = await PicturesSource.open(set, { isTracked: true });
  const nextTime = async (): Promise<number | undefined> => {
    const frame = await source.next();
    frame?.close();
    return frame?.time;
  };
  expect(await nextTime()).toBe(0);
  expect(source.state).toMatchObject({ isPlaying: false, time: 0, pictureCount: 3 });
  source.seek(2);
  expect(await nextTime()).toBe(2);
  source.step(-1);
  expect(await nextTime()).toBe(1);
  const next = nextTime();
  source.close();
  expect(await next).toBeUndefined();
});
