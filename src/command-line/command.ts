import type { Reporter } from './reporter.ts';

/** An option of a command, as `parseArgs` of `node:util` takes it, and what is said of it. */
export interface OptionInfo {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What stands behind it, in capitals; for texts. */
  readonly value?: string;
  readonly help: string;
}

export type OptionValue = string | boolean;

/** What was written behind a command's name. */
export interface Given {
  readonly values: Readonly<Record<string, OptionValue | undefined>>;
  /** All that isn't an option. */
  readonly operands: readonly string[];
}

/** What a command has around it. */
export interface Surroundings {
  readonly reporter: Reporter;
  /** Aborted when the process is to end: what is at work is left whole. */
  readonly signal: AbortSignal;
}

/** Something that `limn` does: a file a command, in the table of `commands.ts`. */
export interface Command {
  readonly name: string;
  /** A line in the list of all. */
  readonly summary: string;
  /** What stands behind the name. */
  readonly operands: string;
  readonly options: Readonly<Record<string, OptionInfo>>;
  /** What else there is to say of it, paragraphs of `--help`. */
  readonly details: readonly string[];
  readonly examples: readonly string[];
  /**
   * @returns what the process ends with
   * @throws {UsageError} if it was written wrongly
   */
  run(given: Given, surroundings: Surroundings): Promise<number>;
}

/** Options that all commands have. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionInfo>> = {
  json: { type: 'boolean', help: 'say what happens as JSON, an object a line, on standard output' },
  quiet: { type: 'boolean', short: 'q', help: 'say only what failed' },
  help: { type: 'boolean', short: 'h', help: 'say how this command is used' },
};
