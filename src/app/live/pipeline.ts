import { isAbort } from '../../core/errors.ts';
import type { Person } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import type { FrameImage } from '../../families/frame-image.ts';
import { Smoother } from '../../motion/smoothing/smoother.ts';
import { Identities, NOBODY_FOLLOWED } from '../../motion/tracking/identities.ts';
import { formPeople, keptCandidates } from '../../motion/tracking/people.ts';
import { scaleDetections } from '../../motion/tracking/scale-detections.ts';
import type { FrameSource, SourceFrame } from '../../sources/source.ts';
import type { Estimate } from '../../tracking/estimator-client.ts';
import { scaleOf } from '../../tracking/track-frame.ts';

/** A frame that has gone through: its picture (now the receiver's) and who is in it. */
export interface TrackedPicture {
  readonly image: FrameImage;
  readonly width: number;
  readonly height: number;
  /** As measured. */
  readonly tracked: TrackedFrame;
  /** As to be shown: smoothed, if that is wished. */
  readonly people: readonly Person[];
  readonly truth: readonly Person[] | null;
  readonly milliseconds: number;
}

/** A frame that has gone through before: its picture is the receiver's. */
export type RecalledPicture = Pick<TrackedPicture, 'image' | 'width' | 'height' | 'people'> & {
  /** Seconds. */
  readonly time: number;
};

export interface PipelineOptions {
  readonly source: FrameSource;
  /** Gives the frame's image to the model in use at that moment. */
  readonly estimate: (frame: SourceFrame) => Promise<Estimate>;
  /** Strength of smoothing, `null` for none; asked for every frame. */
  readonly smoothing: () => number | null;
  /** Who is in a frame that has gone through before, as to be shown; `null`: it hasn't. Such a frame isn't tracked again. */
  readonly recall?: (frame: SourceFrame) => readonly Person[] | null;
  readonly onRecalled?: (picture: RecalledPicture) => void;
  readonly onTracked: (picture: TrackedPicture) => void;
  /** The model failed on a frame; the run goes on with the next. */
  readonly onFrameLost: (error: unknown) => void;
}

/** After so many frames in a row that the model failed on, the run ends. */
const MAXIMUM_FAILURES = 3;

/** One source through one model, frame by frame: at most one in flight, the newest next (convention P1). */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #identities: Identities;
  #smoother: { readonly strength: number; readonly smoother: Smoother } | null = null;
  #frames = 0;
  #failures = 0;
  #isStopped = false;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#identities = new Identities(options.source.info.isStill ? NOBODY_FOLLOWED : {});
  }

  /** Runs until the source ends or `stop` is called. @throws what source or model throw */
  async run(): Promise<void> {
    const { source, onTracked, recall, onRecalled } = this.#options;
    for (;;) {
      const frame = await source.next();
      if (!frame) return;
      if (this.#isStopped) {
        frame.close();
        return;
      }
      const recalled = recall?.(frame) ?? null;
      if (recalled && onRecalled) {
        const { image, width, height, time } = frame;
        onRecalled({ image, width, height, time, people: recalled });
        continue;
      }
      const scale = scaleOf(frame);
      const estimated = await this.#estimate(frame);
      if (!estimated) continue;
      const { detections, image, milliseconds } = estimated;
      if (this.#isStopped) {
        image.close();
        return;
      }
      onTracked({ ...this.#follow(frame, scaleDetections(detections, scale)), image, milliseconds });
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#options.source.close();
  }

  async #estimate(frame: SourceFrame): Promise<Estimate | null> {
    try {
      const estimated = await this.#options.estimate(frame);
      this.#failures = 0;
      return estimated;
    } catch (error) {
      if (isAbort(error) || ++this.#failures >= MAXIMUM_FAILURES) throw error;
      this.#options.onFrameLost(error);
      return null;
    }
  }

  #follow(
    frame: SourceFrame,
    detections: Estimate['detections'],
  ): Omit<TrackedPicture, 'image' | 'milliseconds'> {
    const { width, height, time, name, truth } = frame;
    const people = this.#identities.identify(formPeople(detections), time);
    const tracked: TrackedFrame = {
      index: frame.index ?? this.#frames,
      time,
      people,
      ...keptCandidates(detections),
      ...(name !== null && { name, width, height }),
    };
    this.#frames++;
    return { width, height, tracked, truth, people: this.#smooth(people, time) };
  }

  #smooth(people: readonly Person[], time: number): readonly Person[] {
    const strength = this.#options.smoothing();
    if (strength === null) {
      this.#smoother = null;
      return people;
    }
    if (this.#smoother?.strength !== strength)
      this.#smoother = { strength, smoother: new Smoother(strength) };
    return this.#smoother.smoother.smooth(people, time);
  }
}
