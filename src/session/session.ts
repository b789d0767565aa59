import { effect } from '@preact/signals-core';
import { isAbort, toSentence } from '../core/errors.ts';
import { Recording } from '../core/recording.ts';
import type { DeviceInfo } from '../models/estimator.ts';
import { DEFAULT_ACTOR_OPTIONS } from '../sources/actor/actor-options.ts';
import { ActorSource } from '../sources/actor/actor-source.ts';
import { CameraSource, listCameras } from '../sources/camera.ts';
import type { FrameSource, SourceFrame, Transport } from '../sources/source.ts';
import type { Estimate, EstimatorClient } from './estimator-client.ts';
import { type ExportedFile, exportInWorker } from './export-file.ts';
import { watchForeignRequests } from './foreign-requests.ts';
import { describeRestart, ModelHost } from './model-host.ts';
import { type NamedFile, openFiles } from './open-files.ts';
import { Pipeline, type TrackedPicture } from './pipeline.ts';
import { RecordingPlayback } from './playback.ts';
import { rememberCamera, rememberedCamera, type Settings, writeSettings } from './settings.ts';
import { createState, type Notice, type State } from './state.ts';
import { StatisticsGatherer } from './statistics.ts';
import type { Platform } from './workers.ts';

/** How often the status line is brought up to date, in milliseconds. */
const STATISTICS_INTERVAL_MS = 500;
const NOTICE_LIMIT = 4;
const CAMERA_ASPECT = 16 / 9;

/** The application without a face: what can be done, and a state that says how things are. */
export class Session {
  readonly state: State = createState();
  readonly #platform: Platform;
  #pipeline: Pipeline | null = null;
  #transport: (Transport & { close?: () => void }) | null = null;
  readonly #models: ModelHost;
  #recording: Recording | null = null;
  #statistics = new StatisticsGatherer();
  #nextNotice = 0;
  /** The device that the recording's last run names. */
  #notedDevice: DeviceInfo | null = null;
  /** Grows with every wish for a source: what was opened for an older wish is closed. */
  #wish = 0;
  readonly #disposers: (() => void)[] = [];

  constructor(platform: Platform, settings: Settings) {
    this.#platform = platform;
    this.state.settings.value = settings;
    this.#models = new ModelHost(platform, {
      onLoading: (progress) => {
        this.state.loading.value = progress;
      },
      onDevice: (device) => {
        this.state.device.value = device;
      },
      onForeignRequest: this.#countForeignRequest,
      onNotice: (kind, text) => this.notify(kind, text),
    });
    const timer = setInterval(() => {
      this.state.statistics.value = this.#statistics.summarize(performance.now());
    }, STATISTICS_INTERVAL_MS);
    this.#disposers.push(
      () => clearInterval(timer),
      watchForeignRequests(this.#countForeignRequest),
      effect(() => this.#followSettings(this.state.settings.value)),
    );
  }

  /** What has been tracked or opened last; `null` before anything was. */
  get recording(): Recording | null {
    return this.#recording;
  }

  updateSettings(change: Partial<Settings>): void {
    const before = this.state.settings.value;
    this.state.settings.value = { ...before, ...change };
    const isDemo = this.state.source.value?.kind === 'demo';
    if (isDemo && ('actors' in change || 'seed' in change)) void this.startDemo();
    const isCamera = this.state.source.value?.kind === 'camera';
    if (isCamera && change.resolution && change.resolution !== before.resolution) void this.startCamera();
  }

  /** @param deviceId `undefined`: the one used last */
  async startCamera(deviceId?: string): Promise<void> {
    const height = Number(this.state.settings.value.resolution);
    await this.#start('camera', async () => {
      const camera = await CameraSource.open({
        deviceId: deviceId ?? rememberedCamera(),
        width: Math.round(height * CAMERA_ASPECT),
        height,
      });
      if (camera.deviceId) rememberCamera(camera.deviceId);
      this.state.cameraId.value = camera.deviceId;
      this.state.cameras.value = await listCameras();
      return camera;
    });
  }

  async startDemo(): Promise<void> {
    const { seed, actors, people } = this.state.settings.value;
    if (people < actors) this.updateSettings({ people: actors });
    const options = { ...DEFAULT_ACTOR_OPTIONS, seed, actors };
    await this.#start('demo', async () => new ActorSource(options, this.#platform.workers.actor));
  }

  /** Opens pictures, a video or keypoints. */
  async openFiles(files: readonly NamedFile[]): Promise<void> {
    if (files.length === 0) return;
    await this.#start('none', async () => {
      const opened = await openFiles(files);
      if (opened.kind === 'recording') return opened.recording;
      if (opened.skipped > 0) {
        this.notify('info', `${opened.skipped} more files were left out: Limn opens one video, or pictures.`);
      }
      return opened.source;
    });
  }

  /** Ends the source. What has been tracked stays, and can be exported. */
  stop(): void {
    this.#wish++;
    this.state.isOpening.value = false;
    this.#endRun();
    this.updateSettings({ source: 'none' });
  }

  get transport(): Transport | null {
    return this.#transport;
  }

  /**
   * The recording so far in the format that is set, `null` if there is nothing to write. What goes wrong is said
   * as a notice.
   */
  async export(): Promise<ExportedFile | null> {
    const { format, smoothed, strength } = this.state.settings.value;
    const { isExporting } = this.state;
    const recording = this.#recording;
    if (!recording || isExporting.value) return null;
    isExporting.value = true;
    try {
      return await exportInWorker(
        recording,
        format,
        smoothed ? strength : false,
        this.#platform.workers.export,
      );
    } catch (error) {
      this.notify('error', toSentence(error));
      return null;
    } finally {
      isExporting.value = false;
    }
  }

  notify(kind: Notice['kind'], text: string): void {
    const { notices } = this.state;
    const others = notices.value.filter((notice) => notice.text !== text);
    notices.value = [...others, { id: this.#nextNotice++, kind, text }].slice(-NOTICE_LIMIT);
  }

  dismissNotice(id: number): void {
    this.state.notices.value = this.state.notices.value.filter((notice) => notice.id !== id);
  }

  /** To be called by whoever paints a new picture. */
  countShown(): void {
    this.#statistics.addShown(performance.now());
  }

  dispose(): void {
    this.#endRun();
    this.#models.close();
    this.state.shown.image?.close();
    this.state.shown.image = null;
    for (const dispose of this.#disposers) dispose();
  }

  /** Replaces what runs by what `open` gives; if that fails, what runs goes on. */
  async #start(kind: Settings['source'], open: () => Promise<FrameSource | Recording>): Promise<void> {
    const wish = ++this.#wish;
    this.state.isOpening.value = true;
    try {
      const opened = await open();
      if (wish !== this.#wish) {
        if (!(opened instanceof Recording)) opened.close();
        return;
      }
      this.#endRun();
      this.updateSettings({ source: kind });
      if (opened instanceof Recording) this.#playRecording(opened);
      else await this.#track(opened);
    } catch (error) {
      if (wish === this.#wish && !isAbort(error)) this.notify('error', toSentence(error));
    } finally {
      if (wish === this.#wish) this.state.isOpening.value = false;
    }
  }

  async #track(source: FrameSource): Promise<void> {
    this.#statistics = new StatisticsGatherer();
    this.state.source.value = source.info;
    this.#setTransport(source.transport);
    const recording = this.#createRecording(source);
    const pipeline = new Pipeline({
      source,
      estimate: (frame) => this.#estimate(frame, recording),
      smoothing: () => {
        const { smooth, strength } = this.state.settings.value;
        return smooth && !source.info.isStill ? strength : null;
      },
      onFrameLost: (error) => this.notify('info', describeRestart(error)),
      onTracked: (picture) => this.#onTracked(picture, recording, source),
    });
    this.#pipeline = pipeline;
    this.state.isRunning.value = true;
    this.state.isOpening.value = false;
    this.#ensureModel();
    try {
      await pipeline.run();
    } catch (error) {
      if (this.#pipeline === pipeline && !isAbort(error)) this.notify('error', toSentence(error));
    } finally {
      if (this.#pipeline === pipeline) this.#endRun();
      else source.close();
    }
  }

  #playRecording(recording: Recording): void {
    this.#recording = recording;
    this.state.recordedFrames.value = recording.frames.length;
    this.#statistics = new StatisticsGatherer();
    this.state.source.value = {
      kind: 'recording',
      name: recording.info.source.name,
      live: false,
      isStill: false,
      duration: recording.frames.at(-1)?.time ?? 0,
      frameRate: null,
      prefersMirror: recording.info.mirrored,
      byteLength: null,
      demo: null,
    };
    const playback = new RecordingPlayback(recording, ({ people, time, width, height }) => {
      this.#statistics.people = people.length;
      this.#show({
        image: null,
        width: width ?? recording.info.width,
        height: height ?? recording.info.height,
        time,
        people,
      });
    });
    this.#setTransport(playback);
    this.state.isRunning.value = true;
    playback.play();
  }

  #createRecording({ info }: FrameSource): Recording {
    const { kind, name, byteLength, demo } = info;
    return new Recording({
      limn: this.#platform.version,
      created: new Date().toISOString(),
      source: { kind, name, ...(byteLength !== null && { byteLength }), ...(demo && { demo }) },
      width: 1,
      height: 1,
      mirrored: this.state.isMirrored.value,
      runs: [],
    });
  }

  #onTracked(picture: TrackedPicture, recording: Recording, source: FrameSource): void {
    const { image, width, height, tracked, people, milliseconds } = picture;
    if (recording.frames.length === 0) {
      recording.info = { ...recording.info, width, height };
      // Only now does a new recording take the place of the last one: what was tracked before stays until then.
      this.#recording = recording;
    }
    recording.put(tracked);
    this.#statistics.addTracked(milliseconds, performance.now());
    this.#statistics.dropped = source.dropped;
    this.#statistics.people = people.length;
    this.state.recordedFrames.value = recording.frames.length;
    this.#show({ image, width, height, time: tracked.time, people });
  }

  #show(next: Omit<State['shown'], 'version'>): void {
    const { shown } = this.state;
    shown.image?.close();
    Object.assign(shown, next, { version: shown.version + 1 });
  }

  #setTransport(transport: (Transport & { close?: () => void }) | null): void {
    this.#transport = transport;
    this.state.transport.value = transport?.state ?? null;
    if (transport) {
      transport.onChange = () => {
        this.state.transport.value = transport.state;
      };
    }
  }

  #endRun(): void {
    const pipeline = this.#pipeline;
    this.#pipeline = null;
    pipeline?.stop();
    if (this.#transport) {
      this.#transport.onChange = null;
      this.#transport.close?.();
    }
    this.#setTransport(null);
    this.state.isRunning.value = false;
    this.state.source.value = null;
  }

  async #estimate(frame: SourceFrame, recording: Recording): Promise<Estimate> {
    const client = (await this.#models.current()) ?? (await this.#ensureModel());
    if (!client) {
      frame.close();
      throw new DOMException('No model could be opened; that was said already.', 'AbortError');
    }
    this.#noteRun(client, recording);
    return client.estimate(frame.image, frame.time);
  }

  /** Notes in the recording what runs, where that is another than before. */
  #noteRun(client: EstimatorClient, recording: Recording): void {
    // A device is described anew only when it changes, so this costs nothing per frame.
    if (client.device === this.#notedDevice && recording.info.runs.length > 0) return;
    this.#notedDevice = client.device;
    const { run } = client;
    const last = recording.info.runs.at(-1);
    if (!last || JSON.stringify({ ...last, firstFrame: 0 }) !== JSON.stringify({ firstFrame: 0, ...run })) {
      recording.beginRun(run);
    }
  }

  /** Settings that concern the model take effect while running; the address always says how things are. */
  #followSettings(settings: Settings): void {
    const address = `${location.pathname}${writeSettings(settings)}${location.hash}`;
    if (address !== `${location.pathname}${location.search}${location.hash}`) {
      history.replaceState(null, '', address);
    }
    if (this.state.isRunning.peek() && this.#pipeline) void this.#ensureModel();
  }

  /** Opens the model that the settings ask for, if it isn't open; the one in use goes on until then. */
  #ensureModel(): Promise<EstimatorClient | null> {
    const { model, engine, hands, people } = this.state.settings.peek();
    const isStill = this.state.source.peek()?.isStill ?? false;
    return this.#models.ensure({ model, hands, people, mode: isStill ? 'image' : 'video' }, engine);
  }

  readonly #countForeignRequest = (): void => {
    this.state.foreignRequests.value++;
  };
}
