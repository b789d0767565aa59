import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { LimnError } from '../../core/errors.ts';

/** Digits of a digest that are said. */
const SHOWN_DIGITS = 12;

/** Where the parts of a file go as they come. */
export interface Receiver {
  add(part: Uint8Array<ArrayBuffer>): void;
  /** The file is sent from its beginning again. */
  clear(): void;
}

export interface Download {
  readonly url: string;
  /** What it is called in sentences. */
  readonly name: string;
  /** In bytes, where it is known. */
  readonly byteLength: number | null;
  /** What is longer isn't taken. In bytes. */
  readonly maximumBytes: number;
  /** What the file is held against, where it is known, as hexadecimal digits. */
  readonly digest: { readonly sha256: string } | { readonly md5: string } | null;
  /** Who states size and digest: "the catalogue knows". */
  readonly statedBy: string;
  readonly init?: RequestInit;
  /** Ends it with an `AbortError`. */
  readonly signal?: AbortSignal;
  /** The server has answered. @param totalBytes as it says, `null`: it doesn't */
  readonly onAnswer?: (totalBytes: number | null) => void;
  /** @param isAgain it broke off, and isn't as far again as it was */
  readonly onProgress?: (loadedBytes: number, isAgain: boolean) => void;
}

/** A try that failed, and may not fail the next time. The message is a sentence. */
export class Interruption extends Error {
  /** The file came, but isn't the one that was stated. */
  readonly isOther: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly isOther?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.isOther = options.isOther ?? false;
  }
}

/** How far a file has come, over all tries. */
export class DownloadState {
  readonly request: Download;
  loaded = 0;
  /** What the whole has by the server's word. */
  total: number | null = null;
  /** What a server needs to know that it is still the same file. */
  validator: string | null = null;
  canResume = false;
  isPastCaches = false;
  /** Does another host answer than the page's? */
  readonly isForeign: boolean;
  /** Who answers, in words. */
  readonly server: string;
  /** Else it lies in the page: `blob:`, `data:`. */
  readonly isFromServer: boolean;
  readonly #receiver: Receiver;
  /** `null`: there is nothing to hold it against. */
  #hash: Hash | null;
  /** How far it was when it last broke off. */
  #mark = 0;

  constructor(request: Download, receiver: Receiver, ownOrigin: string) {
    this.request = request;
    this.#receiver = receiver;
    this.#hash = createHash(request);
    const { origin, host, protocol } = new URL(request.url, ownOrigin);
    this.isFromServer = /^https?:$/.test(protocol);
    this.isForeign = this.isFromServer && origin !== ownOrigin;
    this.server = this.isForeign ? host : this.isFromServer ? 'the server' : 'the browser';
  }

  add(part: Uint8Array<ArrayBuffer>): void {
    this.loaded += part.length;
    const { byteLength, maximumBytes, name, onProgress } = this.request;
    if (byteLength !== null && this.loaded > byteLength) throw this.#other(`more than ${byteLength} bytes`);
    if (this.loaded > maximumBytes) throw new LimnError(`${name} is larger than any file of its kind.`);
    this.#hash?.update(part);
    this.#receiver.add(part);
    onProgress?.(this.loaded, this.loaded < this.#mark);
  }

  restart(): void {
    if (this.loaded === 0) return;
    this.loaded = 0;
    this.#hash = createHash(this.request);
    this.#receiver.clear();
  }

  interrupt(): void {
    this.#mark = Math.max(this.#mark, this.loaded, 1);
    this.request.onProgress?.(this.loaded, true);
  }

  /** A wrong file may lie in a cache on the way: once it is asked for past them. */
  mayAskPastCaches(): boolean {
    if (this.isPastCaches) return false;
    this.isPastCaches = true;
    this.canResume = false;
    return true;
  }

  /** All has come. @throws {Interruption} if it isn't what was stated */
  finish(): void {
    const { byteLength, digest } = this.request;
    if (byteLength !== null && this.loaded !== byteLength) {
      throw this.#other(`${this.loaded} bytes, not ${byteLength}`);
    }
    if (!digest || !this.#hash) return;
    const actual = bytesToHex(this.#hash.digest());
    const stated = 'md5' in digest ? digest.md5 : digest.sha256;
    if (actual !== stated) {
      throw this.#other(`${actual.slice(0, SHOWN_DIGITS)}…, not ${stated.slice(0, SHOWN_DIGITS)}…`);
    }
  }

  #other(difference: string): Interruption {
    const { name, statedBy } = this.request;
    return new Interruption(
      `What ${this.server} gives as ${name} is another file than ${statedBy} (${difference}). It isn't used.`,
      { isOther: true },
    );
  }
}

interface Hash {
  update(part: Uint8Array): unknown;
  digest(): Uint8Array;
}

function createHash({ digest }: Download): Hash | null {
  if (!digest) return null;
  return 'md5' in digest ? md5.create() : sha256.create();
}
