import { signal } from '@preact/signals-core';
import { toSentence } from '../../core/errors.ts';
import { bundledNetwork } from '../../families/bundled-networks.ts';
import { catalogNetwork, DEFAULT_MODEL } from '../../families/catalog/catalog.ts';
import { familyOf, findsAll } from '../../families/families.ts';
import type { NetworkFamily } from '../../families/family.ts';
import type { DownloadProgress } from '../../families/files/assets.ts';
import type { ScalingTrial } from '../../families/maps/explanation.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import type { NetworkSummary } from '../../families/network.ts';
import type { PictureScaling } from '../../families/picture-scaling.ts';
import { hasPrivateFiles } from '../../recording/log/private-files.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import { EstimatorClient } from '../../tracking/estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { EngineRun } from '../device-check/race.ts';
import type { Reporter } from '../reporter.ts';
import { type Settings, toTrackerOptions } from '../settings.ts';
import type { State } from '../state.ts';
import { AUTOMATIC_PEOPLE } from '../wanted-people.ts';
import { describeSearch, findScaling, type ScalingSearch } from './find-scaling.ts';
import { gatherFacts, measureEngines, type NetworkFacts } from './measuring.ts';

/** Shown where there is no picture on the stage: engines take as long for any. */
const BLANK = { width: 656, height: 368 };

/** What networks are for that are no models by themselves. */
const PART_USES: Readonly<Record<NetworkFamily['role'], string>> = {
  track: 'It is used beside a network for bodies.',
  find: 'It is used beside a network that is told where somebody is.',
  lift: 'It is used beside a network for bodies, under Motion.',
};

/** So many sentences are read. */
const MOST_REFUSALS = 2;

/** The networks on this device: brought, fetched, looked at and thrown away. */
export class InstalledNetworks {
  readonly #platform: Platform;
  readonly #state: State;
  readonly #reporter: Reporter;
  readonly #updateSettings: (change: Partial<Settings>) => void;
  /** What is being fetched. */
  readonly fetching = signal<{ readonly id: string; readonly progress: DownloadProgress | null } | null>(
    null,
  );
  /** By network, what it is made of; only of those that have been looked at. */
  readonly facts = signal<ReadonlyMap<string, NetworkFacts>>(new Map());
  readonly figures = signal<{ readonly id: string; readonly engines: readonly EngineRun[] } | null>(null);
  /** How a network does with each way of scaling pictures. */
  readonly trials = signal<{ readonly id: string; readonly trials: readonly ScalingTrial[] } | null>(null);
  readonly isBusy = signal(false);
  #abort = new AbortController();

  constructor(
    platform: Platform,
    state: State,
    reporter: Reporter,
    updateSettings: (change: Partial<Settings>) => void,
  ) {
    this.#platform = platform;
    this.#state = state;
    this.#reporter = reporter;
    this.#updateSettings = updateSettings;
  }

  /** Looks up what lies on this device. @param wanted a model that an address has asked for */
  async open(wanted: string | null): Promise<void> {
    if (!hasPrivateFiles()) return;
    await this.#try(() => this.#platform.networks.list());
    this.#refresh();
    if (
      wanted !== null &&
      wanted !== this.#state.settings.peek().model &&
      this.#platform.registry.record(wanted)
    ) {
      this.choose(wanted);
    }
  }

  /** Reads networks that were dropped, each from its own files, and tracks with the last one from now on. */
  async take(networks: readonly (readonly NamedFile[])[]): Promise<void> {
    const refusals: string[] = [];
    for (const files of networks) {
      try {
        const { network, files: unkept } = await this.#platform.networks.read(files, {}, true);
        // Before anything is tracked with it.
        const search = await this.#findScaling(network);
        this.#welcome(this.#platform.registry.summary(network.info.id) ?? network, unkept === null);
        if (search) {
          this.#reporter.notice(search.outcome === 'found' ? 'info' : 'error', describeSearch(search));
        }
      } catch (error) {
        refusals.push(toSentence(error));
      }
    }
    // A folder may be full of networks for something else.
    const [said, more] = [refusals.slice(0, MOST_REFUSALS), refusals.slice(MOST_REFUSALS)];
    for (const text of said) this.#reporter.notice('error', text);
    if (more.length > 0)
      this.#reporter.notice('error', `${more.length} more networks in it are not of a kind that Limn runs.`);
  }

  /** Fetches a network of the catalogue. */
  async fetch(id: string): Promise<void> {
    const entry = catalogNetwork(id);
    if (!entry || this.fetching.peek()) return;
    const { signal } = this.#renew();
    this.fetching.value = { id, progress: null };
    await this.#try(async () => {
      const onProgress = (progress: DownloadProgress): void => {
        this.fetching.value = { id, progress };
      };
      const request = { type: 'catalog', id: entry.info.id } as const;
      const files = await this.#platform.networks.fetch(request, {
        onProgress,
        signal,
        onForeignRequest: () => this.#reporter.foreignRequest(),
      });
      const { network, files: unkept } = await this.#platform.networks.read(files, {}, true);
      this.#welcome(network, unkept === null);
    });
    this.fetching.value = null;
  }

  cancel(): void {
    this.#abort.abort(new DOMException('It was cancelled.', 'AbortError'));
  }

  async delete(id: string): Promise<void> {
    const { origin, label } = this.#platform.registry.info(id);
    await this.#try(async () => {
      await this.#platform.networks.delete(id);
      if (this.#state.settings.peek().model === id) this.choose(DEFAULT_MODEL);
      const again = origin === 'catalog' ? ' It can be fetched again.' : '';
      this.#reporter.notice('info', `${label} is no longer on this device.${again}`);
    });
    this.#refresh();
  }

  choose(id: string): void {
    this.#updateSettings(this.changeTo(id));
  }

  /** What the settings become with a model. */
  changeTo(id: string): Partial<Settings> {
    const info = this.#platform.registry.info(id);
    const { threshold } = familyOf(info);
    const hasChanged = this.#platform.registry.info(this.#state.settings.peek().model).family !== info.family;
    const people = findsAll(info) ? { people: AUTOMATIC_PEOPLE } : {};
    return { model: info.id, ...people, ...(hasChanged && { threshold }) };
  }

  /** Looks at a network, to say what it is made of. */
  async look(id: string): Promise<void> {
    if (!this.#platform.registry.record(id) && !bundledNetwork(id)) return;
    await this.#try(async () => {
      await this.#platform.networks.ensure(id);
      // What is known of it may be known only now.
      this.#refresh();
      const network = this.#platform.registry.mapsTraits(id);
      // What ONNX files say of themselves is known already.
      if (!network || network.info.isPart || network.info.family === 'maps-onnx') return;
      const { shown } = this.#state;
      const frame = shown.width > 0 ? shown : BLANK;
      const facts = await gatherFacts(id, frame, this.#optionsFor(network.info), this.#platform);
      this.facts.value = new Map(this.facts.peek()).set(id, facts);
    });
  }

  /** Runs a model on every engine. */
  async measure(id: string): Promise<void> {
    const info = this.#platform.registry.info(id);
    const options = this.#optionsFor(info);
    const { signal } = this.#renew();
    this.isBusy.value = true;
    const report = (engines: readonly EngineRun[]): void => {
      this.figures.value = { id, engines };
    };
    await this.#try(async () => {
      const picture = await this.#picture();
      try {
        await measureEngines(info, options, picture, this.#platform, report, signal);
      } finally {
        picture.close();
      }
    });
    this.isBusy.value = false;
  }

  /** Looks at the picture on the stage with every way of scaling it. */
  async tryScalings(id: string): Promise<void> {
    const wanted = toEstimatorOptions(
      this.#optionsFor(this.#platform.registry.info(id)),
      'image',
      this.#platform.registry,
    );
    this.isBusy.value = true;
    await this.#try(async () => {
      const client = await EstimatorClient.open(wanted.options, wanted.engine, this.#platform);
      try {
        const trials = await client.inspect({ about: 'scalings', image: await this.#picture() });
        if (trials) this.trials.value = { id, trials };
      } finally {
        client.close();
      }
    });
    this.isBusy.value = false;
  }

  /** Gives a network its pictures scaled in another way from now on. */
  async useScaling(id: string, scaling: PictureScaling): Promise<void> {
    this.isBusy.value = true;
    await this.#try(() => this.#platform.networks.describe(id, { scaling }));
    this.isBusy.value = false;
    // What runs holds the network as it was.
    this.#state.networkVersion.value++;
    this.#refresh();
  }

  /** Says of a lifter whether it looks at the past only. */
  async setCausal(id: string, isCausal: boolean): Promise<void> {
    this.isBusy.value = true;
    await this.#try(() => this.#platform.networks.describe(id, { isCausal }));
    this.isBusy.value = false;
    this.#refresh();
  }

  close(): void {
    this.cancel();
  }

  #welcome({ info }: NetworkSummary, isKept: boolean): void {
    this.#refresh();
    if (!info.isPart) this.choose(info.id);
    const what = info.isPart ? PART_USES[familyOf(info).role] : 'It is now the model.';
    const kept = isKept ? '' : ' It can’t be kept on this device: it is gone when the page is closed.';
    this.#reporter.notice('info', `${info.label} is read. ${info.description}. ${what}${kept}`);
  }

  /** On the picture on the stage, if somebody was found in it. */
  #findScaling({ info }: NetworkSummary): Promise<ScalingSearch | null> {
    const takePicture = async (): Promise<ImageBitmap | null> => {
      const { image, people } = this.#state.shown;
      return image && people.length > 0 ? createImageBitmap(image) : null;
    };
    return findScaling(info.id, this.#optionsFor(info), takePicture, this.#platform);
  }

  /** What the settings ask for, of another model. */
  #optionsFor({ id }: Pick<ModelInfo, 'id'>): TrackerOptions {
    return toTrackerOptions({ ...this.#state.settings.peek(), model: id }, this.#platform.registry);
  }

  #refresh(): void {
    this.#state.models.value = this.#platform.registry.models;
  }

  /** A copy of what is on the stage. */
  #picture(): Promise<ImageBitmap> {
    const { image } = this.#state.shown;
    return createImageBitmap(image ?? new OffscreenCanvas(BLANK.width, BLANK.height));
  }

  #renew(): AbortController {
    this.cancel();
    this.#abort = new AbortController();
    return this.#abort;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#reporter.failure(error);
    }
  }
}
