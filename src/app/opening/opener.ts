import type { Recording } from '../../core/recording.ts';
import { isJunkFile, isSystemFile } from '../../core/texts/junk-files.ts';
import { DEFAULT_ACTOR_OPTIONS } from '../../sources/actor/actor-options.ts';
import { ActorSource } from '../../sources/actor/actor-source.ts';
import { CameraSource, listCameras } from '../../sources/camera/camera.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type { FrameSource } from '../../sources/source.ts';
import {
  describePassedOver,
  type FoundNetworks,
  findNetworks,
} from '../../tracking/networks/network-files.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { Truth } from '../comparison/comparison.ts';
import type { Document } from '../document/document.ts';
import type { Job } from '../jobs/queue.ts';
import type { Videos } from '../jobs/videos.ts';
import type { LiveTracking } from '../live/live-tracking.ts';
import type { Takes } from '../live/takes/takes.ts';
import type { InstalledNetworks } from '../networks/installed-networks.ts';
import type { Reporter } from '../reporter.ts';
import { rememberCamera, rememberedCamera } from '../settings.ts';
import { type OpenedPictures, PictureShow } from '../stage/picture-show.ts';
import { RecordingPlayback } from '../stage/playback.ts';
import { showPictures } from '../stage/show-pictures.ts';
import type { StageParts } from '../stage/stage-parts.ts';
import type { State } from '../state.ts';
import { wantedPeople } from '../wanted-people.ts';
import { planFiles } from './open-files.ts';
import type { Opened } from './opened.ts';
import { describeLeftPictures, describeOtherVideos, partnerOf } from './opening-plan.ts';
import { describeOthers } from './reading.ts';

const CAMERA_ASPECT = 16 / 9;

/** Where what is opened goes. */
interface OpenerParts extends StageParts {
  readonly videos: Videos;
  readonly live: LiveTracking;
  readonly takes: Takes;
  readonly installed: InstalledNetworks;
}

/** Opens sources, files and stored recordings, and puts them on the stage. What can't be opened is said. */
export class Opener {
  readonly #platform: Platform;
  readonly #state: State;
  readonly #reporter: Reporter;
  readonly #parts: OpenerParts;
  readonly #pictures: PictureShow;
  /** Grows with every drop of files: while networks are read, others may be dropped. */
  #drops = 0;

  constructor(platform: Platform, state: State, reporter: Reporter, parts: OpenerParts) {
    this.#platform = platform;
    this.#state = state;
    this.#reporter = reporter;
    this.#parts = parts;
    this.#pictures = new PictureShow(state, platform.registry);
    parts.runs.onEnd(() => this.#pictures.end());
    parts.runs.onEnd(() => parts.takes.follow(null));
  }

  /** @param deviceId `undefined`: the one used last */
  async camera(deviceId?: string): Promise<void> {
    const height = Number(this.#state.settings.value.resolution);
    await this.#parts.runs.start('camera', async () => {
      const camera = await CameraSource.open({
        deviceId: deviceId ?? rememberedCamera(),
        width: Math.round(height * CAMERA_ASPECT),
        height,
      });
      if (camera.deviceId) rememberCamera(camera.deviceId);
      this.#state.cameraId.value = camera.deviceId;
      this.#state.cameras.value = await listCameras();
      const { begin, close } = this.#toTrack(camera);
      return {
        close,
        begin: () => {
          this.#parts.takes.follow(camera);
          return begin();
        },
      };
    });
  }

  async demo(): Promise<void> {
    const { settings } = this.#state;
    const { seed, actors } = settings.value;
    const people = wantedPeople(settings.value, this.#platform.registry, false);
    if (people < actors) settings.value = { ...settings.value, people: actors };
    const options = { ...DEFAULT_ACTOR_OPTIONS, seed, actors };
    await this.#parts.runs.start('demo', async () =>
      this.#toTrack(new ActorSource(options, this.#platform.workers.actor)),
    );
  }

  /** Networks, then videos, keypoints or pictures; what is left out is said. */
  async files(files: readonly NamedFile[]): Promise<void> {
    const drop = ++this.#drops;
    const ofPeople = files.filter(({ name }) => !isSystemFile(name));
    const found = await this.#findNetworks(ofPeople.length > 0 ? ofPeople : files);
    if (!found) return;
    const { networks, passedOver, others } = found;
    if (passedOver.length > 0) this.#reporter.notice('info', describePassedOver(passedOver));
    if (networks.length > 0) await this.#openNetworks(networks);
    const media = networks.length > 0 ? others.filter(({ name }) => !isJunkFile(name)) : others;
    if ((networks.length > 0 && media.length === 0) || drop !== this.#drops) return;
    await this.#parts.runs.start('none', async () => {
      const { videos, keypoints, pictures, said } = await planFiles(media);
      if (said.length > 0) this.#reporter.notice('info', said.join(' '));
      const [first, ...more] = videos;
      if (keypoints.length > 0 && pictures.length > 0) return this.#openAnnotated(keypoints, pictures);
      if (keypoints.length > 0) return this.#openKeypoints(keypoints, videos);
      if (first) return this.#parts.videos.openFiles([first, ...more]);
      return this.#toTrackPictures(this.#pictures.open(pictures, null));
    });
  }

  /** Puts a job's video on the stage. */
  async job(job: Job): Promise<void> {
    const { runs, videos } = this.#parts;
    await runs.start('none', () => videos.openJob(job));
  }

  /** Plays a stored recording; with its video, if that is at hand. */
  async stored(id: string): Promise<void> {
    const job = this.#parts.videos.queue.jobs.peek().find(({ recordingId }) => recordingId === id);
    if (job) await this.job(job);
    else await this.#parts.runs.start('none', () => this.#openKept(id));
  }

  /** Keeps what has been tracked live as a recording, and shows it again, to be looked at and corrected. */
  async keepLive(): Promise<void> {
    const { runs, subject, library } = this.#parts;
    const { recording } = subject;
    if (recording) await runs.start('none', async () => this.#openStored(await library.keep(recording)));
  }

  /** Says what the pictures on the stage are: single ones, or frames of a film. They are tracked anew. */
  setPictureMeaning(meaning: 'single' | 'sequence'): void {
    this.#pictures.setMeaning(meaning);
    this.trackPicturesAgain();
  }

  /** Pictures on the stage are tracked anew where the settings, or the network, have changed for them. */
  trackPicturesAgain(): void {
    const { runs } = this.#parts;
    // What takes the stage is tracked as the settings are then. While a network is read, nothing does.
    if (runs.isStarting) return;
    const again = this.#pictures.openAgain(this.#state.settings.peek());
    if (again) void runs.start('none', () => this.#toTrackPictures(again));
  }

  /** Tracks every frame of the video on the stage as the settings are now, into a recording of its own. */
  async trackShownVideo(): Promise<void> {
    const { runs, videos } = this.#parts;
    const document = this.#state.document.peek();
    const video = document && videos.videoOf(document.id);
    if (video) await runs.start('none', () => videos.openFiles([video]));
  }

  /** Tracks the video on the stage as the settings are now, and scores that against the recording that lies on it. */
  async trackToScore(): Promise<void> {
    const { runs, videos } = this.#parts;
    const document = this.#state.document.peek();
    const video = document && videos.videoOf(document.id);
    if (!document || !video) return;
    const truth = { id: document.id, name: document.name };
    await runs.start('none', () => videos.openToScore(video, truth));
  }

  async #findNetworks(files: readonly NamedFile[]): Promise<FoundNetworks | null> {
    try {
      return await findNetworks(files);
    } catch (error) {
      this.#reporter.failure(error);
      return null;
    }
  }

  /** Reads networks, and tracks with the last one from now on. What runs goes on. */
  async #openNetworks(networks: readonly (readonly NamedFile[])[]): Promise<void> {
    const { isOpening } = this.#state;
    isOpening.value = true;
    try {
      await this.#parts.installed.take(networks);
    } finally {
      isOpening.value = this.#parts.runs.isStarting;
    }
  }

  /** Keypoints by themselves, or on the video of those given that they belong to. */
  async #openKeypoints(keypoints: readonly NamedFile[], videos: readonly NamedFile[]): Promise<Opened> {
    const video = partnerOf(videos, keypoints);
    const others = videos.filter((each) => each !== video);
    if (others.length > 0) this.#reporter.notice('info', describeOtherVideos(others.map(({ name }) => name)));
    const [id, ...more] = await this.#parts.library.storeKeypoints(keypoints, video);
    if (id === undefined) throw new Error('What is read is one recording or more.');
    if (more.length > 0) this.#reporter.notice('info', describeOthers(more.length));
    return video ? this.#parts.videos.openBeside(video, id) : this.#openStored(id);
  }

  /** Pictures to be tracked and scored, if the keypoints say who is in them; else the keypoints by themselves. */
  async #openAnnotated(keypoints: readonly NamedFile[], pictures: readonly NamedFile[]): Promise<Opened> {
    const { library } = this.#parts;
    const names = pictures.map(({ name }) => name);
    const [id, ...more] = await library.storeAnnotations(keypoints, names);
    if (id === undefined) {
      this.#reporter.notice('info', describeLeftPictures(names, 'the keypoints'));
      return this.#openKeypoints(keypoints, []);
    }
    if (more.length > 0) this.#reporter.notice('info', describeOthers(more.length));
    const document = await library.documents.open(id, 'comparison');
    const { name, info } = document;
    document.close();
    const said = [...(info.notes ?? []), ...(info.incomplete ? [info.incomplete] : [])];
    if (said.length > 0) this.#reporter.notice('info', said.join(' '));
    return this.#toTrackPictures(this.#pictures.open(pictures, { id, name }));
  }

  #toTrack(source: FrameSource): Opened {
    return { begin: async () => void (await this.#parts.live.track(source)), close: () => source.close() };
  }

  async #toTrackPictures(opening: Promise<OpenedPictures>): Promise<Opened> {
    const opened = await opening;
    const { source, truth } = opened;
    source.onNote = (text) => this.#reporter.notice('info', text);
    return {
      close: () => source.close(),
      begin: async () => {
        const { notes = [] } = source.info;
        if (notes.length > 0) this.#reporter.notice('info', notes.join(' '));
        this.#pictures.begin(opened);
        const recording = await this.#parts.live.track(source);
        if (truth && recording) await this.#score(recording, truth, opened);
      },
    };
  }

  /** Keeps what was tracked of annotated pictures, and shows it with its score, unless something else is wanted by now. */
  async #score(recording: Recording, truth: Truth, pictures: OpenedPictures): Promise<void> {
    const { runs, library, staged } = this.#parts;
    if (runs.isStarting || recording.frames.length === 0) return;
    await runs.start('none', async () => {
      const id = await library.keep(recording);
      this.#pictures.remember(id, pictures);
      const { begin, close } = await this.#openStored(id);
      return {
        close,
        begin: async () => {
          const shown = begin();
          await staged.comparison.score(truth);
          await shown;
        },
      };
    });
  }

  /** A stored recording, with its video if that is kept with it. */
  async #openKept(id: string): Promise<Opened> {
    const { library, videos } = this.#parts;
    const video = await library.videoOf(id);
    return video ? videos.openBeside(video, id) : this.#openStored(id);
  }

  /** A stored recording, with its pictures if they are at hand. */
  async #openStored(id: string): Promise<Opened> {
    const document = await this.#parts.library.documents.open(id, 'stage');
    try {
      const pictures = await this.#pictures.openKept(id);
      if (pictures === null) return { begin: () => this.#play(document), close: () => document.close() };
      return {
        begin: () => showPictures(pictures, document, this.#parts),
        close: () => {
          pictures.close();
          document.close();
        },
      };
    } catch (error) {
      document.close();
      throw error;
    }
  }

  #play(document: Document): void {
    const { stage, staged, subject, statistics } = this.#parts;
    const { info } = document;
    staged.hold(document);
    subject.set(document.id, document.frameCount);
    const playback = new RecordingPlayback(
      document.frames,
      ({ people, time, width = info.width, height = info.height }) => {
        statistics.people = people.length;
        stage.show({ image: null, width, height, time, people });
      },
    );
    stage.enter(playback.info, playback);
    playback.play();
  }
}
