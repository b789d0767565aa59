import { mainPose, meanScore, type Person } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { editFrame } from '../../motion/corrections/apply.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import { readSeries, type Series, speeds } from '../../motion/series/series.ts';
import { decodeBatch } from '../store/frame-codec.ts';

/** A column of numbers that grows, one a frame; NaN until it is set. */
class Column {
  #values = new Float32Array(1024).fill(Number.NaN);

  set(at: number, value: number): void {
    if (at >= this.#values.length) {
      const larger = new Float32Array(Math.max(at + 1, this.#values.length * 2)).fill(Number.NaN);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[at] = value;
  }

  take(length: number): Float32Array {
    if (length > this.#values.length) this.set(length - 1, Number.NaN);
    return this.#values.subarray(0, length);
  }
}

/**
 * A recording as columns, read from its batches as far as they are asked for: times, everybody's confidence, and any
 * series. Batches stay as they are stored, which is a third of what they are decoded.
 */
export class RecordingColumns {
  readonly #batches: Uint8Array[] = [];
  #edits: readonly FrameEdit[] = [];
  #slowness = 1;
  #times: number[] = [];
  #scores = new Map<number, Column>();
  #batchesRead = 0;
  /** By series as JSON: the column, and how many frames of it are read. */
  #series = new Map<string, { readonly series: Series; readonly column: Column }>();

  add(batches: readonly Uint8Array[]): void {
    this.#batches.push(...batches);
  }

  /** How many seconds of its times are one of what happened (`slownessOf`): speeds go by these. */
  setSlowness(slowness: number): void {
    this.#slowness = slowness;
  }

  setEdits(edits: readonly FrameEdit[]): void {
    this.#edits = edits;
    this.#times = [];
    this.#scores = new Map();
    this.#series = new Map();
    this.#batchesRead = 0;
  }

  get times(): readonly number[] {
    this.#read([]);
    return this.#times;
  }

  /** Everybody's mean score by frame, NaN where not there; by growing id. */
  get scores(): (readonly [id: number, scores: Float32Array])[] {
    this.#read([]);
    return [...this.#scores.entries()]
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

  /** All frames, in order, with their corrections. */
  *frames(): Generator<TrackedFrame> {
    for (const batch of this.#batches) {
      for (const frame of decodeBatch(batch).frames) yield editFrame(frame, this.#edits);
    }
  }

  /** Reads on to the end; from the start, if there are series that were not read yet. */
  #read(wanted: readonly Series[]): void {
    const missing = wanted.filter((series) => !this.#series.has(JSON.stringify(series)));
    for (const series of missing) {
      this.#series.set(JSON.stringify(series), { series, column: new Column() });
    }
    if (missing.length > 0) {
      this.#times = [];
      this.#batchesRead = 0;
    }
    for (; this.#batchesRead < this.#batches.length; this.#batchesRead++) {
      const batch = this.#batches[this.#batchesRead];
      if (!batch) continue;
      for (const frame of decodeBatch(batch).frames) this.#readFrame(editFrame(frame, this.#edits));
    }
  }

  #readFrame({ time, people }: TrackedFrame): void {
    const at = this.#times.length;
    this.#times.push(time);
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
