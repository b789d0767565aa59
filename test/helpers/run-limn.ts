import { version } from '../../package.json';
import type { Command } from '../../src/command-line/command.ts';
import { commands as allCommands } from '../../src/command-line/commands.ts';
import { runCommandLine } from '../../src/command-line/run.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the program `limn` in this process. @param words behind its name */
export async function runLimn(
  words: readonly string[],
  {
    signal = new AbortController().signal,
    commands = allCommands,
  }: { signal?: AbortSignal; commands?: readonly Command[] } = {},
): Promise<Ran> {
  let out = '';
  let error = '';
  const code = await runCommandLine(words, {
    commands,
    version,
    signal,
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
  });
  return { code, out, error };
}

/** What a program has said with `--json`, an object a line. */
export function linesOf(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
