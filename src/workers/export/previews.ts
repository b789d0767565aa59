import { strFromU8, unzipSync } from 'fflate';
import type {
  PreviewCalls,
  PreviewedContent,
  PreviewedFile,
  PreviewRequest,
  PreviewSample,
} from '../../app/jobs/export-preview.ts';
import { concat } from '../../core/bytes.ts';
import type { Services } from '../../core/port/serve.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { usualFrameRate } from '../../core/time/frame-rate.ts';
import type { FileParts } from '../../formats/exporter.ts';
import { isPictureFormat } from '../../formats/exporters.ts';
import { rigOption, writeRecording } from '../../formats/write-recording.ts';
import { inRange } from '../../motion/arranging/trim.ts';
import { RIG } from '../../motion/kinematics/rig.ts';
import { decodeBatch } from '../../recording/log/frame-codec.ts';
import { previewFilm } from './film-preview.ts';
import { prepare } from './write-export.ts';

/** Frames that a file is written of to be looked at. */
const SAMPLED_FRAMES = 120;
/** Frames that say where people are in a film's room. */
const MOST_FRAMES = 3000;
/** Bytes of a file that are looked at, lines of it that are shown, and letters of each. */
const LOOKED_AT = 2 ** 16;
const SHOWN_LINES = 40;
const LONGEST_LINE = 160;

interface Loaded extends Omit<PreviewedContent, 'frames'> {
  readonly frames: readonly TrackedFrame[];
}

/** Keeps one recording, and shows what files of it would be. */
export class Previews {
  readonly services: Services<PreviewCalls> = {
    load: (_, content) => this.#load(content),
    preview: (_, request) => this.#preview(request),
  };
  #loaded: Loaded | null = null;

  #load({ frames, ...content }: PreviewedContent): ReturnType<PreviewCalls['load']> {
    const all = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
    this.#loaded = { ...content, frames: all };
    const people = new Set(all.flatMap((frame) => frame.people.map(({ id }) => id)));
    return {
      people: [...people].sort((a, b) => a - b),
      frames: all.length,
      rate: usualFrameRate(all.map(({ time }) => time)),
      range: [all[0]?.time ?? 0, all.at(-1)?.time ?? 0],
    };
  }

  async #preview(request: PreviewRequest): Promise<PreviewedFile> {
    const loaded = this.#loaded;
    if (!loaded) throw new Error('A file was to be looked at before a recording was there.');
    const { format, range, film, at, convention, rig } = request;
    const wanted = inRange(new Recording(loaded.info, loaded.frames), range).frames;
    if (isPictureFormat(format)) {
      const frames = loaded.frames.slice(0, MOST_FRAMES);
      const { recording, takes } = prepare({ ...request, ...loaded, frames });
      const count = wanted.length;
      const { byteLength, ...picture } = await previewFilm(recording, format, film, range, takes, at, count);
      return { sample: { kind: 'picture', ...picture }, byteLength };
    }
    const { recording } = prepare({ ...request, ...loaded, frames: wanted.slice(0, SAMPLED_FRAMES) });
    const { parts, extension } = writeRecording(format, recording, {
      ...(convention && { convention }),
      ...rigOption(rig),
    });
    const bytes = await gather(parts);
    const sampled = Math.min(SAMPLED_FRAMES, wanted.length);
    return {
      sample:
        format === 'bvh' || format === 'glb'
          ? {
              kind: 'rig',
              people: countPeople(recording),
              joints: RIG.length + (rig.names === 'plain' ? 0 : 1),
            }
          : sampleOf(bytes, extension, wanted.length > sampled),
      byteLength: sampled > 0 ? (bytes.length * wanted.length) / sampled : bytes.length,
    };
  }
}

function countPeople({ frames }: Recording): number {
  return new Set(frames.flatMap(({ people }) => people.map(({ id }) => id))).size;
}

async function gather(parts: FileParts): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return concat(all);
}

/** @param isPart more frames than these are written */
function sampleOf(bytes: Uint8Array, extension: string, isPart: boolean): PreviewSample {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (extension.endsWith('.npz')) return { kind: 'bytes' };
  if (!isZip) return textOf(bytes, null, isPart);
  const names: string[] = [];
  const entries = unzipSync(bytes, {
    filter: ({ name }) => {
      names.push(name);
      return names.length === 1;
    },
  });
  const [name = ''] = names;
  return textOf(entries[name] ?? new Uint8Array(0), name, isPart || names.length > 1);
}

function textOf(bytes: Uint8Array, name: string | null, isPart: boolean): PreviewSample {
  const head = bytes.subarray(0, LOOKED_AT);
  // What is no text has bytes that texts don't have.
  if (head.some((byte) => byte < 9)) return { kind: 'bytes' };
  const lines = strFromU8(head).split('\n');
  const text = lines
    .slice(0, SHOWN_LINES)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
    .join('\n');
  return {
    kind: 'text',
    name,
    text,
    isCut: isPart || bytes.length > head.length || lines.length > SHOWN_LINES,
  };
}
