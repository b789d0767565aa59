import { effect } from '@preact/signals-core';
import type { Recording } from '../core/recording.ts';
import { isJunkFile, isSystemFile } from '../core/texts/junk-files.ts';
import { DEFAULT_ACTOR_OPTIONS } from '../sources/actor/actor-options.ts';
import { ActorSource } from '../sources/actor/actor-source.ts';
import { CameraSource, listCameras } from '../sources/camera/camera.ts';
import type { PicturesSource } from '../sources/pictures/pictures-source.ts';
import type { FrameSource, Transport } from '../sources/source.ts';
import { personAt } from './analysis/follow.ts';
import { hasEnded, type Job } from './analysis/queue.ts';
import { watchForeignRequests } from './browser/foreign-requests.ts';
import { DeviceCheck } from './device-check/device-check.ts';
import type { Document } from './document/document.ts';
import { EngineRaces } from './engine-choice/engine-choice.ts';
import { describeChoice } from './engine-choice/rank.ts';
import { type ExportedFile, exportName } from './jobs/export-file.ts';
import { type ExportContent, Exports } from './jobs/exports.ts';
import { Videos } from './jobs/videos.ts';
import { CurrentModel } from './live/current-model.ts';
import { LiveRun } from './live/live-run.ts';
import type { TrackedPicture } from './live/pipeline.ts';
import { StatisticsGatherer } from './live/statistics.ts';
import { LiveLift } from './motion/live-lift.ts';
import { describePassedOver, type FoundNetworks, findNetworks } from './networks/network-files.ts';
import { Shelf } from './networks/shelf.ts';
import { Notices } from './notices.ts';
import { type NamedFile, planFiles } from './opening/open-files.ts';
import type { Opened } from './opening/opened.ts';
import { describeOtherVideos, partnerOf } from './opening/opening-plan.ts';
import { describeOthers } from './opening/reading.ts';
import { createPageReporter } from './page-reporter.ts';
import type { Reporter } from './reporter.ts';
import {
  rememberCamera,
  rememberedCamera,
  type Settings,
  toOrder,
  toTrackerOptions,
  writeSettings,
} from './settings.ts';
import { PictureShow } from './stage/picture-show.ts';
import { RecordingPlayback } from './stage/playback.ts';
import { regroupPicture } from './stage/regroup-picture.ts';
import { Stage } from './stage/stage.ts';
import type { Staged } from './stage/staged.ts';
import { createState, type State } from './state.ts';
import { Xray, type XraySight } from './tracking/xray.ts';
import type { Platform } from './workers.ts';

/** How often the status line is brought up to date, in milliseconds. */
const STATISTICS_INTERVAL_MS = 500;
const CAMERA_ASPECT = 16 / 9;
/** A source that runs shows its first frames undisturbed. */
const CHOOSE_ENGINE_AFTER_MS = 3000;
/** When the page has settled, it is looked up what was left unfinished. */
const LOOK_BACK_AFTER_MS = 1500;

/** What an export writes: a recording in memory, or the id of a stored one. */
type Subject = Recording | string;

/** The application without a face: what can be done, and a state that says how things are. */
export class Session {
  readonly state: State = createState();
  readonly #platform: Platform;
  readonly notices = new Notices();
  readonly #reporter: Reporter = createPageReporter(this.state, this.notices);
  readonly exports: Exports;
  readonly videos: Videos;
  /** The networks on this device. */
  readonly shelf: Shelf;
  /** What this device has, and how its engines do. */
  readonly check: DeviceCheck;
  /** What the network sees in the picture on the stage. */
  readonly xray: Xray;
  /** What is tracked as it comes. */
  #live: LiveRun | null = null;
  readonly #liveLift: LiveLift;
  readonly #stage: Stage;
  readonly #models: CurrentModel;
  readonly #engines: EngineRaces;
  /** What has been tracked or opened last; `null` before anything was. */
  #subject: Subject | null = null;
  /** How many frames that has: whoever is to hear of each would draw for each. */
  #frames = 0;
  #statistics = new StatisticsGatherer();
  readonly #pictures: PictureShow;
  /** Grows with every wish for a source: what was opened for an older wish is closed. */
  #wish = 0;
  /** A source is being opened that will take the stage. */
  #isStarting = false;
  /** Grows with every drop of files: while networks are read, others may be dropped. */
  #drops = 0;
  readonly #disposers: (() => void)[] = [];

  constructor(platform: Platform, settings: Settings) {
    this.#platform = platform;
    // Networks on this device aren't known yet: an address may ask for one.
    const wanted = new URLSearchParams(location.search).get('model');
    this.state.settings.value = settings;
    this.#stage = new Stage(this.state);
    this.#pictures = new PictureShow(this.state);
    this.exports = new Exports(platform, this.#reporter);
    this.#models = new CurrentModel(platform, this.#reporter);
    this.videos = new Videos(platform, this.state, this.#stage, this.#reporter, {
      onSubject: (id, frames) => this.#setSubject(id, frames),
      onOver: (source) => {
        if (this.#stage.transport === source) this.#endRun();
      },
      onDelete: () => this.#endRun(),
    });
    this.shelf = new Shelf(platform, this.state, this.#reporter, (change) => this.updateSettings(change));
    this.check = new DeviceCheck(platform);
    this.#liveLift = new LiveLift(platform, this.state, this.#reporter);
    this.#engines = new EngineRaces(platform);
    this.xray = new Xray(platform, this.state, this.#reporter, (sight) => this.#onSight(sight));
    void this.shelf.open(wanted);
    const timer = setInterval(() => {
      this.state.statistics.value = this.#statistics.summarize(performance.now());
      this.state.recordedFrames.value = this.#frames;
    }, STATISTICS_INTERVAL_MS);
    const lookBack = setTimeout(() => void this.videos.offerUnfinished(), LOOK_BACK_AFTER_MS);
    this.#disposers.push(
      () => clearInterval(timer),
      () => clearTimeout(lookBack),
      watchForeignRequests(this.#reporter.foreignRequest),
      this.state.networkVersion.subscribe(() => this.#trackPicturesAgain()),
      effect(() => this.#followSettings(this.state.settings.value)),
      effect(() => this.#followNetworks(this.state.networkVersion.value)),
    );
  }

  updateSettings(change: Partial<Settings>): void {
    const before = this.state.settings.value;
    this.state.settings.value = { ...before, ...change };
    const isDemo = this.state.source.value?.kind === 'demo';
    if (isDemo && ('actors' in change || 'seed' in change)) void this.startDemo();
    const isCamera = this.state.source.value?.kind === 'camera';
    if (isCamera && change.resolution && change.resolution !== before.resolution) void this.startCamera();
    this.#trackPicturesAgain();
  }

  /** Says what the pictures on the stage are: single ones, or frames of a film. They are tracked anew. */
  setPictureMeaning(meaning: 'single' | 'sequence'): void {
    this.#pictures.setMeaning(meaning);
    this.#trackPicturesAgain();
  }

  /** Pictures on the stage are tracked anew where the settings, or the network, have changed for them. */
  #trackPicturesAgain(): void {
    // What takes the stage is tracked as the settings are then. While a network is read, nothing does.
    if (this.#isStarting) return;
    const again = this.#pictures.openAgain(this.state.settings.peek());
    if (again) void this.#start('none', () => this.#toTrackPictures(again.files, again.source));
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
      return this.#toTrack(camera);
    });
  }

  async startDemo(): Promise<void> {
    const { seed, actors, people } = this.state.settings.value;
    if (people < actors) this.updateSettings({ people: actors });
    const options = { ...DEFAULT_ACTOR_OPTIONS, seed, actors };
    await this.#start('demo', async () =>
      this.#toTrack(new ActorSource(options, this.#platform.workers.actor)),
    );
  }

  /**
   * Opens networks, then videos, keypoints or pictures, and says what is left out. All frames of videos are tracked, one
   * video after the other.
   */
  async openFiles(files: readonly NamedFile[]): Promise<void> {
    const drop = ++this.#drops;
    const ofPeople = files.filter(({ name }) => !isSystemFile(name));
    const found = await this.#findNetworks(ofPeople.length > 0 ? ofPeople : files);
    if (!found) return;
    const { networks, passedOver, others } = found;
    if (passedOver.length > 0) this.#reporter.notice('info', describePassedOver(passedOver));
    if (networks.length > 0) await this.#openNetworks(networks);
    const media = networks.length > 0 ? others.filter(({ name }) => !isJunkFile(name)) : others;
    if ((networks.length > 0 && media.length === 0) || drop !== this.#drops) return;
    await this.#start('none', async () => {
      const { videos, keypoints, pictures, said } = await planFiles(media);
      if (said.length > 0) this.#reporter.notice('info', said.join(' '));
      const [first, ...more] = videos;
      if (keypoints.length > 0) return this.#openKeypoints(keypoints, videos);
      if (first) return this.videos.openFiles([first, ...more]);
      return this.#toTrackPictures(pictures, this.#pictures.open(pictures));
    });
  }

  async #findNetworks(files: readonly NamedFile[]): Promise<FoundNetworks | null> {
    try {
      return await findNetworks(files);
    } catch (error) {
      this.#reporter.failure(error);
      return null;
    }
  }

  /** Keypoints by themselves, or on the video of those given that they belong to. */
  async #openKeypoints(keypoints: readonly NamedFile[], videos: readonly NamedFile[]): Promise<Opened> {
    const video = partnerOf(videos, keypoints);
    const others = videos.filter((each) => each !== video);
    if (others.length > 0) this.#reporter.notice('info', describeOtherVideos(others.map(({ name }) => name)));
    const [id, ...more] = await this.videos.storeKeypoints(keypoints, video);
    if (id === undefined) throw new Error('What is read is one recording or more.');
    if (more.length > 0) this.#reporter.notice('info', describeOthers(more.length));
    return video
      ? this.videos.openBeside(video, id)
      : this.#toPlay(await this.videos.documents.open(id, 'stage'));
  }

  /** Reads networks, and tracks with the last one from now on. What runs goes on. */
  async #openNetworks(networks: readonly (readonly NamedFile[])[]): Promise<void> {
    this.state.isOpening.value = true;
    try {
      await this.shelf.take(networks);
    } finally {
      this.state.isOpening.value = this.#isStarting;
    }
  }

  /** Puts a job's video on the stage. */
  async showJob(job: Job): Promise<void> {
    await this.#start('none', () => this.videos.openJob(job));
  }

  /** Plays a stored recording; with its video, if that is at hand. */
  async openStored(id: string): Promise<void> {
    const job = this.videos.queue.jobs.peek().find(({ recordingId }) => recordingId === id);
    if (job) {
      await this.showJob(job);
      return;
    }
    await this.#start('none', async () => this.#toPlay(await this.videos.documents.open(id, 'stage')));
  }

  /** Follows the next of those on screen; after the last, everybody. */
  followNext(): void {
    const { shown, followedId } = this.state;
    const ids = shown.people.map(({ id }) => id).sort((a, b) => a - b);
    const current = followedId.peek();
    followedId.value = ids.find((id) => current === null || id > current) ?? null;
  }

  followNobody(): void {
    this.state.followedId.value = null;
  }

  /** Tracks the video on the stage anew, as the settings are now. */
  trackAgain(job: Job): void {
    this.videos.trackAgain(job, toOrder(this.state.settings.peek()));
  }

  /** Follows whoever is at a place of the frame on screen, in its pixels; nobody there: everybody again. */
  followAt(x: number, y: number): void {
    const person = personAt(this.state.shown.people, { x, y });
    const { followedId } = this.state;
    followedId.value = person && person.id !== followedId.peek() ? person.id : null;
  }

  /**
   * Ends the source, and the analysis of a video. What has been tracked stays, and can be exported; what was tracked to
   * its end stays on the stage, too.
   */
  stop(): void {
    this.#wish++;
    this.#setStarting(false);
    const job = this.videos.queue.find(this.state.shownJob.peek());
    if (this.state.document.peek() !== null && (!job || hasEnded(job))) {
      this.#stage.transport?.pause();
      this.state.isRunning.value = false;
    } else {
      this.#endRun();
      if (job) this.videos.queue.cancel(job.key);
    }
    this.updateSettings({ source: 'none' });
  }

  /** The document on the stage. */
  get staged(): Staged {
    return this.videos.staged;
  }

  get transport(): Transport | null {
    return this.#stage.transport;
  }

  /** Goes to a time of the recording on the stage, in seconds. */
  goTo(time: number): void {
    this.#stage.transport?.seek(time - (this.#stage.transport.startTime ?? 0));
  }

  /** Joints can be dragged from now on, or no longer. What plays stops. */
  setEditing(isEditing: boolean): void {
    this.state.isEditing.value = isEditing && this.state.document.peek() !== null;
    if (!isEditing) this.state.selected.value = null;
    this.#stage.transport?.pause();
    this.videos.refresh();
  }

  /** Keeps what has been tracked live as a recording, and shows it again, to be looked at and corrected. */
  async keep(): Promise<void> {
    const subject = this.#subject;
    if (subject === null || typeof subject === 'string') return;
    await this.#start('none', async () =>
      this.#toPlay(await this.videos.documents.open(await this.videos.keep(subject), 'stage')),
    );
  }

  /**
   * The file that an export would write now: its name, and whether it is better written straight to the disk. `null`:
   * there is nothing to write.
   *
   * @param id of a stored recording; else what is on the stage
   */
  planExport(id?: string): { readonly name: string; readonly isLarge: boolean } | null {
    const settings = this.state.settings.peek();
    const stored = this.videos.recordings.list.peek()?.find((recording) => recording.id === id);
    const frames = stored?.frames ?? this.state.recordedFrames.peek();
    const source = stored?.info?.name ?? this.state.source.peek()?.name ?? 'limn';
    if (frames === 0) return null;
    return { name: exportName(source, settings.format), isLarge: this.exports.isLarge(settings, frames) };
  }

  /**
   * A recording in the format that is set, `null` if there is nothing to write. What goes wrong is said as a
   * notice.
   *
   * @param id of a stored recording; else what has been tracked or opened last, as far as it is
   * @param target where to write; `null`: the file is given back
   */
  async export(id?: string, target: FileSystemFileHandle | null = null): Promise<ExportedFile | null> {
    const subject = id ?? this.#subject;
    if (!subject) return null;
    const personId = id === undefined ? this.state.followedId.peek() : null;
    const read = async (): Promise<ExportContent> => ({ ...(await this.#read(subject)), personId });
    return this.exports.write(read, this.state.settings.peek(), target);
  }

  /** To be called by whoever paints a new picture. */
  countShown(): void {
    this.#statistics.addShown(performance.now());
  }

  dispose(): void {
    this.#endRun();
    this.exports.cancel();
    this.check.cancel();
    this.xray.close();
    this.shelf.close();
    this.videos.close();
    this.#models.close();
    this.#stage.close();
    for (const dispose of this.#disposers) dispose();
  }

  /** Replaces what runs by what `open` gives; if that fails, what runs goes on. */
  async #start(kind: Settings['source'], open: () => Promise<Opened>): Promise<void> {
    const wish = ++this.#wish;
    this.#setStarting(true);
    try {
      const opened = await open();
      if (wish !== this.#wish) {
        opened.close();
        return;
      }
      this.#endRun();
      this.updateSettings({ source: kind });
      this.#statistics = new StatisticsGatherer();
      this.state.isRunning.value = true;
      this.#setStarting(false);
      await opened.begin();
    } catch (error) {
      if (wish === this.#wish) this.#reporter.failure(error);
    } finally {
      if (wish === this.#wish) this.#setStarting(false);
    }
  }

  #setStarting(isStarting: boolean): void {
    this.#isStarting = isStarting;
    this.state.isOpening.value = isStarting;
  }

  async #toTrackPictures(files: readonly NamedFile[], opening: Promise<PicturesSource>): Promise<Opened> {
    const source = await opening;
    source.onNote = (text) => this.#reporter.notice('info', text);
    return {
      close: () => source.close(),
      begin: () => {
        const { notes = [] } = source.info;
        if (notes.length > 0) this.#reporter.notice('info', notes.join(' '));
        this.#pictures.begin(source, files);
        return this.#track(source);
      },
    };
  }

  #toTrack(source: FrameSource): Opened {
    return { begin: () => this.#track(source), close: () => source.close() };
  }

  async #track(source: FrameSource): Promise<void> {
    this.#stage.enter(source.info, source.transport);
    const live = new LiveRun(source, {
      models: this.#models,
      version: this.#platform.version,
      settings: () => this.state.settings.peek(),
      isMirrored: this.state.isMirrored.value,
      onTracked: (picture, recording) => this.#onTracked(picture, recording, source),
      onRecalled: (picture) => {
        this.#statistics.people = picture.people.length;
        this.#stage.show(picture);
      },
      reporter: this.#reporter,
    });
    this.#live = live;
    if (source.info.live) void this.#chooseEngine(live);
    try {
      await live.run();
    } catch (error) {
      if (this.#live === live) this.#reporter.failure(error);
    } finally {
      if (this.#live === live) this.#endRun();
      else source.close();
    }
  }

  /** What `auto` stands for is measured while a live source runs, once; then the best engine takes over. */
  async #chooseEngine(live: LiveRun): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, CHOOSE_ENGINE_AFTER_MS));
    if (this.#live !== live || this.state.recordedFrames.peek() === 0) return;
    const ranked = await this.#engines.consider(toTrackerOptions(this.state.settings.peek()), () =>
      live.hold(),
    );
    const [best] = ranked ?? [];
    const used = this.state.device.peek()?.engine;
    if (!best || this.#live !== live || best.engine === used) return;
    this.#reporter.notice(
      'info',
      describeChoice(best, ranked?.find(({ engine }) => engine === used) ?? null),
    );
    this.#models.renew();
    await live.ensureModel();
  }

  #toPlay(document: Document): Opened {
    return {
      close: () => document.close(),
      begin: () => {
        const { info } = document;
        this.videos.staged.hold(document);
        this.#setSubject(document.id, document.frameCount);
        const playback = new RecordingPlayback(document.frames, ({ people, time, width, height }) => {
          this.#statistics.people = people.length;
          this.#stage.show({
            image: null,
            width: width ?? info.width,
            height: height ?? info.height,
            time,
            people,
          });
        });
        this.#stage.enter(playback.info, playback);
        playback.play();
      },
    };
  }

  #setSubject(subject: Subject, frames: number): void {
    const isAnother = subject !== this.#subject;
    if (isAnother) this.state.followedId.value = null;
    this.#subject = subject;
    this.videos.liveLog.removeOther(subject);
    this.state.canKeep.value = typeof subject !== 'string';
    this.#frames = frames;
    // What is stored grows by batches.
    if (isAnother || typeof subject === 'string') this.state.recordedFrames.value = frames;
  }

  async #read(subject: Subject): Promise<Omit<ExportContent, 'personId'>> {
    if (typeof subject === 'string') {
      return { ...(await this.videos.read(subject)), video: this.videos.videoOf(subject) };
    }
    const { info, frames } = subject;
    return { name: info.source.name, info, frames, edits: [], video: null };
  }

  #onTracked(picture: TrackedPicture, recording: Recording, source: FrameSource): void {
    const { image, width, height, tracked, milliseconds } = picture;
    const people = this.#liveLift.follow(picture, recording);
    // Only with its first frame does a recording take the place of the last one: what was tracked stays till then.
    this.#setSubject(recording, recording.frames.length);
    if (source.info.kind === 'camera') this.videos.liveLog.add(recording, picture.tracked);
    this.#statistics.addTracked(milliseconds, performance.now());
    this.#statistics.dropped = source.dropped;
    this.#statistics.people = people.length;
    this.#stage.show({ image, width, height, time: tracked.time, people });
  }

  /** In a picture of its own, people are those that the thresholds make of it now: on the stage, and in files. */
  #onSight({ explanation, settings }: XraySight): void {
    const subject = this.#subject;
    if (subject === null || typeof subject === 'string') return;
    const people = regroupPicture(subject, explanation, settings);
    if (people) this.#stage.showPeople(people);
  }

  #endRun(): void {
    const live = this.#live;
    this.#live = null;
    this.state.recordedFrames.value = this.#frames;
    this.#engines.cancel();
    live?.stop();
    this.#liveLift.end();
    this.#stage.leave();
    this.#pictures.end();
    this.videos.hide();
    this.state.isRunning.value = false;
  }

  /** Settings that concern the model take effect while running; the address always says how things are. */
  #followSettings(settings: Settings): void {
    const address = `${location.pathname}${writeSettings(settings)}${location.hash}`;
    if (address !== `${location.pathname}${location.search}${location.hash}`) {
      history.replaceState(null, '', address);
    }
    void this.#live?.ensureModel();
    this.videos.refresh();
  }

  /** What runs holds a network as it was before something else was said of it. */
  #followNetworks(version: number): void {
    if (version === 0) return;
    this.#models.renew();
    void this.#live?.ensureModel();
  }
}
