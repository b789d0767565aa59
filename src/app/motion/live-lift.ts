import { isAbort, toSentence } from '../../core/errors.ts';
import { Port } from '../../core/port/port.ts';
import type { Person } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { canConvert } from '../../skeletons/convert.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { TrackedPicture } from '../live/pipeline.ts';
import type { Reporter } from '../reporter.ts';
import type { Settings } from '../settings.ts';
import type { State } from '../state.ts';
import type { LiftedPerson, LiveLiftCalls, LiveLiftEvents } from './live-protocol.ts';
import { toLifterOrder } from './process.ts';

/** Of whom nothing new has come for so long, in seconds of the source, and for so many frames, nothing is shown any more. */
const STALE_AFTER = 1;
const STALE_FRAMES = 3;
/** Frames that their rate is taken from. */
const RATE_FRAMES = 30;

/** Lifts keypoints to 3-D as they come, in a worker that is started when it is needed. */
export class LiveLift {
  readonly #platform: Platform;
  readonly #state: State;
  readonly #reporter: Reporter;
  #port: Port<LiveLiftCalls, LiveLiftEvents> | null = null;
  #model: string | null = null;
  #recording: Recording | null = null;
  /** Everybody's newest joints. */
  #latest = new Map<number, { readonly lifted: LiftedPerson; readonly cameAt: number }>();
  #delay = 0;
  #times: number[] = [];

  constructor(platform: Platform, state: State, reporter: Reporter) {
    this.#platform = platform;
    this.#state = state;
    this.#reporter = reporter;
  }

  /** Hands a frame on if it is to be lifted. @returns who is to be shown, with the newest joints there are of them */
  follow({ people, tracked, width, height }: TrackedPicture, recording: Recording): readonly Person[] {
    const settings = this.#state.settings.peek();
    if (!isWanted(settings, people)) {
      if (people.length > 0) this.end();
      return people;
    }
    if (recording !== this.#recording || settings.lifter !== this.#model)
      this.#begin(settings.lifter, recording);
    const { time } = tracked;
    this.#times.push(time);
    if (this.#times.length > RATE_FRAMES) this.#times.shift();
    this.#port?.tell('take', [tracked.people, time, width, height]);
    const fresh = Math.max(STALE_AFTER, STALE_FRAMES * this.#step);
    return people.map((person) => {
      const latest = this.#latest.get(person.id);
      return latest && latest.cameAt >= time - fresh ? { ...person, lifted: latest.lifted.pose } : person;
    });
  }

  end(): void {
    this.#port?.close();
    this.#port = null;
    this.#model = null;
    this.#recording = null;
    this.#latest = new Map();
    this.#times = [];
    this.#state.liveLift.value = null;
  }

  #begin(model: string, recording: Recording): void {
    this.end();
    this.#model = model;
    this.#recording = recording;
    const port = new Port<LiveLiftCalls, LiveLiftEvents>(this.#platform.workers.liveLift(), {
      name: 'The worker that lifts',
      on: {
        lifted: (people) => this.#keep(people),
        'engine-failed': ({ engine, reason }) =>
          this.#reporter.notice('info', `${engine} could not lift to 3-D: ${reason}`),
        failed: (why) => this.#fail(why),
      },
      onStopped: ({ message }) => this.#fail(message),
    });
    this.#port = port;
    void this.#openLifter(port, model);
  }

  async #openLifter(port: Port<LiveLiftCalls, LiveLiftEvents>, model: string): Promise<void> {
    try {
      const order = await toLifterOrder({ model }, this.#platform);
      const delay = await port.call('open', [order, this.#platform.assets]);
      if (this.#port === port) this.#delay = delay;
    } catch (error) {
      if (this.#port === port && !isAbort(error)) this.#fail(toSentence(error));
    }
  }

  /** Joints belong to the frame that they are of, which the recording has by now. */
  #keep(people: readonly LiftedPerson[]): void {
    const recording = this.#recording;
    if (!recording || !this.#model) return;
    for (const lifted of people) {
      this.#latest.set(lifted.id, { lifted, cameAt: this.#times.at(-1) ?? lifted.time });
      const frame = recording.frameAt(lifted.time);
      if (!frame || frame.time !== lifted.time) continue;
      const withJoints = frame.people.map((person) =>
        person.id === lifted.id ? { ...person, lifted: lifted.pose } : person,
      );
      recording.put({ ...frame, people: withJoints });
    }
    this.#state.liveLift.value = {
      label: this.#platform.registry.info(this.#model).label,
      delay: this.#delaySeconds,
    };
  }

  get #delaySeconds(): number {
    return this.#delay * this.#step;
  }

  /** Seconds from a frame to the next, in the mean of the last ones. */
  get #step(): number {
    const [first = 0, last = 0] = [this.#times[0], this.#times.at(-1)];
    return this.#times.length > 1 ? (last - first) / (this.#times.length - 1) : 0;
  }

  /** What can't be lifted is tracked all the same. */
  #fail(why: string): void {
    const { settings } = this.#state;
    this.end();
    settings.value = { ...settings.peek(), lift: 'off' };
    this.#reporter.notice('info', `Keypoints are not lifted to 3-D any more: ${why}`);
  }
}

function isWanted({ lift }: Settings, people: readonly Person[]): boolean {
  if (lift === 'off') return false;
  return people.some(({ body }) => body && canConvert(body.set, 'coco-17') && (lift === 'on' || !body.world));
}
