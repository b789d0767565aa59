import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/**
 * Functions of the language that take any number of arguments: what is spread into them is as long as a recording some day,
 * and then they throw "Maximum call stack size exceeded". `core/lists.ts` has what to call instead.
 */
const ANY_NUMBER = new Set([
  'max',
  'min',
  'hypot',
  'push',
  'unshift',
  'splice',
  'toSpliced',
  'concat',
  'of',
  'fromCharCode',
  'fromCodePoint',
  'apply',
]);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** The lines of calls in a source that spread a list of unknown length into their arguments. */
function spreadCalls(text: string, name = 'source.ts'): number[] {
  const lines: number[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value as readonly unknown[]) visit(each);
    if (!isNode(value)) return;
    if (value.type === 'CallExpression' && takesAnyNumber(value) && hasLongSpread(value)) {
      lines.push(text.slice(0, value.start).split('\n').length);
    }
    for (const each of Object.values(value)) if (typeof each === 'object') visit(each);
  };
  const { program, errors } = parseSync(name, text);
  expect(errors, name).toEqual([]);
  visit(program);
  return lines;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function takesAnyNumber({ callee }: Node): boolean {
  if (!isNode(callee) || callee.type !== 'MemberExpression' || !isNode(callee.property)) return false;
  const { name } = callee.property;
  // Private methods are this repository's own, and have as many parameters as they say.
  return callee.property.type === 'Identifier' && typeof name === 'string' && ANY_NUMBER.has(name);
}

function hasLongSpread({ callee, arguments: given }: Node): boolean {
  const all = (given ?? []) as readonly Node[];
  const isApply = isNode(callee) && isNode(callee.property) && callee.property.name === 'apply';
  if (isApply) return all.length > 1 && all[1]?.type !== 'ArrayExpression';
  return all.some(({ type, argument }) => type === 'SpreadElement' && !isWritten(argument));
}

/** A list that stands in the source itself. */
function isWritten(list: unknown): boolean {
  if (!isNode(list)) return false;
  if (list.type === 'ParenthesizedExpression') return isWritten(list.expression);
  if (list.type === 'ConditionalExpression') return isWritten(list.consequent) && isWritten(list.alternate);
  return (
    list.type === 'ArrayExpression' &&
    (list.elements as readonly Node[]).every(({ type }) => type !== 'SpreadElement')
  );
}

describe('the search for calls that long lists break', () => {
  it.each([
    'Math.max(...frames)',
    'Math.min(0, ...frames.map(({ time }) => time))',
    'list.push(...more)',
    'list?.push(first, ...(more ?? []))',
    'String.fromCharCode(...bytes)',
    'Math.max.apply(null, values)',
    'Math.max(...[1, ...others])',
    'const all = rows.map((row) => { wide.unshift(...row); })',
  ])('finds %s', (text) => expect(spreadCalls(text)).toEqual([1]));

  it.each([
    'list.push({ ...frame, people: [...people] })',
    'list.push([...people])',
    'Math.max(...[left, right])',
    'numbers.push(...(isThere ? [x, y] : [0, 0]))',
    'mesh.position.set(...position)',
    'perform.apply(store, [first])',
    'own.put(...codes)',
  ])('passes %s over', (text) => expect(spreadCalls(text)).toEqual([]));
});

it('no source spreads a list into a call that takes any number of arguments', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const found = files.flatMap((name) =>
    spreadCalls(readFileSync(join('src', name), 'utf8'), name).map((line) => `src/${name}:${line}`),
  );
  expect(found).toEqual([]);
});
