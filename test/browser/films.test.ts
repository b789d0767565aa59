import { beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '../../src/index.ts';
import { withEdits, withPixelAspectRatio } from '../helpers/damage.ts';
import type { VideoWish } from '../helpers/make-video.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
const FRAMES = 60;
/** Not evenly, so that a film that makes up its times is found out. */
const TIMES = Array.from({ length: FRAMES }, (_, i) => (i + (i % 3 === 1 ? 0.25 : 0)) / 30);
/** Nothing else is drawn over them: hands cover elbows. */
const ELBOWS = [13, 14];
/** An elbow that has moved by this is elsewhere, in pixels. */
const ELSEWHERE = 14;

let film = '';
let truth: Recording;

beforeAll(async () => {
  const made = await watched.page.evaluate(
    async ({ times }) => {
      const { limn, makeVideo } = window.harness;
      const options = { seed: 3, width: 640, height: 480 };
      const video = await makeVideo({
        ...options,
        times,
        keyFrameEvery: 20,
        bitrate: 2_000_000,
        sound: true,
      });
      const demo = limn.openDemo(options);
      const frames = [];
      for (const [i, time] of times.entries()) {
        const { image, truth } = await demo.frame(i);
        image.close();
        frames.push({ ...truth, index: i, time });
      }
      demo.close();
      return { video: video.base64, frames };
    },
    { times: TIMES },
  );
  film = made.video;
  truth = {
    info: {
      limn: 'test',
      created: '2026-01-02T03:04:05.000Z',
      source: { kind: 'video', name: 'wave.mp4', byteLength: 1, sha256: 'ab' },
      width: 640,
      height: 480,
      mirrored: false,
      runs: [],
    },
    frames: made.frames,
  };
});

/** Where both elbows are in every frame. */
const elbows = (shift = 0) =>
  truth.frames.map((_, i) => {
    const body = truth.frames[Math.min(FRAMES - 1, i + shift)]?.people[0]?.body;
    return ELBOWS.map((k): [number, number] => [body?.keypoints[k]?.x ?? 0, body?.keypoints[k]?.y ?? 0]);
  });

const exportAndExamine = (
  format: 'mp4' | 'webm',
  style: 'overlay' | 'black' | 'room',
  probes = elbows(),
  range = {},
) =>
  watched.page.evaluate(
    async ({ film, recording, format, style, probes, range }) => {
      const { limn, toBlob, examineFilm } = window.harness;
      const shares: number[] = [];
      const blob = await limn.exportRecording(recording, format, {
        video: toBlob(film),
        style,
        range,
        onProgress: (share) => shares.push(share),
      });
      return { ...(await examineFilm(blob, probes)), type: blob.type, shares };
    },
    { film, recording: truth, format, style, probes, range },
  );

describe('An annotated film', () => {
  it('has every frame at its own time, the sound, and how it was made; as MP4 in H.264', async () => {
    const facts = await exportAndExamine('mp4', 'overlay');
    expect(facts).toMatchObject({ width: 640, height: 480, codec: 'avc', type: 'video/mp4' });
    expect(facts.times).toHaveLength(FRAMES);
    for (const [i, time] of facts.times.entries()) expect(time).toBeCloseTo(TIMES[i] ?? 0, 3);
    expect(facts.sound?.codec).toBe('opus');
    expect(facts.sound?.duration).toBeCloseTo((TIMES.at(-1) ?? 0) + 1 / 30, 1);
    expect(JSON.parse(facts.comment)).toMatchObject({
      format: 'limn-making',
      info: { source: { name: 'wave.mp4', sha256: 'ab' } },
    });
    expect(facts.shares.length).toBeGreaterThan(5);
  });

  it('has on each frame the skeleton of that frame', async () => {
    const own = await exportAndExamine('webm', 'black');
    expect(['vp9', 'av1']).toContain(own.codec);
    expect(own.sound?.codec).toBe('opus');
    for (const [i, time] of own.times.entries()) expect(time).toBeCloseTo(TIMES[i] ?? 0, 3);
    // Joints that are certain are white, on limbs in colour, and around them is black.
    for (const values of own.brightness) for (const value of values) expect(value).toBeGreaterThan(130);
    const later = elbows(8);
    const other = await exportAndExamine('webm', 'black', later);
    let moved = 0;
    for (const [i, places] of later.entries()) {
      for (const [k, [x, y]] of places.entries()) {
        const [ownX = 0, ownY = 0] = elbows()[i]?.[k] ?? [];
        if (Math.hypot(x - ownX, y - ownY) < ELSEWHERE) continue;
        moved++;
        expect(other.brightness[i]?.[k]).toBeLessThan(own.brightness[i]?.[k] ?? 0);
      }
    }
    expect(moved).toBeGreaterThan(10);
  });

  it('is of a range, with the sound of that range, and its skeletons', async () => {
    const [first, last] = [21, 43];
    const range = { from: TIMES[first] ?? 0, to: TIMES[last] ?? 0 };
    const shown = TIMES.slice(first, last + 1);
    const ownPlaces = elbows().slice(first, last + 1);
    const own = await exportAndExamine('mp4', 'black', ownPlaces, range);
    expect(own.times).toHaveLength(shown.length);
    for (const [i, time] of own.times.entries()) expect(time).toBeCloseTo((shown[i] ?? 0) - range.from, 3);
    for (const values of own.brightness) for (const value of values) expect(value).toBeGreaterThan(130);
    const duration = (TIMES[last + 1] ?? 0) - range.from;
    expect(own.sound?.duration).toBeGreaterThan(duration - 0.1);
    expect(own.sound?.duration).toBeLessThan(duration + 0.1);
  });

  it('shows the room beside the picture', async () => {
    // Where the actor stands in the room: not only the ground's colour.
    const probes = truth.frames.map(() =>
      Array.from({ length: 24 }, (_, i): [number, number] => [640 + 200 + i * 10, 240]),
    );
    const facts = await exportAndExamine('mp4', 'room', probes);
    expect(facts).toMatchObject({ width: 1280, height: 480 });
    for (const values of facts.brightness) {
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(40);
    }
  });
});

describe('Pictures', () => {
  it('are a ZIP of PNGs, one a frame, and what is drawn is at its place', async () => {
    const { names, sizes } = await watched.page.evaluate(
      async ({ film, recording }) => {
        const { limn, toBlob, unzip } = window.harness;
        const blob = await limn.exportRecording(recording, 'png', { video: toBlob(film), style: 'overlay' });
        const entries = unzip(new Uint8Array(await blob.arrayBuffer()));
        const pictures = Object.entries(entries).filter(([name]) => name.endsWith('.png'));
        const sizes = await Promise.all(
          pictures.map(async ([, bytes]) => {
            const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
            return [image.width, image.height];
          }),
        );
        return { names: Object.keys(entries), sizes };
      },
      { film, recording: truth },
    );
    expect(names).toHaveLength(FRAMES + 1);
    expect(names[0]).toBe('wave_000000000000_rendered.png');
    expect(names.at(-1)).toBe('how-it-was-made.json');
    expect(new Set(sizes.map(String))).toEqual(new Set(['640,480']));
  });

  it('have plotted angles at their joints, and nothing else that is new', async () => {
    const frame = truth.frames[30];
    const elbow = frame?.people[0]?.body?.keypoints[13];
    if (!frame || !elbow) throw new Error('There is no elbow.');
    const changed = await watched.page.evaluate(
      async ({ recording, id }) => {
        const draw = async (angles: readonly { personId: number; angle: 'left-elbow' }[]) => {
          const options = { style: 'black', look: { angles } } as const;
          const image = await createImageBitmap(
            await window.harness.limn.exportRecording(recording, 'png', options),
          );
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
        };
        const plain = await draw([]);
        const drawn = await draw([{ personId: id, angle: 'left-elbow' }]);
        const places: [number, number][] = [];
        for (let at = 0; at < drawn.length; at += 4) {
          if (drawn[at] === plain[at] && drawn[at + 1] === plain[at + 1] && drawn[at + 2] === plain[at + 2])
            continue;
          places.push([(at / 4) % recording.info.width, Math.floor(at / 4 / recording.info.width)]);
        }
        return places;
      },
      { recording: { ...truth, frames: [frame] }, id: frame.people[0]?.id ?? 0 },
    );
    expect(changed.length).toBeGreaterThan(200);
    const far = changed.map(([x, y]) => Math.hypot(x - (elbow.x ?? 0), y - (elbow.y ?? 0)));
    // The wedge begins at the joint; its number ends not far beyond the widest wedge there is.
    expect(Math.min(...far)).toBeLessThan(8);
    expect(Math.max(...far)).toBeLessThan(120);
  });

  it('leave out who is hidden', async () => {
    const bright = await watched.page.evaluate(
      async ({ recording, id }) => {
        const draw = async (hidden: readonly number[]) => {
          const options = { style: 'black', look: { hidden, trails: 'all' } } as const;
          const image = await createImageBitmap(
            await window.harness.limn.exportRecording(recording, 'png', options),
          );
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context?.drawImage(image, 0, 0);
          const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
          return data.filter((value, i) => i % 4 < 3 && value > 0).length;
        };
        return [await draw([]), await draw([id + 1]), await draw([id])];
      },
      {
        recording: { ...truth, frames: truth.frames.slice(30, 31) },
        id: truth.frames[30]?.people[0]?.id ?? 0,
      },
    );
    expect(bright[0]).toBeGreaterThan(1000);
    expect(bright).toEqual([bright[0], bright[0], 0]);
  });

  it('have what was measured, with its number', async () => {
    const frame = truth.frames[0];
    if (!frame) throw new Error('There is no frame.');
    const colors = await watched.page.evaluate(
      async (recording) => {
        const points = [
          { x: 40, y: 400 },
          { x: 240, y: 400 },
        ];
        const measures = [{ kind: 'distance', points, label: '1.5 m' }] as const;
        const look = { measures };
        const image = await createImageBitmap(
          await window.harness.limn.exportRecording(recording, 'png', { style: 'black', look }),
        );
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        context?.drawImage(image, 0, 0);
        return [40, 90, 200, 240].map((x) => [
          ...(context?.getImageData(x, 400, 1, 1).data.slice(0, 3) ?? []),
        ]);
      },
      { ...truth, frames: [frame] },
    );
    for (const [red = 0, green = 0, blue = 0] of colors) {
      expect(Math.min(red, green)).toBeGreaterThan(180);
      expect(blue).toBeLessThan(120);
    }
  });

  it('end with an AbortError when they are given up', async () => {
    const name = await watched.page.evaluate(
      async ({ film, recording }) => {
        const { limn, toBlob } = window.harness;
        const giveUp = new AbortController();
        const options = {
          video: toBlob(film),
          signal: giveUp.signal,
          onProgress: (share: number) => {
            if (share > 0.2) giveUp.abort();
          },
        };
        return limn.exportRecording(recording, 'png', options).then(
          () => 'written',
          (error: Error) => error.name,
        );
      },
      { film, recording: truth },
    );
    expect(name).toBe('AbortError');
  });
});

it('turns what a player turns, and keeps times that begin late', async () => {
  const { made, original } = await watched.page.evaluate(async () => {
    const { limn, makeVideo, toBlob, examineFilm } = window.harness;
    const times = Array.from({ length: 12 }, (_, i) => 0.5 + i / 25);
    const wish = { seed: 3, width: 320, height: 240, times, keyFrameEvery: 4, rotation: 90 as const };
    const video = toBlob((await makeVideo(wish)).base64);
    const info = {
      limn: 'test',
      created: '2026-01-02T03:04:05.000Z',
      source: { kind: 'video' as const, name: 'turned.mp4' },
      width: 240,
      height: 320,
      mirrored: false,
      runs: [],
    };
    // Nobody in it: only the picture.
    const film = await limn.exportRecording({ info, frames: [] }, 'mp4', { video });
    const probes = times.map(() =>
      Array.from({ length: 40 }, (_, i): [number, number] => [
        20 + (i % 8) * 25,
        30 + Math.floor(i / 8) * 60,
      ]),
    );
    return { made: await examineFilm(film, probes), original: await examineFilm(video, probes) };
  });
  expect([made.width, made.height]).toEqual([240, 320]);
  expect(made.times).toHaveLength(12);
  for (const [i, time] of made.times.entries()) expect(time).toBeCloseTo(original.times[i] ?? 0, 3);
  for (const [i, values] of made.brightness.entries()) {
    const apart = values.map((value, k) => Math.abs(value - (original.brightness[i]?.[k] ?? 0)));
    expect(apart.sort((a, b) => a - b)[Math.floor(apart.length * 0.9)]).toBeLessThan(12);
  }
});

it('draws the demo again for a film of its recording', async () => {
  const facts = await watched.page.evaluate(async () => {
    const { limn, examineFilm } = window.harness;
    const options = { seed: 2, actors: 2, width: 320, height: 240 };
    const demo = limn.openDemo(options);
    const frames = [];
    for (let i = 0; i < 20; i++) {
      const { image, truth } = await demo.frame(i);
      image.close();
      frames.push(truth);
    }
    const info = {
      limn: 'test',
      created: '2026-01-02T03:04:05.000Z',
      source: { kind: 'demo' as const, name: 'demo', demo: { ...demo.options } },
      width: 320,
      height: 240,
      mirrored: false,
      runs: [],
    };
    demo.close();
    // The corner of the picture: black, unless the demo's set is drawn.
    const probes = frames.map((): [number, number][] => [[4, 4]]);
    return examineFilm(await limn.exportRecording({ info, frames }, 'mp4'), probes);
  });
  expect(facts.times).toHaveLength(20);
  for (const [corner = 0] of facts.brightness) expect(corner).toBeGreaterThan(30);
});

/** A film of a video with nobody in it, by the page: what it holds, and what was seen of the video itself. */
const filmOf = (base64: string, format: 'mp4' | 'webm' = 'mp4', recording: object = {}) =>
  watched.page.evaluate(
    async ({ base64, format, recording }) => {
      const { limn, toBlob, examineFilm, examineVideo, findSound } = window.harness;
      const video = toBlob(base64);
      const info = {
        limn: 'test',
        created: '2026-01-02T03:04:05.000Z',
        source: { kind: 'video' as const, name: 'odd.mp4' },
        width: 320,
        height: 240,
        mirrored: false,
        runs: [],
      };
      const film = await limn.exportRecording({ info, frames: [], ...recording }, format, { video });
      const { duration, stamps } = await examineVideo(film);
      const { width, height, times, brightness } = await examineFilm(film);
      return { width, height, times, brightness, duration, stamps, sound: await findSound(film) };
    },
    { base64, format, recording },
  );

const make = async (wish: Partial<VideoWish>): Promise<Buffer> => {
  const { base64 } = await watched.page.evaluate((wish) => window.harness.makeVideo(wish), {
    seed: 1,
    width: 320,
    height: 240,
    times: Array.from({ length: 45 }, (_, i) => i / 30),
    keyFrameEvery: 20,
    bitrate: 2e6,
    stamp: true,
    ...wish,
  });
  return Buffer.from(base64, 'base64');
};

describe('A film of an edit list', () => {
  it('is as long as what it shows, with the sound of that', async () => {
    const whole = await make({ sound: true, soundFrom: 0.7 });
    const row = { from: 0.5, duration: 0.5 };
    const { times, duration, sound } = await filmOf(
      withEdits(withEdits(whole, [row]), [row], 1).toString('base64'),
    );
    expect(times).toHaveLength(15);
    expect(duration).toBeCloseTo(0.5, 2);
    expect(Math.abs((sound[0] ?? 0) - 0.2)).toBeLessThan(0.007);
    expect(sound.at(-1)).toBeCloseTo(0.5, 1);
  });

  it('of several parts has each picture and each sound where it is shown', async () => {
    const whole = await make({ sound: true, soundFrom: 1 });
    const rows = [
      { from: 1, duration: 0.3 },
      { from: 0.2, duration: 0.2 },
      { from: 1, duration: 0.3 },
    ];
    const edited = withEdits(withEdits(whole, rows), rows, 1).toString('base64');
    const { stamps, times, sound } = await filmOf(edited);
    const part = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
    expect(stamps).toEqual([...part(30, 9), ...part(6, 6), ...part(30, 9)]);
    for (const [i, time] of times.entries()) expect(time).toBeCloseTo(i / 30, 3);
    const [begins = 1, ends = 0, again = 0, over = 0] = sound;
    expect(begins).toBeLessThan(0.02);
    expect(Math.abs(ends - 0.3)).toBeLessThan(0.007);
    expect(Math.abs(again - 0.5)).toBeLessThan(0.007);
    expect(Math.abs(over - 0.8)).toBeLessThan(0.03);
  });
});

describe('A film has an even size, and its own shape, of a video that', () => {
  it.each<[string, () => Promise<Buffer>, number, number]>([
    ['has wide pixels', async () => withPixelAspectRatio(await make({ times: [0, 0.1] }), 4, 3), 426, 240],
    [
      'has odd sides',
      () => make({ width: 321, height: 181, times: [0, 0.1], codec: 'vp9', container: 'webm' }),
      320,
      180,
    ],
    [
      'is narrower than encoders take',
      () => make({ width: 2, times: [0, 0.1], codec: 'vp9', container: 'webm' }),
      16,
      240,
    ],
    [
      'is larger than encoders take',
      () => make({ width: 9000, height: 96, times: [0, 0.1], codec: 'vp9', container: 'webm' }),
      9000,
      96,
    ],
  ])('%s', async (name, video, width, height) => {
    const made = await filmOf((await video()).toString('base64'));
    expect(made.times).toHaveLength(2);
    expect([made.width % 2, made.height % 2]).toEqual([0, 0]);
    if (name.includes('larger')) {
      expect(made.width).toBeLessThan(width);
      expect(made.width / made.height).toBeGreaterThan(90);
    } else {
      expect([made.width, made.height]).toEqual([width, height]);
    }
  });

  it.skipIf(!hasSharedData).each([
    ['ntsc_wide.mp4', 852, 480, 12],
    ['sar.mp4', 426, 240, 45],
  ])('%s', async (name, width, height, count) => {
    const made = await filmOf(readBase64(sharedPath(`faults/${name}`)));
    expect([made.width, made.height, made.times.length]).toEqual([width, height, count]);
  });
});

it('has pictures of the first size where the video changes it', async () => {
  const wish = { codec: 'vp9', container: 'webm', times: [0, 0.1, 0.2, 0.3], keyFrameEvery: 2 } as const;
  const video = await make({ ...wish, changed: { at: 2, width: 160, height: 120 } });
  const straight = await make(wish);
  const [changed, usual] = [
    await filmOf(video.toString('base64')),
    await filmOf(straight.toString('base64')),
  ];
  expect(changed.stamps).toEqual(usual.stamps);
  expect([changed.width, changed.height]).toEqual([320, 240]);
});

it('ends where its video breaks off', async () => {
  const whole = await make({ container: 'mp4-fast' });
  const { times } = await filmOf(whole.subarray(0, whole.length * 0.6).toString('base64'));
  expect(times.length).toBeGreaterThan(10);
  expect(times.length).toBeLessThan(45);
});
