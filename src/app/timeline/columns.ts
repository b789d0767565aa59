import { mainPose, meanScore, type Person } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { editFrame, SAME_MOMENT } from '../../motion/corrections/apply.ts';
import { type FrameEdit, rangeOf } from '../../motion/corrections/edit.ts';
import { readSeries, type Series, speeds } from '../../motion/series/series.ts';
import { decodeWhole, summarizeWhole } from '../../recording/log/whole-batches.ts';
import { Column } from './column.ts';

/** A part of a recording as it is stored, and where its frames lie among all. */
export interface ColumnsBatch {
  readonly bytes: Uint8Array;
  /** Position of its first frame. */
  first: number;
  frames: number;
  /** Seconds. */
  readonly from: number;
  readonly to: number;
  /** Grows when corrections change its frames. */
  version: number;
  /** Its columns are those of its frames as they are now. */
  isRead: boolean;
}

/** In pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A recording as columns, read from its batches as far as they are asked for: times, everybody's confidence, and any
 * series. Batches stay as they are stored, which is a third of what they are decoded. A correction has only those read again
 * whose frames it concerns.
 */
export class RecordingColumns {
  readonly #batches: ColumnsBatch[] = [];
  #edits: readonly FrameEdit[] = [];
  #slowness = 1;
  #frameSize: FrameSize | null = null;
  #damaged = 0;
  readonly #times: number[] = [];
  readonly #scores = new Map<number, Column>();
  /** By series as JSON. */
  readonly #series = new Map<string, { readonly series: Series; readonly column: Column }>();

  add(batches: readonly Uint8Array[]): void {
    for (const bytes of batches) {
      const summary = summarizeWhole(bytes);
      if (!summary) this.#damaged++;
      if (!summary?.frames) continue;
      const { frames, firstTime: from, lastTime: to } = summary;
      const last = this.#batches.at(-1);
      const first = last ? last.first + last.frames : 0;
      this.#batches.push({ bytes, first, frames, from, to, version: 0, isRead: false });
    }
  }

  /** How many seconds of its times are one of what happened (`slownessOf`): speeds go by these. */
  setSlowness(slowness: number): void {
    this.#slowness = slowness;
  }

  get slowness(): number {
    return this.#slowness;
  }

  /** In pixels, of frames that don't have one of their own; `null`: nobody states it. */
  setFrameSize(size: FrameSize | null): void {
    this.#frameSize = size;
  }

  /** In pixels; `null`: nobody states it. */
  sizeOf({ width, height }: TrackedFrame): FrameSize | null {
    return width !== undefined && height !== undefined ? { width, height } : this.#frameSize;
  }

  setEdits(edits: readonly FrameEdit[]): void {
    const changed = differing(this.#edits, edits).map(rangeOf);
    this.#edits = edits;
    for (const batch of this.#batches) {
      if (!changed.some(([from, to]) => batch.to >= from - SAME_MOMENT && batch.from <= to + SAME_MOMENT))
        continue;
      batch.isRead = false;
      batch.version++;
    }
  }

  /** How many parts were damaged, so that they are left out. */
  get damaged(): number {
    return this.#damaged;
  }

  get batches(): readonly ColumnsBatch[] {
    return this.#batches;
  }

  get times(): readonly number[] {
    this.#read([]);
    return this.#times;
  }

  /** Everybody's mean score by frame, NaN where not there; by growing id. */
  get scores(): (readonly [id: number, scores: Float32Array])[] {
    this.#read([]);
    return [...this.#scores.entries()]
      .filter(([, { isEmpty }]) => !isEmpty)
      .sort(([a], [b]) => a - b)
      .map(([id, column]) => [id, column.take(this.#times.length)]);
  }

  /** Numbers by frame. */
  read(wanted: readonly Series[]): Float32Array[] {
    const plain = wanted.flatMap((series) =>
      isSpeed(series) ? [withQuantity(series, 'x'), withQuantity(series, 'y')] : [series],
    );
    this.#read(plain);
    const take = (series: Series): Float32Array =>
      this.#series.get(JSON.stringify(series))?.column.take(this.#times.length) ?? new Float32Array();
    return wanted.map((series) =>
      isSpeed(series)
        ? this.#speeds(take(withQuantity(series, 'x')), take(withQuantity(series, 'y')))
        : take(series),
    );
  }

  #speeds(xs: Float32Array, ys: Float32Array): Float32Array {
    const realTimes = Float64Array.from(this.#times, (time) => time / this.#slowness);
    return speeds(realTimes, xs, ys);
  }

  /** The frames of a batch, with their corrections; none if it is damaged. */
  framesOf({ bytes }: ColumnsBatch): readonly TrackedFrame[] {
    return decodeWhole([bytes]).frames.map((frame) => editFrame(frame, this.#edits));
  }

  /** Reads what has come or was changed; all of it, if there are series that were not read yet. */
  #read(wanted: readonly Series[]): void {
    const missing = wanted.filter((series) => !this.#series.has(JSON.stringify(series)));
    for (const series of missing) this.#series.set(JSON.stringify(series), { series, column: new Column() });
    for (let at = 0; at < this.#batches.length; at++) {
      const batch = this.#batches[at];
      if (!batch || (batch.isRead && missing.length === 0)) continue;
      const frames = this.framesOf(batch);
      if (frames.length !== batch.frames) {
        this.#leaveOut(at);
        this.#read([]);
        return;
      }
      for (const [i, frame] of frames.entries()) this.#readFrame(batch.first + i, frame);
      batch.isRead = true;
    }
  }

  /** A batch that is damaged has no frames: all behind it move up. */
  #leaveOut(at: number): void {
    this.#damaged++;
    const [{ first: freed = 0 } = {}] = this.#batches.splice(at, 1);
    let first = freed;
    for (const batch of this.#batches.slice(at)) {
      batch.first = first;
      first += batch.frames;
    }
    for (const batch of this.#batches) batch.isRead = false;
    this.#times.length = 0;
    this.#scores.clear();
    for (const { column } of this.#series.values()) column.clear();
  }

  #readFrame(at: number, { time, people }: TrackedFrame): void {
    this.#times[at] = time;
    for (const column of this.#scores.values()) column.set(at, Number.NaN);
    for (const person of people) {
      const column = this.#scores.get(person.id) ?? new Column();
      this.#scores.set(person.id, column);
      column.set(at, confidenceOf(person));
    }
    for (const { series, column } of this.#series.values()) {
      const person = people.find(({ id }) => id === series.personId);
      column.set(at, person ? readSeries(person, series) : Number.NaN);
    }
  }
}

/** Edits that only one of two lists has, or from which on they go apart: what comes later, acts on what was before. */
function differing(before: readonly FrameEdit[], after: readonly FrameEdit[]): FrameEdit[] {
  let common = 0;
  while (
    common < Math.min(before.length, after.length) &&
    JSON.stringify(before[common]) === JSON.stringify(after[common])
  )
    common++;
  return [...before.slice(common), ...after.slice(common)];
}

function confidenceOf(person: Person): number {
  return meanScore(mainPose(person));
}

type KeypointSeries = Extract<Series, { kind: 'keypoint' }>;

function isSpeed(series: Series): series is KeypointSeries {
  return series.kind === 'keypoint' && series.quantity === 'speed';
}

function withQuantity(series: KeypointSeries, quantity: 'x' | 'y'): Series {
  return { ...series, quantity };
}
