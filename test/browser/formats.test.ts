import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import { strFromU8 } from 'fflate';
import { AnimationMixer, Vector3 } from 'three';
import { BVHLoader } from 'three/addons/loaders/BVHLoader.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '../../src/index.ts';
import { filesIn } from '../helpers/files-in.ts';
import { readC3d } from '../helpers/read-c3d.ts';
import { hasSharedData, readBase64 } from '../helpers/shared-data.ts';
import { ACTOR } from '../helpers/tracked-actor.ts';
import { useHarness } from '../helpers/use-harness.ts';
import { readWalk } from '../helpers/walk.ts';

/** All formats that list keypoints. */
const DATA_FORMATS = [
  'openpose-json',
  'openpose-jsonl',
  'limn-json',
  'csv',
  'csv-long',
  'coco',
  'coco-annotations',
  'npz',
  'detectron-npz',
  'viz-npy',
  'angles-csv',
  'motion-csv',
  'trc',
  'c3d',
  'bvh',
  'glb',
  'vtt',
  'pose',
] as const;
const FILM_FORMATS = ['mp4', 'webm', 'png'] as const;
const script = fileURLToPath(new URL('../helpers/read_formats.py', import.meta.url));
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
if (!hasNumpy) console.warn('Python with NumPy is missing: files are not read with it.');
const hasProbe = spawnSync('ffprobe', ['-version']).status === 0;
if (!hasProbe) console.warn('ffprobe is missing: films are not read with it.');

const watched = useHarness();

/** Every format of a recording, by its name. */
async function exportAll(recording: Recording, video: string | null): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  // Handed over once: that takes a second.
  const given = await watched.page.evaluateHandle(
    ({ json, video }) => ({
      recording: JSON.parse(json) as Recording,
      video: video === null ? null : window.harness.toBlob(video),
    }),
    { json: JSON.stringify(recording), video },
  );
  for (const format of [...DATA_FORMATS, ...FILM_FORMATS]) {
    const base64 = await watched.page.evaluate(
      async ({ given, format }) => {
        const { recording, video } = given;
        const blob = await window.harness.limn.exportRecording(recording, format, video ? { video } : {});
        const bytes = new Uint8Array(await blob.arrayBuffer());
        let text = '';
        for (let at = 0; at < bytes.length; at += 8192)
          text += String.fromCharCode(...bytes.subarray(at, at + 8192));
        return btoa(text);
      },
      { given, format },
    );
    files.set(format, Uint8Array.from(Buffer.from(base64, 'base64')));
  }
  return files;
}

/** A second of a walk that a phone filmed, or all of the demo actor's film. */
const readClip = () => (hasSharedData ? readWalk() : readBase64(ACTOR));

describe.each(['a tracked video', 'two demo actors'])('Every format of %s', (what) => {
  let recording: Recording;
  let files: Map<string, Uint8Array>;
  const file = (format: string): Uint8Array => files.get(format) ?? new Uint8Array();
  const nose = (frame = 0) => recording.frames[frame]?.people[0]?.body?.keypoints[0];

  beforeAll(async () => {
    const isVideo = what === 'a tracked video';
    const video = isVideo ? await readClip() : null;
    recording = await watched.page.evaluate(async (video) => {
      const { limn, toBlob } = window.harness;
      if (video !== null) return limn.analyze(new File([toBlob(video)], 'clip.mp4'), { engine: 'wasm' });
      const demo = limn.openDemo({ actors: 2, seed: 4, width: 320, height: 240 });
      const frames = [];
      for (let i = 0; i < 40; i++) {
        const { image, truth } = await demo.frame(i);
        image.close();
        frames.push(truth);
      }
      const source = { kind: 'demo' as const, name: 'actors', demo: { ...demo.options } };
      demo.close();
      const created = new Date(0).toISOString();
      return {
        info: { limn: 'test', created, source, width: 320, height: 240, mirrored: false, runs: [] },
        frames,
      };
    }, video);
    files = await exportAll(recording, video);
  });

  it('is written', () => {
    expect([...files.keys()]).toHaveLength(21);
    for (const [format, bytes] of files) expect([format, bytes.length > 300]).toEqual([format, true]);
  });

  it.skipIf(!hasNumpy)('reads back in Python with the same numbers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'limn-formats-'));
    for (const [format, bytes] of files) writeFileSync(join(folder, format), bytes);
    const { stdout, stderr } = spawnSync('python3', ['-W', 'ignore', script, folder], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stderr).toBe('');
    const found = JSON.parse(stdout) as Record<
      string,
      { frames: number; nose: number[]; made: string; times?: number[] }
    >;
    const { x = 0, y = 0, score = 0 } = nose() ?? {};
    const peopled = recording.frames.filter(({ people }) => people.length > 0).length;
    for (const [
      format,
      {
        frames,
        nose: [ours = 0, oursY = 0, oursScore = score],
        made,
      },
    ] of Object.entries(found)) {
      // OpenPose has six digits, all else those of 32 bits.
      const digits = format.startsWith('openpose') ? 1e-5 : 1e-6;
      expect([format, Math.abs(ours - x) < x * digits, Math.abs(oursY - y) < y * digits]).toEqual([
        format,
        true,
        true,
      ]);
      expect([format, Math.abs(oursScore - score) < 1e-5]).toEqual([format, true]);
      expect([format, made]).toEqual([format, recording.info.source.name]);
      const isRowsOnly = ['csv', 'csv-long', 'coco'].includes(format);
      expect([format, frames]).toEqual([format, isRowsOnly ? peopled : recording.frames.length]);
    }
    expect(found.npz?.times).toEqual(recording.frames.map(({ time }) => time));
  });

  it.skipIf(!hasNumpy)('gives NumPy the joints that VideoPose3D’s tools expect', () => {
    const entries = filesIn(file('viz-npy'), '.npy');
    const people = new Set(recording.frames.flatMap((frame) => frame.people.map(({ id }) => id)));
    expect(entries).toHaveLength(people.size);
    for (const [, bytes] of entries) {
      const read =
        'import sys, io, numpy; a = numpy.load(io.BytesIO(sys.stdin.buffer.read())); print(a.dtype, a.shape, numpy.abs(numpy.nan_to_num(a[:, 0])).max(), numpy.nanmax(a[:, 3, 1]) > 0.2)';
      const { stdout } = spawnSync('python3', ['-c', read], { input: bytes, encoding: 'utf8' });
      // From the hip, y down: feet are below it.
      expect(stdout.trim()).toBe(`float32 (${recording.frames.length}, 17, 3) 0.0 True`);
    }
  });

  it('is as its schema says (Limn JSON), and as players take it (WebVTT)', async () => {
    const schema: unknown = JSON.parse(readFileSync('public/schema/limn-recording-1.json', 'utf8'));
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema as object);
    validate(JSON.parse(strFromU8(file('limn-json'))));
    expect(validate.errors).toBeNull();
    const cues = await watched.page.evaluate(
      (text) => window.harness.readTrack(new Blob([text], { type: 'text/vtt' })),
      strFromU8(file('vtt')),
    );
    expect(cues).toHaveLength(recording.frames.length);
    for (const [i, { from }] of cues.entries()) expect(from).toBeCloseTo(recording.frames[i]?.time ?? -1, 2);
  });

  it('moves in three.js: BVH and GLB, with bones of constant length', async () => {
    const bvh = filesIn(file('bvh'), '.bvh');
    const people = new Set(recording.frames.flatMap((frame) => frame.people.map(({ id }) => id)));
    expect(bvh).toHaveLength(people.size);
    for (const [, bytes] of bvh) {
      const { clip, skeleton } = new BVHLoader().parse(strFromU8(bytes));
      expect(clip.duration).toBeCloseTo(
        (recording.frames.at(-1)?.time ?? 0) - (recording.frames[0]?.time ?? 0),
        2,
      );
      for (const track of clip.tracks) expect(track.values.some(Number.isNaN)).toBe(false);
      expect(skeleton.bones.length).toBeGreaterThan(15);
    }
    const { scene, animations } = await new GLTFLoader().parseAsync(file('glb').slice().buffer, '');
    const [animation] = animations;
    if (!animation) throw new Error('There is no animation.');
    const mixer = new AnimationMixer(scene);
    mixer.clipAction(animation).play();
    const id = [...people][0];
    const shin = [0, animation.duration / 2].map((time) => {
      mixer.setTime(time);
      scene.updateMatrixWorld(true);
      const place = (name: string) =>
        scene.getObjectByName(`P${id}_${name}`)?.getWorldPosition(new Vector3()) ?? new Vector3();
      return place('LeftLeg').distanceTo(place('LeftFoot'));
    });
    expect(shin[0]).toBeGreaterThan(0.2);
    expect(shin[1]).toBeCloseTo(shin[0] ?? 0, 5);
  });

  it('has markers in millimetres: TRC and C3D agree', () => {
    const { header, point, texts } = readC3d(file('c3d'));
    const [first = ''] = texts('POINT:LABELS');
    const id = /^P(\d+)_nose$/.exec(first)?.[1] ?? '';
    const markers = filesIn(file('trc'), '.trc');
    const own =
      markers.length === 1 ? markers[0] : markers.find(([name]) => name.endsWith(`_person_${id}.trc`));
    const rows = strFromU8(own?.[1] ?? new Uint8Array())
      .split('\n')
      .slice(6, -1);
    expect(rows).toHaveLength(recording.frames.length);
    expect(header.last).toBeGreaterThanOrEqual(recording.frames.length);
    const cells = (rows[0] ?? '').split('\t').slice(2, 5).map(Number);
    for (const [axis, value] of cells.entries()) expect(point(0, 0)[axis]).toBeCloseTo(value, 2);
  });

  it('is a film with every frame at its time, and a picture a frame', async () => {
    const pictures = filesIn(file('png'), '.png');
    expect(pictures).toHaveLength(recording.frames.length);
    for (const format of ['mp4', 'webm']) {
      const facts = await watched.page.evaluate(
        (base64) => window.harness.examineFilm(window.harness.toBlob(base64)),
        Buffer.from(file(format)).toString('base64'),
      );
      expect(facts.times).toHaveLength(recording.frames.length);
      for (const [i, time] of facts.times.entries())
        expect(time).toBeCloseTo(recording.frames[i]?.time ?? -1, 2);
      expect(JSON.parse(facts.comment)).toMatchObject({
        info: { source: { name: recording.info.source.name } },
      });
    }
  });

  it.skipIf(!hasProbe)('is a film for ffprobe, too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'limn-films-'));
    for (const [format, codec] of [
      ['mp4', 'h264'],
      ['webm', 'vp9'],
    ] as const) {
      const path = join(folder, `film.${format}`);
      writeFileSync(path, file(format));
      const { stdout } = spawnSync(
        'ffprobe',
        [
          '-v',
          'error',
          '-count_frames',
          '-select_streams',
          'v',
          '-show_entries',
          'stream=codec_name,nb_read_frames',
          '-of',
          'csv=p=0',
          path,
        ],
        { encoding: 'utf8' },
      );
      expect(stdout.trim()).toBe(`${codec},${recording.frames.length}`);
    }
    rmSync(folder, { recursive: true });
  });
});
