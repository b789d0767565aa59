import { greatest } from '../core/lists.ts';
import { COMMON_OPTIONS, type Command, type OptionInfo } from './command.ts';

/** Columns of a terminal that is as narrow as they come. */
const COLUMNS = 80;
const INDENT = '  ';

/** What `limn help` says. */
export function describeAll(commands: readonly Command[], version: string): string {
  const listed: [string, string][] = [
    ...commands.map(({ name, summary }): [string, string] => [name, summary]),
    ['help', 'say how a command is used: limn help COMMAND'],
  ];
  return [
    `Limn ${version}: tracked people, in files. What it does happens on this machine.`,
    'Usage: limn COMMAND …, limn help COMMAND, limn --version',
    inColumns(listed),
  ].join('\n\n');
}

/** What `limn COMMAND --help` says. */
export function describeCommand({ name, summary, operands, options, details, examples }: Command): string {
  const listed = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([option, info]): [string, string] => [
    nameOf(option, info),
    info.help,
  ]);
  return [
    `limn ${name}: ${summary}`,
    `Usage: limn ${name} ${operands}`,
    ...details.map((paragraph) => wrap(paragraph, COLUMNS).join('\n')),
    inColumns(listed),
    ...(examples.length > 0 ? [examples.map((example) => `${INDENT}${example}`).join('\n')] : []),
  ].join('\n\n');
}

function nameOf(option: string, { short, value }: OptionInfo): string {
  return `${short ? `-${short}, ` : ''}--${option}${value ? ` ${value}` : ''}`;
}

function inColumns(rows: readonly (readonly [string, string])[]): string {
  const width = greatest(rows.map(([name]) => name.length)) + INDENT.length;
  return rows
    .flatMap(([name, help]) =>
      wrap(help, COLUMNS - width - INDENT.length).map(
        (line, i) => `${INDENT}${(i === 0 ? name : '').padEnd(width)}${line}`,
      ),
    )
    .join('\n');
}

/** Lines of up to so many letters; longer words have lines of their own. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
