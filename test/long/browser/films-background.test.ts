import { beforeAll, describe, expect, it } from 'vitest';
import type { PlainMask } from '../../../src/core/plain-recording.ts';
import type { Recording } from '../../../src/index.ts';
import type { Circle } from '../../helpers/compare-films.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const FRAMES = 20;
const DEMO = { seed: 3, width: 640, height: 480 };
const SIDE = 100;
/** Edges are the original's, but for what encoders change; and no more alike than chance makes them. */
const SAME_EDGES = 0.8;
const FOREIGN_EDGES = 0.35;

/** A round mask that moves, so that one of another frame is found out. */
const middleAt = (i: number): readonly [x: number, y: number] => [250 + 5 * i, 240];
const RADIUS = 120;

function roundMask(i: number): PlainMask {
  const [x, y] = middleAt(i);
  const cells = Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [column, row] = [(at % SIDE) + 0.5 - SIDE / 2, Math.floor(at / SIDE) + 0.5 - SIDE / 2];
    return Math.hypot(column, row) <= SIDE / 2;
  });
  const runs: number[] = [];
  let [isIn, length] = [false, 0];
  for (const cell of cells) {
    if (cell !== isIn) {
      runs.push(length);
      [isIn, length] = [cell, 0];
    }
    length++;
  }
  const box = { left: x - RADIUS, top: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS };
  return { ...box, columns: SIDE, rows: SIDE, runs: [...runs, length] };
}

let film = '';
let recording: Recording;
/** By frame, what is within the mask, and what lies around it. */
const within = Array.from({ length: FRAMES }, (_, i): Circle[] => [[...middleAt(i), RADIUS - 6]]);
const around = Array.from({ length: FRAMES }, (_, i): Circle[] => [[...middleAt(i), RADIUS + 6]]);

beforeAll(async () => {
  const made = await watched.page.evaluate(
    async ({ demo: options, count }) => {
      const { limn, makeVideo } = window.harness;
      const times = Array.from({ length: count }, (_, i) => i / 30);
      const video = await makeVideo({ ...options, times, keyFrameEvery: 30, bitrate: 6_000_000 });
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
    { demo: DEMO, count: FRAMES },
  );
  film = made.video;
  recording = {
    info: {
      limn: 'test',
      created: '2026-01-02T03:04:05.000Z',
      source: { kind: 'video', name: 'wave.mp4' },
      width: DEMO.width,
      height: DEMO.height,
      mirrored: false,
      runs: [],
    },
    frames: made.frames.map((frame, i) => ({
      ...frame,
      people: frame.people.map((person) => ({ ...person, mask: roundMask(i) })),
    })),
  };
});

const exportAndCompare = (background: string, given = recording, format: 'mp4' | 'webm' = 'mp4') =>
  watched.page.evaluate(
    async ({ film, recording, format, background, within, around }) => {
      const { limn, toBlob, compareFilms } = window.harness;
      const blob = await limn.exportRecording(recording, format, {
        video: toBlob(film),
        look: { opacity: 0, showIds: false },
        background: background as 'black',
      });
      return compareFilms(toBlob(film), blob, within, around);
    },
    { film, recording: given, format, background, within, around },
  );

describe('The background of a film', () => {
  it.each([
    'black',
    'blurred',
  ])('is %s around the mask of each frame, and people are as they were', async (background) => {
    const frames = await exportAndCompare(background);
    expect(frames).toHaveLength(FRAMES);
    const kept = await exportAndCompare('kept');
    for (const [i, { edges, elsewhere }] of frames.entries()) {
      for (const alike of edges) expect(alike, `frame ${i}`).toBeGreaterThan(SAME_EDGES);
      expect(elsewhere, `frame ${i}`).toBeGreaterThan(5 * (kept[i]?.elsewhere ?? Number.NaN));
    }
  });

  it('keeps no edges where it is blurred', async () => {
    const edges = await watched.page.evaluate(
      async ({ film, recording }) => {
        const { limn, toBlob, compareFilms } = window.harness;
        const blob = await limn.exportRecording(recording, 'mp4', {
          video: toBlob(film),
          look: { opacity: 0, showIds: false },
          background: 'blurred',
        });
        const corners = recording.frames.map((): [number, number, number][] => [
          [60, 80, 50],
          [580, 400, 50],
        ]);
        return (await compareFilms(toBlob(film), blob, corners, [])).flatMap((frame) => frame.edges);
      },
      { film, recording },
    );
    for (const alike of edges) expect(alike).toBeLessThan(FOREIGN_EDGES);
  });

  it('is left out of pictures and of WebM, and nobody is', async () => {
    const found = await watched.page.evaluate(
      async ({ film, recording }) => {
        const { limn, toBlob, opacities } = window.harness;
        const options = {
          video: toBlob(film),
          look: { opacity: 0, showIds: false },
          background: 'none' as const,
        };
        const probes: [number, number][] = [
          [300, 240],
          [20, 20],
          [600, 460],
        ];
        const webm = await limn.exportRecording(recording, 'webm', options);
        const zip = await limn.exportRecording(recording, 'png', options);
        const entries = window.harness.unzip(new Uint8Array(await zip.arrayBuffer()));
        const [, bytes] = Object.entries(entries).find(([name]) => name.endsWith('.png')) ?? [];
        const png = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' });
        return { webm: await opacities(webm, probes), png: await opacities(png, probes) };
      },
      { film, recording },
    );
    expect(found.webm).toHaveLength(FRAMES);
    for (const [inside = 0, ...outside] of [...found.webm, ...found.png]) {
      expect(inside).toBeGreaterThan(250);
      for (const opacity of outside) expect(opacity).toBeLessThan(5);
    }
  });

  it('is refused where nobody knows it, or the format has no room for nothing', async () => {
    const without = {
      ...recording,
      frames: recording.frames.map((frame) => ({
        ...frame,
        people: frame.people.map(({ mask: _, ...person }) => person),
      })),
    };
    const refused = (...order: Parameters<typeof exportAndCompare>): Promise<string> =>
      exportAndCompare(...order).then(
        () => 'written',
        (error: Error) => error.message,
      );
    expect(await refused('blurred', without)).toContain('has no person masks');
    expect(await refused('none')).toContain('MP4 can’t be transparent');
    expect(await refused('green')).toContain('options.background is "green"');
  });
});
