import { beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../contracts/examine-source.ts';
import { type EditRow, withEdits } from '../helpers/damage.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

const make = (times: readonly number[]) =>
  watched.page.evaluate(
    async (times) => {
      const { makeVideo } = window.harness;
      return makeVideo({ seed: 1, width: 320, height: 240, times, keyFrameEvery: 10 });
    },
    [...times],
  );

const decode = (base64: string) =>
  watched.page.evaluate(async (base64) => {
    const { VideoFile } = window.harness;
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const file = await VideoFile.open(new Blob([bytes]), 'test.mp4');
    const times: number[] = [];
    for await (const frame of file.frames()) {
      times.push(frame.time);
      frame.close();
    }
    const middle = await file.frameAt(times[5] ?? 0);
    const next = await file.neighbour(times[5] ?? 0, 1);
    const previous = await file.neighbour(times[5] ?? 0, -1);
    // As a player says it: rounded down to microseconds.
    const rounded = await file.frameAt(Math.floor((times[7] ?? 0) * 1e6) / 1e6);
    const isSameRounded = rounded?.time === times[7];
    rounded?.close();
    const neighbours = [previous, middle, next].map((frame) => frame?.time);
    for (const frame of [previous, middle, next]) frame?.close();
    file.close();
    return { times, neighbours, isSameRounded, info: file.info };
  }, base64);

it('gives every frame once with its own time, also of a variable frame rate', async () => {
  const times = Array.from({ length: 30 }, (_, i) => i / 30 + (i > 15 ? 0.25 : 0) + (i % 3) * 0.004);
  const { base64 } = await make(times);
  const decoded = await decode(base64);
  expect(decoded.times).toHaveLength(times.length);
  for (const [i, time] of decoded.times.entries()) expect(time).toBeCloseTo(times[i] ?? 0, 3);
});

it('gives frames that have one owner, in the order of their times, and none after its end', async () => {
  const { base64 } = await make(Array.from({ length: 40 }, (_, i) => i / 20));
  const facts = await watched.page.evaluate(async (base64) => {
    const { examineSource, toBlob, VideoSource } = window.harness;
    return examineSource(async () => {
      const source = await VideoSource.open(toBlob(base64), 'test.mp4');
      // Behind its first frame it plays.
      const { next } = source;
      source.next = async () => {
        const frame = await next.call(source);
        if (frame?.time === source.firstTime) source.play();
        return frame;
      };
      // A frame that is closed has no format.
      return { source, isOpen: ({ image }) => !(image instanceof VideoFrame) || image.format !== null };
    }, 4);
  }, base64);
  expect(faultsOf(facts)).toEqual([]);
});

it('finds the frame at a time and its neighbours', async () => {
  const times = Array.from({ length: 20 }, (_, i) => i / 30);
  const { neighbours, isSameRounded, info } = await decode((await make(times)).base64);
  for (const [i, time] of neighbours.entries()) expect(time ?? Number.NaN).toBeCloseTo((4 + i) / 30, 3);
  expect(isSameRounded).toBe(true);
  expect(info.width).toBe(320);
  expect(info.frameRate).toBeCloseTo(30, 0);
});

it('scrubbing a video with one key frame costs little more than two decodes, and ends with its decoder', async () => {
  const frames = 300;
  const { single, dragged, stepped, mostOpen, left } = await watched.page.evaluate(
    (count) =>
      window.harness.scrub(count, [
        [30, 290],
        [290, 200],
      ]),
    frames,
  );
  console.log(
    `packets: one frame ${single.packets}, drags ${dragged.map(({ packets }) => packets)}, ten steps ${stepped.packets}`,
  );
  expect(single.packets).toBeGreaterThanOrEqual(frames - 1);
  expect(dragged.map(({ shown }) => shown)).toEqual([290, 200]);
  for (const { packets } of dragged) expect(packets).toBeLessThan(2.3 * single.packets);
  // They go on from where the decoder stands.
  expect(stepped.shown).toBe(210);
  expect(stepped.packets).toBeLessThan(0.3 * single.packets);
  // One that is being ended, and the next.
  expect(mostOpen).toBeLessThanOrEqual(2);
  expect(left).toBe(0);
});

it.skipIf(!hasSharedData)('decodes pose_1.mp4 as 120 frames at times k/30', async () => {
  const { times } = await decode(readBase64(sharedPath('video/pose_1.mp4')));
  expect(times).toHaveLength(120);
  for (const [i, time] of times.entries()) expect(Math.abs(time - i / 30)).toBeLessThan(0.001);
});

it('shows its last frame at the end, though the player has not presented it, and plays again from there', async () => {
  const { base64 } = await make(Array.from({ length: 30 }, (_, i) => i / 30));
  const { atEnd, played } = await watched.page.evaluate(async (base64) => {
    const { toBlob, VideoSource } = window.harness;
    const { prototype } = HTMLVideoElement;
    const { requestVideoFrameCallback } = prototype;
    // As on a busy machine: what comes after the tenth frame is not presented.
    prototype.requestVideoFrameCallback = function (callback) {
      return requestVideoFrameCallback.call(this, (now, metadata) => {
        if (metadata.mediaTime < 0.3) callback(now, metadata);
        else this.requestVideoFrameCallback(callback);
      });
    };
    const source = await VideoSource.open(toBlob(base64), 'test.mp4');
    const show = async () => {
      const frame = await source.next();
      frame?.close();
      return frame?.time ?? Number.POSITIVE_INFINITY;
    };
    try {
      source.setLooping(false);
      await show();
      source.play();
      while ((await show()) < 0.9);
      const atEnd = { ...source.state };
      source.play();
      return { atEnd, played: await show() };
    } finally {
      source.close();
      prototype.requestVideoFrameCallback = requestVideoFrameCallback;
    }
  }, base64);
  expect(atEnd.time).toBeCloseTo(29 / 30, 3);
  expect(atEnd.isPlaying).toBe(false);
  expect(played).toBeLessThan(0.3);
});

const examine = (base64: string) =>
  watched.page.evaluate((base64) => {
    const { examineVideo, toBlob } = window.harness;
    return examineVideo(toBlob(base64));
  }, base64);

const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, i) => from + i);
const expectTimes = (given: readonly number[], expected: readonly number[]) => {
  expect(given).toHaveLength(expected.length);
  for (const [i, time] of given.entries()) expect(Math.abs(time - (expected[i] ?? 0))).toBeLessThan(0.0015);
};

describe('an edit list', () => {
  let whole: Buffer;
  beforeAll(async () => {
    const { base64 } = await watched.page.evaluate(() => {
      const times = Array.from({ length: 45 }, (_, i) => i / 30);
      const wish = { seed: 1, width: 320, height: 240, times, keyFrameEvery: 20, stamp: true };
      return window.harness.makeVideo({ ...wish, bitrate: 2e6 });
    });
    whole = Buffer.from(base64, 'base64');
  });

  it.each<[string, EditRow[], number[], number[]]>([
    ['ends early', [{ from: 0, duration: 0.5 }], upTo(15), upTo(15)],
    ['is cut at both ends', [{ from: 1 / 3, duration: 0.5 }], upTo(25, 10), upTo(15)],
    [
      'comes after nothing',
      [
        { from: null, duration: 1 },
        { from: 0, duration: 0.2 },
      ],
      upTo(6),
      upTo(36, 30),
    ],
    [
      'has two parts, the later one first',
      [
        { from: 1, duration: 0.3 },
        { from: 0.2, duration: 0.2 },
      ],
      [...upTo(39, 30), ...upTo(12, 6)],
      upTo(15),
    ],
    [
      'shows a part twice',
      [
        { from: 0.5, duration: 0.2 },
        { from: 0.5, duration: 0.2 },
      ],
      [...upTo(21, 15), ...upTo(21, 15)],
      upTo(12),
    ],
    [
      'stands, then plays half as fast',
      [
        { from: 0.5, duration: 1, rate: 0 },
        { from: 0.5, duration: 0.2, rate: 0.5 },
      ],
      [15, 15, 16, 17],
      [0, 30, 32, 34],
    ],
  ])('that %s', async (_, rows, stamps, times) => {
    const facts = await examine(withEdits(whole, rows).toString('base64'));
    const seconds = times.map((frame) => frame / 30);
    expect(facts.stamps).toEqual(stamps);
    expectTimes(facts.times, seconds);
    expectTimes(facts.steps, seconds.slice(0, 30));
    for (const { asked, time, stamp } of facts.sought) {
      expect(time).toBeCloseTo(asked, 4);
      expect(stamp).toBe(stamps[seconds.findLastIndex((each) => each <= asked + 0.0015)]);
    }
    const last = rows.reduce((sum, { duration }) => sum + duration, 0);
    expect(facts.duration).toBeCloseTo(last, 2);
  });

  it.skipIf(!hasSharedData).each(['trim_end.mp4', 'trim_both.mp4'])(
    'of %s leaves 15 frames',
    async (name) => {
      const facts = await examine(readBase64(sharedPath(`faults/${name}`)));
      expectTimes(
        facts.times,
        upTo(15).map((i) => i / 30),
      );
      expect(facts.duration).toBeCloseTo(0.5, 3);
    },
  );
});

describe('a video that changes its size', () => {
  it.each([
    ['VP9 in WebM', 'vp9', 'webm', 160, 120],
    ['VP8 in Matroska, to another shape', 'vp8', 'mkv', 240, 320],
    ['H.264 in MP4', 'avc', 'mp4', 480, 360],
    ['H.264 in a transport stream', 'avc', 'ts', 160, 120],
  ] as const)('has frames of its first size throughout: %s', async (_, codec, container, width, height) => {
    const { base64 } = await watched.page.evaluate(
      (wish) => {
        const times = Array.from({ length: 20 }, (_, i) => i / 30);
        return window.harness.makeVideo({
          seed: 1,
          width: 320,
          height: 240,
          times,
          keyFrameEvery: 10,
          ...wish,
        });
      },
      { codec, container, changed: { at: 10, width, height } },
    );
    const facts = await examine(base64);
    expect(facts.size).toEqual([320, 240]);
    expect(facts.sizes).toEqual(['320×240']);
    expect(facts.times).toHaveLength(20);
    for (const { asked, time } of facts.sought) expect(time).toBeCloseTo(asked, 3);
  });
});

it.skipIf(!hasSharedData)('goes to every time of a Matroska file without Cues', async () => {
  const facts = await examine(readBase64(sharedPath('faults/pipe_h264.mkv')));
  expect(facts.times).toHaveLength(315);
  for (const { asked, time } of facts.sought) expect(time).toBeCloseTo(asked, 4);
  expectTimes(
    facts.steps,
    upTo(30).map((i) => i / 30),
  );
});

it('reads what is left of a transport stream that is cut off anywhere', async () => {
  const results = await watched.page.evaluate(async () => {
    const { makeVideo, readFrames, toBlob } = window.harness;
    const times = Array.from({ length: 60 }, (_, i) => i / 30);
    const wish = { seed: 1, width: 320, height: 240, times, keyFrameEvery: 30, container: 'ts' as const };
    const whole = toBlob((await makeVideo(wish)).base64);
    const results = [];
    for (let share = 0.3; share < 1; share += 0.061) {
      results.push({ share, ...(await readFrames(whole.slice(0, share * whole.size))) });
    }
    return results;
  });
  for (const { share, times, fault } of results) {
    expect(times.length).toBeGreaterThan(60 * share - 12);
    expect(fault ?? 'the file breaks off').toMatch(/^the file (is damaged or )?breaks off/);
    // Streams begin at any time.
    const first = times[0] ?? 0;
    expectTimes(
      times.map((time) => time - first),
      times.map((_, i) => i / 30),
    );
  }
});
