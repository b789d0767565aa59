import { greatest } from '../../core/lists.ts';
import type { Person } from '../../core/pose.ts';
import type { VideoBlob } from '../../tracking/analysis/describe-video.ts';
import type { Document } from '../document/document.ts';
import type { Documents } from '../document/documents.ts';
import { type CommonMark, commonMarks } from '../marks/common-marks.ts';
import type { Reporter } from '../reporter.ts';
import type { Stage } from '../stage/stage.ts';
import type { ComparisonState, Shown, State } from '../state.ts';
import type { Role } from '../timeline/protocol.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { OtherShow } from './other-show.ts';
import { areOfOneVideo } from './same-video.ts';

/** A stored recording that says who is there. */
export interface Truth {
  readonly id: string;
  /** What it is called on the page. */
  readonly name: string;
}

/** What has to be known of two recordings of which one is judged by the other. */
export interface AboutScore {
  /** How many people the judged one was made for; `null`: nobody says. */
  readonly people: number | null;
  readonly arePictures: boolean;
  /** What the one that says who is there lacks, in sentences; `null`: nothing. */
  readonly incomplete: string | null;
}

/** How a comparison begins. */
export interface ComparisonOptions {
  readonly layout?: ComparisonState['layout'];
  /** Whoever asks knows that both are of one video; absent: the recordings tell. */
  readonly isSameVideo?: boolean;
}

/**
 * A second document, shown with the one on the stage: of the same video over its picture or beside it, or of another video, with
 * a picture and a time of its own.
 */
export class Comparison {
  /** Finds the video of a stored recording, if it is at hand. */
  findVideo: (id: string) => VideoBlob | null | Promise<VideoBlob | null> = () => null;
  readonly #state: State;
  readonly #documents: Documents;
  readonly #timeline: Timeline;
  readonly #stage: Stage;
  readonly #reporter: Reporter;
  #other: OtherShow | null = null;
  /** Offsets that were set, by both recordings: they hold as long as the page is open. */
  readonly #offsets = new Map<string, number>();
  /** Grows with every wish: what was opened for an older one is closed. */
  #wish = 0;

  constructor(state: State, documents: Documents, timeline: Timeline, stage: Stage, reporter: Reporter) {
    this.#state = state;
    this.#documents = documents;
    this.#timeline = timeline;
    this.#stage = stage;
    this.#reporter = reporter;
    stage.onShown = () => this.#follow();
  }

  /**
   * Compares with another recording, or with the one on the stage as it was before corrections.
   *
   * @param name what it is called on the page, where both are of one video
   * @throws {LimnError} if it can't be read
   */
  async begin(id: string, name: string, options: ComparisonOptions = {}): Promise<void> {
    const wish = ++this.#wish;
    const main = this.#state.document.peek();
    const isAsMeasured = id === main?.id;
    const other = await this.#documents.open(id, 'comparison', { isAsMeasured });
    const hasBegun = await other.begin();
    if (!hasBegun || wish !== this.#wish) {
      other.close();
      return;
    }
    this.#drop();
    const show = new OtherShow(other, this.#reporter);
    this.#other = show;
    const isSameVideo =
      options.isSameVideo ?? (main === null || areOfOneVideo(toVideo(main), toVideo(other)));
    const { layout = isSameVideo ? 'over' : 'beside' } = options;
    this.#state.comparison.value = {
      id,
      // Of the same video, the models differ; of two, the videos do.
      name: isSameVideo ? name : other.name,
      layout,
      isSameVideo,
      offset: isSameVideo ? 0 : (this.#offsets.get(this.#pairKey(id)) ?? 0),
      isInStep: true,
      personId: null,
      picture: 'none',
    };
    this.#pair();
    other.layOn(this.#timeline, 'other');
    other.onShown = () => this.#refresh();
    other.frames.onLoaded = other.onShown;
    this.#follow();
    this.#stage.touch();
    const video = isSameVideo ? null : await this.findVideo(id);
    if (video && show === this.#other) await this.#openPicture(show, video);
  }

  /** Compares with a recording that says who is there, and scores the one on the stage against it. @throws as `begin` */
  async score({ id, name }: Truth): Promise<void> {
    await this.begin(id, name, { layout: 'over', isSameVideo: true });
    // Another one may be wanted by now.
    const { truth } = this;
    if (this.#other?.document.id !== id || truth === null) return;
    this.#state.wantedMode.value = 'compare';
    this.#timeline.measureScore(truth);
  }

  /**
   * The one that the other can be scored against: it is annotated, or was corrected by hand; where both are, the one that the
   * recording on the stage is compared with. `null`: neither is. Signals that are read tell of changes.
   */
  get truth(): Role | null {
    const { comparison, document } = this.#state;
    if (!comparison.value?.isSameVideo) return null;
    if (this.#other?.document.standsForTruth) return 'other';
    return document.value?.standsForTruth ? 'main' : null;
  }

  /** What has to be known of the two beside a score. @param truth the one that says who is there */
  aboutScore(truth: Role): AboutScore {
    const [main, other] = [this.#state.document.peek()?.info, this.#other?.document.info];
    const [judged, real] = truth === 'other' ? [main, other] : [other, main];
    const runs = judged?.runs.filter(({ model }) => model !== 'unknown') ?? [];
    return {
      people: runs.length === 0 ? null : greatest(runs.map(({ people }) => people)),
      arePictures: judged?.source.kind === 'pictures',
      incomplete: real?.incomplete ?? null,
    };
  }

  /** What is shown of the other recording; `null`: nothing is compared. It is replaced per frame, as what is on the stage. */
  get shown(): Readonly<Shown> | null {
    return this.#other?.shown ?? null;
  }

  /** Seconds of the other recording's first frame, and of its last or its video's end. */
  get range(): readonly [first: number, last: number] {
    return this.#other?.range ?? [0, 0];
  }

  /** What the file of the other recording is called. */
  get fileName(): string {
    return this.#other?.document.stored.info.source.name ?? '';
  }

  /**
   * Whose numbers of the other recording are held against those of the one on the stage; `null`: of each the same person's.
   * Signals that are read tell of changes.
   */
  get personId(): number | null {
    const { personId, isSameVideo } = this.#state.comparison.value ?? {};
    return personId ?? (isSameVideo === false ? (this.#timeline.view.value?.others[0] ?? null) : null);
  }

  /** Moments that are marked in both recordings. Signals that are read tell of changes. */
  get commonMarks(): readonly CommonMark[] {
    const others = this.#state.comparison.value ? this.#other?.document.marks : null;
    return commonMarks(this.#state.document.value?.marks ?? [], others ?? []);
  }

  setLayout(layout: ComparisonState['layout']): void {
    this.#set({ layout });
  }

  /** Whose numbers are held against those of the one on the stage. */
  choosePerson(personId: number | null): void {
    this.#set({ personId });
    this.#pair();
  }

  /**
   * Takes the file of the other recording's video, which isn't kept.
   *
   * @throws {LimnError} if it is another one, or can't be read
   */
  async lend(video: VideoBlob): Promise<void> {
    const other = this.#other;
    if (other && !this.#state.comparison.peek()?.isSameVideo) await this.#openPicture(other, video);
  }

  /** Lets go of the one on the stage, so that each can be brought to its own place; or keeps both as they stand now. */
  setInStep(isInStep: boolean): void {
    if (isInStep && this.shown) this.setOffset(this.#state.shown.time - this.shown.time);
    else if (!isInStep) this.#set({ isInStep });
  }

  /** What both show now is the same moment. */
  startBothHere(): void {
    this.setInStep(true);
  }

  /** @param offset seconds by which the other one begins later */
  setOffset(offset: number): void {
    const before = this.#state.comparison.peek();
    if (!before || before.isSameVideo || !Number.isFinite(offset)) return;
    this.#offsets.set(this.#pairKey(before.id), offset);
    this.#set({ offset, isInStep: true });
    this.#pair();
    this.#follow();
  }

  /** Moves the other one by frames of its own: later on the stage, or earlier. */
  nudge(direction: -1 | 1): void {
    const offset = this.#state.comparison.peek()?.offset ?? 0;
    if (this.#other) this.setOffset(offset + direction / this.#other.frameRate);
  }

  /** Brings the other one, while it isn't in step, to a time of its own in seconds. */
  seekOther(time: number): void {
    const [first, last] = this.range;
    this.#other?.showAt(Math.min(last, Math.max(first, time)));
  }

  stepOther(direction: -1 | 1): void {
    if (this.#other) this.seekOther(this.#other.neighbour(direction));
  }

  end(): void {
    this.#wish++;
    this.#drop();
  }

  /** Who is there in the other recording of the same video, at a time in seconds. */
  peopleAt(time: number): readonly Person[] {
    return this.#other?.peopleAt(time, this.#state.source.peek()?.frameRate ?? undefined) ?? [];
  }

  #pairKey(id: string): string {
    return JSON.stringify([this.#state.document.peek()?.id, id]);
  }

  #set(change: Partial<ComparisonState>): void {
    const { comparison } = this.#state;
    const before = comparison.peek();
    if (before) comparison.value = { ...before, ...change };
  }

  #pair(): void {
    const { isSameVideo = true, offset = 0, personId = null } = this.#state.comparison.peek() ?? {};
    this.#timeline.pair({ isSameVideo, offset, personId });
  }

  /** Goes where the one on the stage is. */
  #follow(): void {
    const { comparison, shown } = this.#state;
    const { isInStep = false, offset = 0 } = comparison.peek() ?? {};
    if (isInStep) this.#other?.showAt(shown.time - offset);
  }

  /** People may have come, or have changed, since. */
  #refresh(): void {
    this.#other?.refresh();
    this.#stage.touch();
  }

  /** @throws {LimnError} if it can't be read, or isn't that of the recording */
  async #openPicture(other: OtherShow, video: VideoBlob): Promise<void> {
    const tell = (picture: ComparisonState['picture']): void => {
      if (other === this.#other) this.#set({ picture });
    };
    tell('opening');
    try {
      if (await other.openPicture(video)) tell('shown');
      this.#follow();
    } catch (error) {
      tell('none');
      throw error;
    }
  }

  #drop(): void {
    if (!this.#other) return;
    this.#other.close();
    this.#other.document.close();
    this.#other = null;
    this.#timeline.clear('other');
    this.#state.comparison.value = null;
    this.#stage.touch();
  }
}

function toVideo({ stored, frames }: Document) {
  return { stored, timeRange: frames.timeRange };
}
