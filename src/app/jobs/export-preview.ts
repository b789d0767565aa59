import { type ReadonlySignal, signal } from '@preact/signals-core';
import { Turns } from '../../core/async/turns.ts';
import { isAbort, toSentence } from '../../core/errors.ts';
import { Port } from '../../core/port/port.ts';
import type { WorkerFactories } from '../../tracking/platform.ts';
import type { ExportChoice, ExportRequest } from './export-file.ts';

/** A recording that files would be made of. */
export type PreviewedContent = Pick<ExportRequest, 'name' | 'info' | 'frames' | 'edits'>;

/** What would be made of it. */
export type PreviewRequest = Omit<ExportRequest, keyof PreviewedContent> & {
  /** Seconds of the recording: of the frame that films and pictures are shown by. */
  readonly at: number;
};

/** What is in a recording. */
export interface PreviewedRecording {
  /** In order. */
  readonly people: readonly number[];
  readonly frames: number;
  /** Frames a second; `null`: there are fewer than two. */
  readonly rate: number | null;
  /** Seconds of its first and last frame. */
  readonly range: readonly [first: number, last: number];
}

/** What a file would look like. */
export type PreviewSample =
  /** Its first lines; of several files, those of one of them. */
  | { readonly kind: 'text'; readonly name: string | null; readonly text: string; readonly isCut: boolean }
  /** A frame of it. */
  | { readonly kind: 'picture'; readonly picture: Blob; readonly width: number; readonly height: number }
  /** A skeleton that moves: who, and how many joints. */
  | { readonly kind: 'rig'; readonly people: number; readonly joints: number }
  /** What only programs read. */
  | { readonly kind: 'bytes' };

export interface PreviewedFile {
  readonly sample: PreviewSample;
  /** About how large the file will be; `null`: nobody can say. */
  readonly byteLength: number | null;
}

/** What the exporting worker does for whoever only wants to look. */
export interface PreviewCalls {
  /** Keeps a recording to look at. */
  load(content: PreviewedContent): PreviewedRecording;
  /** @throws {LimnError} if no such file can be made of it, which says why */
  preview(request: PreviewRequest): PreviewedFile;
}

/** What there is to be looked at. */
export type PreviewState =
  | { readonly status: 'reading' }
  | { readonly status: 'shown'; readonly file: PreviewedFile }
  /** No such file can be made: why, as a sentence. */
  | { readonly status: 'failed'; readonly reason: string };

/** What is looked at, and how what is chosen becomes a request. */
interface Previewed {
  readonly content: PreviewedContent;
  readonly toRequest: (choice: ExportChoice) => Omit<PreviewRequest, 'at'>;
}

/** Frames of a recording in memory that are looked at: they are copied on the page's own thread. */
const MOST_FRAMES = 600;

/** Shows what a file would be before it is written. It has a worker of its own, which ends when it is closed. */
export class ExportPreview {
  readonly #state = signal<PreviewState>({ status: 'reading' });
  readonly #recording = signal<PreviewedRecording | null>(null);
  readonly #port: Port<PreviewCalls>;
  readonly #opened: Promise<Previewed>;
  /** The newest wish; those before it are not answered any more. */
  #wish = 0;
  readonly #turns = new Turns(1);

  /** @param read gives what is looked at; it is asked once */
  constructor(createWorker: WorkerFactories['export'], read: () => Promise<Previewed>) {
    this.#port = new Port<PreviewCalls>(createWorker(), { name: 'The worker that shows files' });
    this.#opened = this.#open(read);
    // Said by whoever looks.
    this.#opened.catch(() => undefined);
  }

  get state(): ReadonlySignal<PreviewState> {
    return this.#state;
  }

  /** What is in the recording; `null` until it is read. */
  get recording(): ReadonlySignal<PreviewedRecording | null> {
    return this.#recording;
  }

  /** Shows what a choice would give, as soon as what is asked before is answered. @param at as in `PreviewRequest` */
  async show(choice: ExportChoice, at: number): Promise<void> {
    const wish = ++this.#wish;
    this.#state.value = { status: 'reading' };
    try {
      const { toRequest } = await this.#opened;
      // Of those that wait for their turn, only the newest is looked at.
      await this.#turns.take(async () => {
        if (wish !== this.#wish) return;
        const file = await this.#port.call('preview', [{ ...toRequest(choice), at }]);
        if (wish === this.#wish) this.#state.value = { status: 'shown', file };
      });
    } catch (error) {
      if (isAbort(error) || wish !== this.#wish) return;
      this.#state.value = { status: 'failed', reason: toSentence(error) };
    }
  }

  close(): void {
    this.#wish++;
    this.#port.close();
  }

  async #open(read: () => Promise<Previewed>): Promise<Previewed> {
    const previewed = await read();
    const { frames, ...content } = previewed.content;
    const some = frames.filter((frame, i) => frame instanceof Uint8Array || i < MOST_FRAMES);
    this.#recording.value = await this.#port.call('load', [{ ...content, frames: some }]);
    return previewed;
  }
}
