import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { parseJsonText } from './json.ts';

/*
 * JSON that is walked through as bytes, and parsed one part after the other: of hundreds of megabytes, only the part that
 * is looked at becomes objects.
 */

/** Where a value stands in the bytes. */
export interface Span {
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
}

export interface Member extends Span {
  readonly key: string;
}

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const COMMA = code(',');
const COLON = code(':');
const OPEN_BRACE = code('{');
const CLOSE_BRACE = code('}');
const OPEN_BRACKET = code('[');
const CLOSE_BRACKET = code(']');
const SPACE = code(' ');

/** A JSON file's bytes, to be walked through. All methods throw a {@link LimnError} naming the file where it is cut off. */
export class JsonScan {
  readonly #name: string;
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder();
  #last: Span = { start: -1, end: -1 };

  constructor({ name, bytes }: NamedBytes) {
    this.#name = name;
    this.#bytes = bytes;
  }

  /** The outermost values: one of JSON, many one after the other of JSON Lines. */
  *values(): Generator<Span> {
    for (let start = this.start; start < this.#bytes.length; ) {
      const end = this.#endOf(start);
      yield { start, end };
      start = this.#skipSpace(end);
    }
  }

  /** Where the first value begins. */
  get start(): number {
    return this.#skipSpace(0);
  }

  isArray({ start }: Pick<Span, 'start'>): boolean {
    return this.#bytes[start] === OPEN_BRACKET;
  }

  isObject({ start }: Pick<Span, 'start'>): boolean {
    return this.#bytes[start] === OPEN_BRACE;
  }

  /** The keys of the object that begins at `start`, with where their values begin. */
  *keys(start: number): Generator<{ readonly key: string; readonly start: number }> {
    for (let at = this.#first(start, CLOSE_BRACE); at !== null; ) {
      if (this.#bytes[at] !== QUOTE) throw this.#broken(at);
      const keyEnd = this.#endOfText(at);
      const colon = this.#skipSpace(keyEnd);
      if (this.#bytes[colon] !== COLON) throw this.#broken(colon);
      const key = String(this.parse({ start: at, end: keyEnd }));
      const value = this.#skipSpace(colon + 1);
      yield { key, start: value };
      at = this.#following(this.#endOf(value), CLOSE_BRACE);
    }
  }

  /** The members of the object that begins at `start`, in their order. */
  *members(start: number): Generator<Member> {
    for (const found of this.keys(start)) yield { ...found, end: this.#endOf(found.start) };
  }

  /** The elements of the array that begins at `start`, in their order. */
  *elements(start: number): Generator<Span> {
    for (let at = this.#first(start, CLOSE_BRACKET); at !== null; ) {
      const end = this.#endOf(at);
      yield { start: at, end };
      at = this.#following(end, CLOSE_BRACKET);
    }
  }

  /** The text of a value as it stands in the file. */
  text({ start, end }: Span): string {
    return this.#decoder.decode(this.#bytes.subarray(start, end));
  }

  /** The value as an object. @throws {LimnError} if it is no JSON */
  parse(span: Span): unknown {
    return parseJsonText(this.text(span), this.#name);
  }

  /** Where the first entry begins of what is opened at `start`; `null`: it has none. */
  #first(start: number, closing: number): number | null {
    const at = this.#skipSpace(start + 1);
    return this.#bytes[at] === closing ? null : at;
  }

  /** Where the entry behind the one that ends at `end` begins; `null`: that was the last. */
  #following(end: number, closing: number): number | null {
    const at = this.#skipSpace(end);
    if (this.#bytes[at] === closing) return null;
    if (this.#bytes[at] !== COMMA) throw this.#broken(at);
    return this.#skipSpace(at + 1);
  }

  #skipSpace(from: number): number {
    let at = from;
    // All control characters are taken for space: none of them may stand here for anything else.
    while ((this.#bytes[at] ?? QUOTE) <= SPACE) at++;
    return at;
  }

  /** Behind the value that begins at `start`. Large ones are asked for twice in a row. */
  #endOf(start: number): number {
    if (this.#last.start !== start) this.#last = { start, end: this.#findEnd(start) };
    return this.#last.end;
  }

  #findEnd(start: number): number {
    const first = this.#bytes[start];
    if (first === QUOTE) return this.#endOfText(start);
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return this.#endOfNested(start);
    let at = start;
    for (; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at] ?? 0;
      if (byte <= SPACE || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) break;
    }
    if (at === start) throw this.#broken(start);
    return at;
  }

  #endOfNested(start: number): number {
    let depth = 0;
    for (let at = start; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at];
      if (byte === QUOTE) at = this.#endOfText(at) - 1;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--;
        if (depth === 0) return at + 1;
      }
    }
    throw this.#broken(this.#bytes.length);
  }

  #endOfText(start: number): number {
    for (let at = start + 1; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at];
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) return at + 1;
    }
    throw this.#broken(this.#bytes.length);
  }

  #broken(at: number): LimnError {
    const what = at >= this.#bytes.length ? 'it ends in the middle' : `byte ${at} fits nowhere`;
    return new LimnError(
      `${this.#name} is not valid JSON (${what}). It may be cut off or damaged: copy it again.`,
    );
  }
}

/** What the outermost value of a JSON file is. */
export interface JsonShape {
  readonly kind: 'object' | 'array';
  /** Of an object: its keys. Of an array: those of its first element that is an object. */
  readonly keys: readonly string[];
  /** Of an object: the keys of the first value that is an object. */
  readonly innerKeys: readonly string[];
}

const shapes = new WeakMap<Uint8Array, JsonShape | null>();

/** Looks at a file as JSON; `null`: it is none. A file that breaks off has the shape of what is there. */
export function shapeOf(file: NamedBytes): JsonShape | null {
  const known = shapes.get(file.bytes);
  if (known !== undefined) return known;
  const shape = findShape(file);
  shapes.set(file.bytes, shape);
  return shape;
}

function findShape(file: NamedBytes): JsonShape | null {
  const scan = new JsonScan(file);
  const { start } = scan;
  const keysAt = (at: number): { key: string; start: number }[] => collect(scan.keys(at));
  if (scan.isArray({ start })) {
    const [first] = collect(scan.elements(start), 1);
    const keys = first && scan.isObject(first) ? keysAt(first.start) : [];
    return { kind: 'array', keys: keys.map(({ key }) => key), innerKeys: [] };
  }
  if (!scan.isObject({ start })) return null;
  const members = keysAt(start);
  const inner = members.find((member) => scan.isObject(member));
  return {
    kind: 'object',
    keys: members.map(({ key }) => key),
    innerKeys: inner ? keysAt(inner.start).map(({ key }) => key) : [],
  };
}

/** What there is before the bytes break off, `most` at the most. */
function collect<Item>(items: Iterable<Item>, most = Number.POSITIVE_INFINITY): Item[] {
  const found: Item[] = [];
  try {
    for (const item of items) {
      found.push(item);
      if (found.length >= most) break;
    }
  } catch {
    // What was found stands: the reader that takes the file says what is wrong with it.
  }
  return found;
}
