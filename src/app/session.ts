import { watchForeignRequests } from '../browser/foreign-requests.ts';
import type { ModelRegistry } from '../families/registry.ts';
import { isSameSeries, type Series } from '../motion/series/series.ts';
import type { Transport } from '../sources/source.ts';
import type { Platform } from '../tracking/platform.ts';
import { keepAddress } from './address.ts';
import { DeviceCheck } from './device-check/device-check.ts';
import { KnownSpeeds } from './engine-choice/known-speeds.ts';
import { Deletions } from './jobs/deletions.ts';
import { Dismissals } from './jobs/dismissals.ts';
import { Exports } from './jobs/exports.ts';
import { Library } from './jobs/library.ts';
import { hasEnded, type Job } from './jobs/queue.ts';
import type { Recordings } from './jobs/recordings.ts';
import { Videos } from './jobs/videos.ts';
import { LiveTracking } from './live/live-tracking.ts';
import { StatisticsGatherer } from './live/statistics.ts';
import { Takes } from './live/takes/takes.ts';
import { NobodyFound } from './look/nobody-found.ts';
import { PeopleOnStage } from './look/people-on-stage.ts';
import { Retracking } from './look/retracking.ts';
import { type Mode, needsDocument } from './modes.ts';
import { CleanUp } from './motion/clean-up.ts';
import { InstalledNetworks } from './networks/installed-networks.ts';
import { Xray, type XraySight } from './networks/xray.ts';
import { Notices } from './notices.ts';
import { MissingVideo } from './opening/missing-video.ts';
import { Opener } from './opening/opener.ts';
import { createPageReporter } from './page-reporter.ts';
import { type Settings, toOrder } from './settings.ts';
import { regroupPicture } from './stage/regroup-picture.ts';
import { Stage } from './stage/stage.ts';
import { StageDocument } from './stage/stage-document.ts';
import { StageRuns } from './stage/stage-runs.ts';
import { Subject } from './stage/subject.ts';
import { createState, type State } from './state.ts';

/** How often the status line is brought up to date, in milliseconds. */
const STATISTICS_INTERVAL_MS = 500;
/** All angles of somebody, and one number more. */
export const MOST_PLOTS = 12;
/** When the page has settled, it is looked up what was left unfinished. */
const LOOK_BACK_AFTER_MS = 1500;

/** The application without a face: what can be done, and a state that says how things are. */
export class Session {
  readonly state: State = createState();
  /** The models that there are. */
  readonly registry: ModelRegistry;
  readonly notices = new Notices();
  /** Opens what takes the stage. */
  readonly open: Opener;
  readonly exports: Exports;
  /** The videos of stored recordings. */
  readonly missing: MissingVideo;
  /** Recordings that are about to be deleted. */
  readonly deletions: Deletions;
  /** What was taken off the queue a moment ago. */
  readonly dismissals: Dismissals;
  readonly videos: Videos;
  /** The document on the stage over time, its corrections by hand, and what it is compared with. */
  readonly staged: StageDocument;
  /** Takes of what a camera gives. */
  readonly takes: Takes;
  /** The networks on this device. */
  readonly installed: InstalledNetworks;
  /** How fast models are on this device. */
  readonly speeds: KnownSpeeds;
  /** What this device has, and how its engines do. */
  readonly check: DeviceCheck;
  /** What the network sees in the picture on the stage. */
  readonly xray: Xray;
  /** Videos on the stage that were tracked otherwise than the settings ask for. */
  readonly retracking: Retracking;
  /** What is said, and can be done, where nobody is found. */
  readonly nobody: NobodyFound;
  /** Who is on the stage. */
  readonly people: PeopleOnStage;
  /** Cleans the document on the stage up, as a preview first. */
  readonly cleanUp: CleanUp;
  readonly #stage: Stage;
  readonly #runs: StageRuns;
  readonly #subject: Subject;
  readonly #library: Library;
  readonly #live: LiveTracking;
  readonly #statistics = new StatisticsGatherer();
  readonly #disposers: (() => void)[] = [];

  constructor(platform: Platform, settings: Settings) {
    const { state } = this;
    this.registry = platform.registry;
    // Networks on this device aren't known yet: an address may ask for one.
    const wanted = new URLSearchParams(location.search).get('model');
    state.settings.value = settings;
    const reporter = createPageReporter(state, this.notices);
    const stage = new Stage(state);
    const runs = new StageRuns(state, stage, reporter);
    const library = new Library(platform, state, reporter);
    const subject = new Subject(state, library.liveLog);
    const staged = new StageDocument(platform, state, stage, library.documents, reporter);
    const installed = new InstalledNetworks(platform, state, reporter, (change) =>
      this.updateSettings(change),
    );
    const parts = { stage, staged, runs, subject, library, statistics: this.#statistics };
    const takes = new Takes(state, library, reporter);
    const live = new LiveTracking(platform, state, reporter, { ...parts, takes });
    const videos = new Videos(platform, state, reporter, parts);
    this.open = new Opener(platform, state, reporter, { ...parts, live, videos, installed, takes });
    this.deletions = new Deletions((id) => videos.delete(id));
    this.dismissals = new Dismissals(videos.queue);
    this.missing = new MissingVideo(platform, reporter, { runs, library, videos });
    videos.onVideo = (id, video) => this.missing.note(id, video);
    videos.onDeleted = (id) => {
      this.missing.forget(id);
      this.dismissals.forget(id);
    };
    this.exports = new Exports(platform, state, reporter, { subject, library, videos });
    this.speeds = new KnownSpeeds(platform);
    this.check = new DeviceCheck(platform);
    this.xray = new Xray(platform, state, reporter, (sight) => this.#onSight(sight));
    this.people = new PeopleOnStage(state, {
      subject,
      editing: staged.editing,
      view: staged.timeline.view,
    });
    const hasVideo = (id: string): boolean => videos.videoOf(id) !== null;
    const { jobs } = videos.queue;
    this.retracking = new Retracking({
      state,
      registry: this.registry,
      jobs,
      hasVideo,
      trackAgain: (job, order) => videos.trackAgain(job, order),
      trackShown: () => void this.open.trackShownVideo(),
    });
    this.nobody = new NobodyFound({
      state,
      registry: this.registry,
      jobs,
      view: staged.timeline.view,
      hasVideo,
      changeTo: (model) => installed.changeTo(model),
      update: (change) => this.updateSettings(change),
      retrack: () => this.retracking.start(),
    });
    this.cleanUp = new CleanUp({
      state,
      personId: () => staged.editing.personId,
      isTracking: ({ id }) =>
        videos.queue.jobs.value.some((job) => job.recordingId === id && job.status === 'running'),
    });
    this.#stage = stage;
    this.#runs = runs;
    this.#library = library;
    this.#subject = subject;
    this.#live = live;
    this.takes = takes;
    this.staged = staged;
    this.installed = installed;
    this.videos = videos;
    runs.onBegin(() => this.#statistics.reset());
    runs.onEnd(() => subject.tellFrames());
    void installed.open(wanted);
    const timer = setInterval(() => {
      state.statistics.value = this.#statistics.summarize(performance.now());
      subject.tellFrames();
    }, STATISTICS_INTERVAL_MS);
    const lookBack = setTimeout(() => void videos.offerUnfinished(), LOOK_BACK_AFTER_MS);
    this.#disposers.push(
      () => clearInterval(timer),
      () => clearTimeout(lookBack),
      watchForeignRequests(reporter.foreignRequest),
      state.networkVersion.subscribe((version) => this.#followNetworks(version)),
      keepAddress(state),
      state.showsMeasured.subscribe(() => this.videos.refresh()),
      state.settings.subscribe(() => this.#followSettings()),
    );
  }

  /** The recordings that are kept on this device. */
  get recordings(): Recordings {
    return this.#library.recordings;
  }

  updateSettings(change: Partial<Settings>): void {
    const { settings, source } = this.state;
    const before = settings.value;
    settings.value = { ...before, ...change };
    const kind = source.value?.kind;
    if (kind === 'demo' && ('actors' in change || 'seed' in change)) void this.open.demo();
    const hasOtherSize = change.resolution !== undefined && change.resolution !== before.resolution;
    if (kind === 'camera' && hasOtherSize) void this.open.camera();
    this.open.trackPicturesAgain();
  }

  /** Whoever is at the page has read that another engine has taken over. */
  dismissEngineChoice(): void {
    this.state.engineChoice.value = null;
  }

  /** Tracks the video on the stage anew, as the settings are now. */
  trackAgain(job: Job): void {
    this.videos.trackAgain(job, toOrder(this.state.settings.peek(), this.registry));
  }

  /**
   * Ends the source, and the analysis of a video. What has been tracked stays, and can be exported; what was tracked to
   * its end stays on the stage, too.
   */
  stop(): void {
    const { document, shownJob, isRunning } = this.state;
    const job = this.videos.queue.find(shownJob.peek());
    if (document.peek() !== null && (!job || hasEnded(job))) {
      this.#stage.transport?.pause();
      isRunning.value = false;
    } else {
      this.#runs.end();
      if (job) this.videos.queue.cancel(job.key);
    }
    this.#runs.forget();
  }

  get transport(): Transport | null {
    return this.#stage.transport;
  }

  /** Plays what stands still, and the other way round. */
  togglePlaying(): void {
    const { transport } = this.#stage;
    if (transport?.state.isPlaying) transport.pause();
    else transport?.play();
  }

  /** Goes to a time of the recording on the stage, in seconds. */
  goTo(time: number): void {
    this.#stage.transport?.seek(time - (this.#stage.transport.startTime ?? 0));
  }

  /** Goes to the mark before or after the moment on screen. */
  goToMark(direction: -1 | 1): void {
    const mark = this.staged.marks.neighbour(direction);
    if (!mark) return;
    this.#stage.transport?.pause();
    this.goTo(mark.time);
  }

  /** Other tools from now on. To correct, what plays stops. */
  setMode(mode: Mode): void {
    const { document, isEditing, selected } = this.state;
    if (needsDocument(mode) && document.peek() === null) return;
    const wasEditing = isEditing.peek();
    this.state.wantedMode.value = mode;
    this.staged.ruler.cancel();
    if (isEditing.peek() === wasEditing) return;
    if (wasEditing) selected.value = null;
    else this.#stage.transport?.pause();
  }

  /** Plots a number over time, or no longer. */
  togglePlot(series: Series): void {
    const { plots } = this.state;
    const others = plots.peek().filter((each) => !isSameSeries(each, series));
    plots.value = others.length < plots.peek().length ? others : [...others, series].slice(-MOST_PLOTS);
  }

  /** To be called by whoever paints a new picture. */
  countShown(): void {
    this.#statistics.addShown(performance.now());
  }

  dispose(): void {
    this.#runs.end();
    this.exports.cancel();
    this.check.cancel();
    this.xray.close();
    this.installed.close();
    this.cleanUp.close();
    this.nobody.close();
    this.retracking.close();
    this.staged.close();
    this.videos.close();
    this.#library.close();
    this.#live.close();
    this.#stage.close();
    for (const dispose of this.#disposers) dispose();
  }

  /** In a picture of its own, people are those that the thresholds make of it now: on the stage, and in files. */
  #onSight({ explanation, settings }: XraySight): void {
    const { recording } = this.#subject;
    const people = recording && regroupPicture(recording, explanation, settings, this.registry);
    if (people) this.#stage.showPeople(people);
  }

  /** Settings that concern the model take effect while running. */
  #followSettings(): void {
    this.#live.followSettings();
    this.videos.refresh();
  }

  /** What runs holds a network as it was before something else was said of it. */
  #followNetworks(version: number): void {
    if (version > 0) this.#live.renewModel();
    this.open.trackPicturesAgain();
  }
}
