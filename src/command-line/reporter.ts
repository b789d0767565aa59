import type { Failure } from './failures.ts';

/** Something that happened, for machines: a line of JSON. */
export interface ReportedEvent {
  readonly event: string;
  readonly [key: string]: unknown;
}

/** Where text goes. */
export interface Outlets {
  /** Standard output: results. */
  out(text: string): void;
  /** Standard error: what is said beside. */
  error(text: string): void;
}

/** Says what happens, in sentences or as JSON lines. */
export class Reporter {
  readonly isJson: boolean;
  readonly #isQuiet: boolean;
  readonly #outlets: Outlets;

  constructor(outlets: Outlets, { isJson = false, isQuiet = false } = {}) {
    this.#outlets = outlets;
    this.isJson = isJson;
    this.#isQuiet = isQuiet;
  }

  /** A result that was asked for. @param text for people */
  result(event: ReportedEvent, text: string): void {
    if (this.isJson) this.#line(event);
    else this.#outlets.out(`${text}\n`);
  }

  /** What was done, or is worth knowing. */
  say(event: ReportedEvent, text: string): void {
    if (this.isJson) this.#line(event);
    else if (!this.#isQuiet) this.#outlets.error(`${text}\n`);
  }

  fail({ file, reason, mayTryAgain }: Failure): void {
    if (this.isJson) this.#line({ event: 'failed', file, reason, mayTryAgain });
    else this.#outlets.error(`${reason}\n`);
  }

  #line(event: ReportedEvent): void {
    this.#outlets.out(`${JSON.stringify(event)}\n`);
  }
}
