import { effect, signal } from '@preact/signals-core';
import { familyOf } from '../../families/families.ts';
import { type FrameImage, sizeOf } from '../../families/frame-image.ts';
import type { Explanation, ShownMap } from '../../families/maps/explanation.ts';
import { scaleDetections } from '../../motion/tracking/scale-detections.ts';
import { EstimatorClient } from '../../tracking/estimator-client.ts';
import { modelKey, toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { Reporter } from '../reporter.ts';
import { type Settings, toTrackerOptions } from '../settings.ts';
import type { State } from '../state.ts';

/** How often it is looked whether another picture is on the stage, in milliseconds. */
const LOOK_INTERVAL_MS = 60;

/** What the network saw in the picture on the stage. */
export interface XraySight {
  readonly explanation: Explanation;
  /** The map that the settings ask for; `null`: none. */
  readonly map: ShownMap | null;
  /** What was set when it was asked for. */
  readonly settings: Settings;
  /** The picture that was looked at: what comes live has gone on meanwhile. Its owner is the X-ray. */
  readonly picture: FrameImage;
  /** What the picture is of. */
  readonly source: unknown;
}

/**
 * Looks with a network of its own at whatever picture is on the stage, and keeps its maps: moved thresholds put people
 * together anew, and the network doesn't run again.
 */
export class Xray {
  /** `null`: it is off, or hasn't seen anything yet. */
  readonly sight = signal<XraySight | null>(null);
  readonly #platform: Platform;
  readonly #state: State;
  readonly #reporter: Reporter;
  readonly #onSight: (sight: XraySight) => void;
  readonly #disposers: (() => void)[];
  #client: EstimatorClient | null = null;
  /** What the client was opened with. */
  #key = '';
  /** What was looked at, and what was asked of it. */
  #seen: { readonly image: FrameImage | null; readonly question: string } | null = null;
  /** By how much the frame is larger than the picture that was looked at. */
  #scale: readonly [x: number, y: number] = [1, 1];
  /** What the network has looked at last, and what it is of. */
  #looked: { readonly picture: FrameImage; readonly source: unknown } | null = null;
  #isBusy = false;

  /** @param onSight told of people of the picture on the stage, as the thresholds are now */
  constructor(platform: Platform, state: State, reporter: Reporter, onSight: (sight: XraySight) => void) {
    this.#platform = platform;
    this.#state = state;
    this.#reporter = reporter;
    this.#onSight = onSight;
    const timer = setInterval(() => void this.#look(), LOOK_INTERVAL_MS);
    this.#disposers = [
      () => clearInterval(timer),
      effect(() => {
        if (!this.#isOn(state.settings.value)) this.#turnOff();
      }),
    ];
  }

  close(): void {
    this.#turnOff();
    for (const dispose of this.#disposers) dispose();
  }

  #turnOff(): void {
    this.#client?.close();
    this.#client = null;
    this.#key = '';
    this.#seen = null;
    const shown = this.sight.peek()?.picture;
    this.sight.value = null;
    shown?.close();
    this.#forgetLooked(shown);
  }

  async #look(): Promise<void> {
    const settings = this.#state.settings.peek();
    if (this.#isBusy || !this.#isOn(settings) || !this.#state.shown.image) return;
    const { options, engine } = toEstimatorOptions(
      toTrackerOptions(settings, this.#platform.registry),
      'image',
      this.#platform.registry,
    );
    const { grouping = {} } = options.maps ?? {};
    const key = `${modelKey(options, engine)} ${this.#state.networkVersion.peek()}`;
    const question = JSON.stringify([key, grouping, settings.map]);
    if (this.#seen?.image === this.#state.shown.image && this.#seen.question === question) return;
    this.#isBusy = true;
    let { image } = this.#state.shown;
    try {
      const isNew = this.#key !== key;
      if (isNew) {
        this.#client?.close();
        this.#client = null;
        this.#key = key;
        this.#client = await EstimatorClient.open({ ...options, hands: false }, engine, this.#platform);
      }
      // What was on the stage may be gone by now.
      ({ image } = this.#state.shown);
      if (isNew || this.#seen?.image !== image) await this.#estimate(this.#client);
      await this.#ask(this.#client, grouping, settings);
    } catch (error) {
      this.#reporter.failure(error);
    } finally {
      // What fails once is not tried again with the same picture.
      this.#seen = { image, question };
      this.#isBusy = false;
      // It may have been switched off meanwhile.
      if (!this.#isOn(this.#state.settings.peek())) this.#turnOff();
    }
  }

  async #estimate(client: EstimatorClient | null): Promise<void> {
    const { image, width, height } = this.#state.shown;
    if (!client || !image) return;
    const size = sizeOf(image);
    this.#scale = [width / size.width, height / size.height];
    const source = this.#state.source.peek();
    const { image: picture } = await client.estimate(await createImageBitmap(image), 0);
    this.#forgetLooked(this.sight.peek()?.picture);
    this.#looked = { picture, source };
  }

  /** @param shown is on the stage, and stays */
  #forgetLooked(shown: FrameImage | undefined): void {
    if (this.#looked && this.#looked.picture !== shown) this.#looked.picture.close();
    this.#looked = null;
  }

  async #ask(
    client: EstimatorClient | null,
    grouping: Parameters<EstimatorClient['regroup']>[0],
    settings: Settings,
  ): Promise<void> {
    const explanation = await client?.inspect({ about: 'people', grouping });
    if (!explanation) return;
    const { map: index } = settings;
    const map = index < 0 ? null : ((await client?.inspect({ about: 'map', index })) ?? null);
    const looked = this.#looked;
    if (!looked) return;
    const sight = { explanation: scaleExplanation(explanation, this.#scale), map, settings, ...looked };
    const before = this.sight.peek()?.picture;
    this.sight.value = sight;
    if (before !== sight.picture) before?.close();
    this.#onSight(sight);
  }

  #isOn({ xray, map, model }: Settings): boolean {
    const { registry } = this.#platform;
    return (xray || map >= 0) && registry.isHere(model) && familyOf(registry.info(model)).hasMaps;
  }
}

/** Of a picture that is smaller than its frame, in the frame's pixels. */
function scaleExplanation(explanation: Explanation, scale: readonly [x: number, y: number]): Explanation {
  const [x, y] = scale;
  return {
    ...explanation,
    bodies: scaleDetections({ bodies: explanation.bodies, hands: [] }, scale).bodies,
    peaks: explanation.peaks.map((peak) => ({ ...peak, x: peak.x * x, y: peak.y * y })),
  };
}
