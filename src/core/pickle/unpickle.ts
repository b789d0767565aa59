import { LimnError } from '../errors.ts';
import { containsItself } from './contains-itself.ts';
import { PickleBytes } from './pickle-bytes.ts';

/** What a pickle may hold here. Lists and tuples are arrays, dictionaries are maps. */
export type Unpickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Unpickled[]
  | ReadonlyMap<Unpickled, Unpickled>
  | PythonName
  | UnpickledObject;

/** A name of Python's that a pickle mentions. Nothing is ever looked up or run by it. */
export class PythonName {
  readonly module: string;
  readonly name: string;

  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }

  get text(): string {
    return `${this.module}.${this.name}`;
  }
}

/** Something that is neither a number, a text nor a container: what a name's call or a reference gave. */
export interface UnpickledObject {
  readonly kind: string;
}

/** What a file's names and references stand for. */
export interface PickleMeaning {
  /** May a name be mentioned? Any other is refused. */
  isKnown(name: PythonName): boolean;
  /** What a call of a known name gives. @throws {LimnError} if that can't be */
  call(name: PythonName, parameters: readonly Unpickled[]): Unpickled;
  /** What a persistent id stands for. @throws {LimnError} if there is no such thing */
  persistent(id: Unpickled): Unpickled;
  /**
   * Takes what something is given on top of how it was made. Without it that is passed over, such as a dictionary's
   * `_metadata`. @throws {LimnError} if that can't be
   */
  build?(target: Unpickled, state: Unpickled): void;
  /** What is said of a name that isn't known. */
  refusal(name: PythonName): LimnError;
}

export interface UnpickleResult {
  readonly value: Unpickled;
  /** Where the next byte after the pickle is. */
  readonly end: number;
}

/** Pickles nest a few levels and hold some thousand things; more than this is made to do harm. */
const MAXIMUM_STEPS = 5_000_000;
const MAXIMUM_MEMO = 1_000_000;
const NEWEST_PROTOCOL = 5;

// CPython, Lib/pickletools.py.
const OP = {
  proto: 0x80,
  frame: 0x95,
  stop: 0x2e,
  mark: 0x28,
  pop: 0x30,
  popMark: 0x31,
  none: 0x4e,
  true: 0x88,
  false: 0x89,
  integer: 0x4a,
  integer1: 0x4b,
  integer2: 0x4d,
  long1: 0x8a,
  float: 0x47,
  text: 0x58,
  shortText: 0x8c,
  string: 0x54,
  shortString: 0x55,
  bytes: 0x42,
  shortBytes: 0x43,
  emptyList: 0x5d,
  append: 0x61,
  appends: 0x65,
  emptyTuple: 0x29,
  tuple: 0x74,
  tuple1: 0x85,
  tuple2: 0x86,
  tuple3: 0x87,
  emptyDictionary: 0x7d,
  setItem: 0x73,
  setItems: 0x75,
  global: 0x63,
  stackGlobal: 0x93,
  reduce: 0x52,
  build: 0x62,
  put: 0x71,
  longPut: 0x72,
  get: 0x68,
  longGet: 0x6a,
  memoize: 0x94,
  persistent: 0x51,
} as const;

/** A place on the stack where the parts of a container begin. */
const MARK = Symbol('mark');
type Stacked = Unpickled | typeof MARK;

/**
 * Reads a pickle of numbers, texts and containers. Python's own would run whatever a pickle names; this one knows no
 * code, and refuses every name that the meaning doesn't know.
 *
 * @param name of the file, for sentences
 * @throws {LimnError} if it is damaged, names something unknown, or contains itself
 */
export function unpickle(
  bytes: Uint8Array,
  at: number,
  name: string,
  meaning: PickleMeaning,
): UnpickleResult {
  const machine = new Machine(bytes, at, name, meaning);
  const value = machine.run();
  if (containsItself(value)) throw new LimnError(`${name} is refused: something in it contains itself.`);
  return { value, end: machine.position };
}

class Machine {
  readonly #bytes: PickleBytes;
  readonly #name: string;
  readonly #meaning: PickleMeaning;
  readonly #stack: Stacked[] = [];
  readonly #memo = new Map<number, Unpickled>();

  constructor(bytes: Uint8Array, at: number, name: string, meaning: PickleMeaning) {
    this.#bytes = new PickleBytes(bytes, at, (why) => this.#damaged(why));
    this.#name = name;
    this.#meaning = meaning;
  }

  get position(): number {
    return this.#bytes.position;
  }

  run(): Unpickled {
    for (let step = 0; step < MAXIMUM_STEPS; step++) {
      const op = this.#bytes.byte();
      if (op === OP.stop) return this.#pop();
      this.#step(op);
    }
    throw this.#damaged('it has more steps than any file needs');
  }

  #step(op: number): void {
    switch (op) {
      case OP.proto: {
        const protocol = this.#bytes.byte();
        if (protocol > NEWEST_PROTOCOL) throw this.#damaged(`its protocol is ${protocol}`);
        return;
      }
      case OP.frame:
        this.#bytes.slice(8);
        return;
      case OP.mark:
        this.#stack.push(MARK);
        return;
      case OP.pop:
        this.#stack.pop();
        return;
      case OP.popMark:
        this.#popToMark();
        return;
      case OP.none:
        this.#push(null);
        return;
      case OP.true:
      case OP.false:
        this.#push(op === OP.true);
        return;
      case OP.integer:
        this.#push(this.#bytes.integer());
        return;
      case OP.integer1:
        this.#push(this.#bytes.byte());
        return;
      case OP.integer2:
        this.#push(this.#bytes.short());
        return;
      case OP.long1:
        this.#push(this.#bytes.long(this.#bytes.byte()));
        return;
      case OP.float:
        this.#push(this.#bytes.float());
        return;
      case OP.text:
        this.#push(this.#bytes.text(this.#bytes.word()));
        return;
      case OP.shortText:
        this.#push(this.#bytes.text(this.#bytes.byte()));
        return;
      case OP.string:
        this.#push(this.#bytes.characters(this.#bytes.word()));
        return;
      case OP.shortString:
        this.#push(this.#bytes.characters(this.#bytes.byte()));
        return;
      case OP.bytes:
        this.#push(this.#bytes.slice(this.#bytes.word()));
        return;
      case OP.shortBytes:
        this.#push(this.#bytes.slice(this.#bytes.byte()));
        return;
      case OP.emptyList:
      case OP.emptyTuple:
        this.#push([]);
        return;
      case OP.append:
        this.#extend([this.#pop()]);
        return;
      case OP.appends:
        this.#extend(this.#popToMark());
        return;
      case OP.tuple:
        this.#push(this.#popToMark());
        return;
      case OP.tuple1:
      case OP.tuple2:
      case OP.tuple3: {
        const count = op - OP.tuple1 + 1;
        const parts: Unpickled[] = [];
        for (let i = 0; i < count; i++) parts.unshift(this.#pop());
        this.#push(parts);
        return;
      }
      case OP.emptyDictionary:
        this.#push(new Map());
        return;
      case OP.setItem: {
        const value = this.#pop();
        this.#setItems([this.#pop(), value]);
        return;
      }
      case OP.setItems:
        this.#setItems(this.#popToMark());
        return;
      case OP.global:
        this.#mention(this.#bytes.line(), this.#bytes.line());
        return;
      case OP.stackGlobal: {
        const [attribute, module] = [this.#pop(), this.#pop()];
        if (typeof attribute !== 'string' || typeof module !== 'string') {
          throw this.#damaged('a name in it is no text');
        }
        this.#mention(module, attribute);
        return;
      }
      case OP.reduce: {
        const [parameters, callee] = [this.#pop(), this.#pop()];
        if (!(callee instanceof PythonName) || !Array.isArray(parameters)) {
          throw this.#damaged('it calls something that is no name');
        }
        this.#push(this.#meaning.call(callee, parameters));
        return;
      }
      case OP.build: {
        const state = this.#pop();
        this.#meaning.build?.(this.#top(), state);
        return;
      }
      case OP.put:
        this.#remember(this.#bytes.byte());
        return;
      case OP.longPut:
        this.#remember(this.#bytes.word());
        return;
      case OP.memoize:
        this.#remember(this.#memo.size);
        return;
      case OP.get:
        this.#recall(this.#bytes.byte());
        return;
      case OP.longGet:
        this.#recall(this.#bytes.word());
        return;
      case OP.persistent:
        this.#push(this.#meaning.persistent(this.#pop()));
        return;
      default:
        throw this.#damaged(
          `byte ${this.#bytes.position - 1} is 0x${op.toString(16)}, which no such file needs`,
        );
    }
  }

  #mention(module: string, attribute: string): void {
    const name = new PythonName(module, attribute);
    if (!this.#meaning.isKnown(name)) throw this.#meaning.refusal(name);
    this.#push(name);
  }

  #push(value: Unpickled): void {
    this.#stack.push(value);
  }

  #pop(): Unpickled {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw this.#damaged('something in it has no content');
    return value;
  }

  #popToMark(): Unpickled[] {
    const from = this.#stack.lastIndexOf(MARK);
    if (from < 0) throw this.#damaged('a container in it has no beginning');
    const parts = this.#stack.splice(from).slice(1);
    return parts.filter((part): part is Unpickled => part !== MARK);
  }

  #top(): Unpickled {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.#damaged('something in it has no container');
    return value;
  }

  #extend(parts: readonly Unpickled[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#damaged('something is put into a list that is none');
    for (const part of parts) list.push(part);
  }

  #setItems(parts: readonly Unpickled[]): void {
    const map = this.#top();
    if (!(map instanceof Map)) throw this.#damaged('something is put into a dictionary that is none');
    if (parts.length % 2 !== 0) throw this.#damaged('a dictionary in it has a key without a value');
    for (let i = 0; i < parts.length; i += 2) map.set(parts[i], parts[i + 1]);
  }

  #remember(key: number): void {
    if (this.#memo.size >= MAXIMUM_MEMO) throw this.#damaged('it remembers more than any file needs');
    this.#memo.set(key, this.#top());
  }

  #recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) throw this.#damaged('it refers to something that is not there');
    this.#push(value);
  }

  #damaged(why: string): LimnError {
    return new LimnError(`${this.#name} is damaged, or no file of this kind: ${why}.`);
  }
}
