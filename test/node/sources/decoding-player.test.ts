import { expect, it, vi } from 'vitest';
import { DecodingPlayer } from '../../../src/sources/video/decoding-player.ts';
import type { VideoFile } from '../../../src/sources/video/video-decoder.ts';

const endsOf = async (frames: VideoFile['frames']) => {
  const player = new DecodingPlayer({ firstTime: 0, frames } as unknown as VideoFile);
  let ends = 0;
  player.onEnded = () => ends++;
  player.play();
  await expect.poll(() => player.isPlaying).toBe(false);
  return ends;
};

it('says when it has come to the end, and not when it breaks off', async () => {
  expect(await endsOf(async function* () {})).toBe(1);
  // biome-ignore lint/correctness/useYield: nothing can be decoded
  const breaksOff = async function* () {
    throw new Error('damaged');
  };
  expect(await endsOf(breaksOff)).toBe(0);
});

it('stops where nothing can be decoded, also if it is to play again and again', async () => {
  let tries = 0;
  const file = {
    firstTime: 0,
    // biome-ignore lint/correctness/useYield: nothing can be decoded
    async *frames() {
      // Else the test would never end where the player doesn't.
      if (++tries === 100) player.isLooping = false;
      throw new Error('damaged');
    },
  } as unknown as VideoFile;
  const player = new DecodingPlayer(file);
  player.isLooping = true;
  player.play();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(player.isPlaying).toBe(false);
  expect(tries).toBe(1);
});

it('moved by hand while it plays, it decodes from one place at a time, and goes on from the last', async () => {
  let open = 0;
  let most = 0;
  const begun: number[] = [];
  const file = {
    firstTime: 0,
    async *frames(from: number, signal: AbortSignal) {
      begun.push(from);
      most = Math.max(most, ++open);
      try {
        for (let frame = 0; !signal.aborted; frame++) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          yield { time: from + 1000 * frame, image: { close: () => undefined } };
        }
      } finally {
        open--;
      }
    },
  } as unknown as VideoFile;
  vi.stubGlobal('VideoFrame', class {});
  const player = new DecodingPlayer(file);
  player.play();
  // The second frame is a long time off: whoever waits for it is moved on at once.
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (let event = 1; event <= 40; event++) {
    player.seek(event);
    if (event % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  await expect.poll(() => begun.at(-1)).toBe(40);
  expect([open, most]).toEqual([1, 1]);
  player.close();
  await expect.poll(() => open).toBe(0);
  vi.unstubAllGlobals();
});
