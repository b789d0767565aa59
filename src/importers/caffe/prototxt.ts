import { LimnError } from '../../core/errors.ts';

/** A message of protobuf's text format: every field with all of its values, in their order. */
export type TextMessage = ReadonlyMap<string, readonly TextValue[]>;
export type TextValue = string | number | TextMessage;

const TOKEN =
  /\s+|#[^\n]*|([A-Za-z_][\w.]*)|(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?f?)|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([{}:<>;,])/y;
const MAXIMUM_DEPTH = 50;

interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'mark';
  readonly text: string;
}

/**
 * Reads protobuf's text format, which Caffe's layer lists (`.prototxt`) are written in.
 *
 * Format: protobuf.dev, "Text Format Language Specification".
 *
 * @throws {LimnError} naming file, line and what was unexpected
 */
export function readPrototxt(text: string, fileName: string): TextMessage {
  const tokens = tokenize(text, fileName);
  const { message, next } = readMessage(tokens, 0, fileName, 0);
  if (next < tokens.length) throw new LimnError(`${fileName} has a "}" that closes nothing.`);
  return message;
}

function tokenize(text: string, fileName: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    const match = TOKEN.exec(text);
    if (!match) {
      const line = text.slice(0, at).split('\n').length;
      throw new LimnError(
        `${fileName} is no layer list of Caffe: line ${line} has "${text.slice(at, at + 12).trim()}".`,
      );
    }
    at = TOKEN.lastIndex;
    const [, word, number, double, single, mark] = match;
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (double !== undefined || single !== undefined)
      tokens.push({ kind: 'text', text: double ?? single ?? '' });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
  }
  return tokens;
}

function readMessage(
  tokens: readonly Token[],
  start: number,
  fileName: string,
  depth: number,
): { message: TextMessage; next: number } {
  if (depth > MAXIMUM_DEPTH)
    throw new LimnError(`${fileName} has messages in messages, ${MAXIMUM_DEPTH} deep.`);
  const message = new Map<string, TextValue[]>();
  let at = start;
  while (at < tokens.length) {
    const name = tokens[at];
    if (name?.kind === 'mark' && (name.text === '}' || name.text === '>')) return { message, next: at };
    if (name?.kind === 'mark' && (name.text === ';' || name.text === ',')) {
      at++;
      continue;
    }
    if (name?.kind !== 'word')
      throw new LimnError(`${fileName} has "${name?.text ?? ''}" where a field's name is to be.`);
    at++;
    if (tokens[at]?.text === ':' && tokens[at]?.kind === 'mark') at++;
    const value = tokens[at];
    const values = message.get(name.text) ?? [];
    message.set(name.text, values);
    if (value?.kind === 'mark' && (value.text === '{' || value.text === '<')) {
      const inner = readMessage(tokens, at + 1, fileName, depth + 1);
      if (inner.next >= tokens.length)
        throw new LimnError(`${fileName} ends within ${name.text}: it is cut off.`);
      values.push(inner.message);
      at = inner.next + 1;
    } else if (value && value.kind !== 'mark') {
      values.push(value.kind === 'number' ? Number.parseFloat(value.text) : value.text);
      at++;
    } else {
      throw new LimnError(`${fileName} has no value for ${name.text}: it is cut off or damaged.`);
    }
  }
  return { message, next: at };
}
