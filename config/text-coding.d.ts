// What is everywhere, though no version of ECMAScript says so: https://encoding.spec.whatwg.org, and timers.

declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

declare function setTimeout(callback: () => void, milliseconds?: number): unknown;
