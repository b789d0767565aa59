import { toSentence } from '../../../core/errors.ts';
import type { Recording, TrackedFrame } from '../../../core/recording.ts';
import { readableMoment } from '../../../core/texts/readable.ts';
import type { CameraSource } from '../../../sources/camera/camera.ts';
import { openMicrophone } from '../../../sources/camera/microphone.ts';
import { sleep } from '../../../sources/sleep.ts';
import { toThumbnail } from '../../../sources/thumbnail.ts';
import type { Library } from '../../jobs/library.ts';
import type { Reporter } from '../../reporter.ts';
import type { State } from '../../state.ts';
import { Take } from './take.ts';

/** Seconds that are counted down before a take begins. */
const COUNTDOWN = 3;
const SECOND_MS = 1000;

type CameraLike = Pick<CameraSource, 'onImage' | 'size'>;

/** Takes of what the camera on the stage gives: counted down, recorded, kept. One at a time. */
export class Takes {
  readonly #state: State;
  readonly #library: Library;
  readonly #reporter: Reporter;
  #camera: CameraLike | null = null;
  /** What the camera has given so far. */
  #live: Recording | null = null;
  #take: Take | null = null;
  #ending: AbortController | null = null;
  /** Resolves when what was recorded is kept. */
  #recording: Promise<void> = Promise.resolve();

  constructor(state: State, library: Library, reporter: Reporter) {
    this.#state = state;
    this.#library = library;
    this.#reporter = reporter;
  }

  /** A camera is on the stage, or no longer (`null`): then what is being recorded ends. */
  follow(camera: CameraLike | null): void {
    this.#ending?.abort();
    this.#camera = camera;
    this.#live = null;
    if (camera) this.#state.lastTake.value = null;
  }

  /** A frame of the camera has been tracked. @param live all that were */
  onTracked(tracked: TrackedFrame, live: Recording): void {
    this.#live = live;
    this.#take?.addTracked(tracked, live.info);
  }

  /**
   * Counts down and records, until `stop` or until the camera leaves the stage. What goes wrong is said.
   *
   * @param nameAt what a take is called that is begun at a moment
   */
  start(nameAt: (moment: string) => string): void {
    const camera = this.#camera;
    if (!camera || this.#ending) return;
    const ending = new AbortController();
    this.#ending = ending;
    this.#recording = this.#record(camera, nameAt, ending.signal)
      .catch((error: unknown) => this.#reporter.failure(error))
      .finally(() => {
        this.#ending = null;
        this.#state.take.value = null;
      });
  }

  /** Ends the countdown, or what is being recorded. @returns when it is kept */
  stop(): Promise<void> {
    this.#ending?.abort();
    return this.#recording;
  }

  async #record(camera: CameraLike, nameAt: (moment: string) => string, signal: AbortSignal): Promise<void> {
    const { take, lastTake, settings } = this.#state;
    take.value = { phase: 'counting', left: COUNTDOWN };
    lastTake.value = null;
    const sound = settings.peek().sound ? await this.#openSound() : null;
    try {
      for (let left = COUNTDOWN; left > 0; left--) {
        take.value = { phase: 'counting', left };
        await sleep(SECOND_MS, signal);
        if (signal.aborted) return;
      }
      const { size } = camera;
      const info = this.#live?.info;
      if (!size || !info) {
        this.#reporter.notice('info', 'The camera has given no picture yet. Record again when it does.');
        return;
      }
      const { findLiveEncoding } = await import('../../../formats/film/live-film.ts');
      const encoding = await findLiveEncoding(size);
      if (!encoding) {
        this.#reporter.notice(
          'error',
          'This browser can’t record video. Review what was tracked instead, or use Chrome, Edge or Firefox.',
        );
        return;
      }
      const name = nameAt(readableMoment(new Date().toISOString()));
      const made = await Take.begin({
        ...encoding,
        id: crypto.randomUUID(),
        name,
        info,
        sound,
        store: this.#library.store(),
        onFailure: (error) => {
          this.#reporter.notice('error', `Recording has stopped: ${toSentence(error)}`);
          this.#ending?.abort();
        },
      });
      await this.#run(made, name, camera, signal);
    } finally {
      sound?.stop();
    }
  }

  async #run(made: Take, name: string, camera: CameraLike, signal: AbortSignal): Promise<void> {
    const { take, lastTake } = this.#state;
    this.#take = made;
    let hasPicture = false;
    camera.onImage = (image, time) => {
      made.addImage(image, time);
      if (hasPicture) return;
      hasPicture = true;
      // A recording without a small picture is a recording all the same.
      toThumbnail(image).then(
        (picture) => made.setPicture(picture),
        () => undefined,
      );
    };
    take.value = { phase: 'recording', since: performance.now() };
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
      if (signal.aborted) resolve(null);
    });
    camera.onImage = null;
    take.value = { phase: 'saving' };
    const { duration } = made;
    const isKept = await made.finish().finally(() => {
      this.#take = null;
    });
    if (isKept) lastTake.value = { id: made.id, name, seconds: duration };
    else
      this.#reporter.notice(
        'info',
        'Nothing was recorded: the take ended before its first frame was tracked.',
      );
    if (this.#library.recordings.list.peek()) await this.#library.recordings.refresh();
  }

  /** @returns `null`: there is none, which is said */
  async #openSound(): Promise<MediaStreamTrack | null> {
    try {
      return await openMicrophone();
    } catch (error) {
      this.#reporter.notice('info', `${toSentence(error)} The take has no sound.`);
      return null;
    }
  }
}
