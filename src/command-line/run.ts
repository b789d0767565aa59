import { isAbort, toSentence } from '../core/errors.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { UsageError } from './failures.ts';
import { parseGiven } from './parse.ts';
import { type Outlets, Reporter } from './reporter.ts';
import { describeAll, describeCommand } from './usage.ts';

/** What the program runs in. */
export interface World extends Outlets {
  readonly commands: readonly Command[];
  readonly version: string;
  /** Aborted when the process is to end. */
  readonly signal: AbortSignal;
}

/**
 * The program `limn`.
 *
 * @param words what was written behind its name
 * @returns what the process ends with, unless a signal has ended it
 */
export async function runCommandLine(words: readonly string[], world: World): Promise<number> {
  const { commands, version } = world;
  const [name, ...others] = words;
  const print = (text: string): number => {
    world.out(`${text}\n`);
    return EXIT.done;
  };
  try {
    if (name === undefined) throw new UsageError(describeAll(commands, version));
    if (name === '--version' || name === '-V') return print(version);
    if (name === 'help' || name === '--help' || name === '-h') {
      const [wanted] = others;
      return print(
        wanted === undefined ? describeAll(commands, version) : describeCommand(find(wanted, commands)),
      );
    }
    const command = find(name, commands);
    const given = parseGiven(command, others);
    const { json, quiet, help } = given.values;
    if (help === true) return print(describeCommand(command));
    const reporter = new Reporter(world, { isJson: json === true, isQuiet: quiet === true });
    return await command.run(given, { reporter, signal: world.signal });
  } catch (error) {
    // Whoever ended it knows.
    if (isAbort(error) && world.signal.aborted) return EXIT.done;
    world.error(`${error instanceof UsageError ? error.message : toSentence(error)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.defect;
  }
}

function find(name: string, commands: readonly Command[]): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  const known = commands.map((each) => each.name).join(', ');
  throw new UsageError(
    `limn has no command "${name}". The commands are ${known}. limn help says what they do.`,
  );
}
