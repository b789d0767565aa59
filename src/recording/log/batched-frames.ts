import { Recording, type RecordingInfo, type TrackedFrame } from '../../core/recording.ts';
import { decodeBatch, summarizeBatch } from './frame-codec.ts';

/** Decoded batches that are held: that on screen, and its neighbours. */
const MOST_HELD = 4;

/** The frames of a recording that lies in memory as `encodeBatch` writes it: decoded as they are looked at. */
export class BatchedFrames {
  readonly info: RecordingInfo;
  readonly batches: readonly Uint8Array<ArrayBuffer>[];
  /** Of each batch; batches without a frame are left out. */
  readonly #spans: readonly { readonly position: number; readonly first: number; readonly last: number }[];
  /** By position, the newest last. */
  readonly #decoded = new Map<number, readonly TrackedFrame[]>();

  constructor(info: RecordingInfo, batches: readonly Uint8Array<ArrayBuffer>[]) {
    this.info = info;
    this.batches = batches;
    this.#spans = batches.flatMap((bytes, position) => {
      const { frames, firstTime, lastTime } = summarizeBatch(bytes);
      return frames > 0 ? [{ position, first: firstTime, last: lastTime }] : [];
    });
  }

  /** Seconds of the first and the last frame; `null`: there is none. */
  get timeRange(): readonly [first: number, last: number] | null {
    const [first, last] = [this.#spans[0], this.#spans.at(-1)];
    return first && last ? [first.first, last.last] : null;
  }

  /** The last frame at or before a time, else the first; `null`: there is none. */
  at(time: number): TrackedFrame | null {
    return this.around(time).frameAt(time);
  }

  /** The frame before or after that of a time. */
  neighbour(time: number, direction: -1 | 1): TrackedFrame | null {
    return this.around(time).neighbour(time, direction);
  }

  /** The batch of a time, with those before and behind it: its frame has neighbours, however far they are. */
  around(time: number): Recording {
    let [low, high] = [0, this.#spans.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#spans[middle]?.first ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    const near = this.#spans.slice(Math.max(0, low - 1), low + 2);
    return new Recording(
      this.info,
      near.flatMap(({ position }) => this.#decode(position)),
    );
  }

  #decode(position: number): readonly TrackedFrame[] {
    const bytes = this.batches[position];
    const known = this.#decoded.get(position);
    if (known || !bytes) return known ?? [];
    const { frames } = decodeBatch(bytes);
    this.#decoded.set(position, frames);
    for (const oldest of this.#decoded.keys()) {
      if (this.#decoded.size <= MOST_HELD) break;
      this.#decoded.delete(oldest);
    }
    return frames;
  }
}
