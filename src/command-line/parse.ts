import { parseArgs } from 'node:util';
import { COMMON_OPTIONS, type Command, type Given } from './command.ts';
import { UsageError } from './failures.ts';

/** Reads what stands behind a command's name. @throws {UsageError} if the command has no such option, or it lacks its value */
export function parseGiven(
  { name, options }: Pick<Command, 'name' | 'options'>,
  words: readonly string[],
): Given {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: Object.fromEntries(
        Object.entries({ ...options, ...COMMON_OPTIONS }).map(([option, { type, short }]) => [
          option,
          { type, ...(short && { short }) },
        ]),
      ),
      allowPositionals: true,
    });
    return { values: { ...values } as Given['values'], operands: positionals };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (!(error instanceof Error) || typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS'))
      throw error;
    throw new UsageError(describe(name, code, error.message));
  }
}

function describe(name: string, code: string, message: string): string {
  const option = /'(?:-\w, )?(-[^' ]*)/.exec(message)?.[1] ?? 'an option';
  const more = `limn ${name} --help lists what there is.`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `limn ${name} has no option ${option}. ${more}`;
  if (message.includes('does not take an argument')) return `${option} takes no value. ${more}`;
  return `${option} needs a value behind it; one that begins with a - is written ${option}=-1. ${more}`;
}

/** A text that was given; `undefined`: it wasn't. */
export function textOf({ values }: Given, option: string): string | undefined {
  const value = values[option];
  return typeof value === 'string' ? value : undefined;
}

/** @throws {UsageError} if it is no number */
export function numberOf(given: Given, option: string): number | undefined {
  const text = textOf(given, option);
  if (text === undefined) return undefined;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw new UsageError(`--${option} is "${text}"; it must be a number.`);
}

/** One of some words. @throws {UsageError} naming them */
export function choiceOf<Word extends string>(
  given: Given,
  option: string,
  words: readonly Word[],
): Word | undefined {
  const text = textOf(given, option);
  const word = words.find((each) => each === text);
  if (text === undefined || word) return word;
  throw new UsageError(`--${option} is "${text}"; it must be one of ${words.join(', ')}.`);
}
