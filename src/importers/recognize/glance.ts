/** As much of a file as says what it is. */
export interface Glance {
  /** With its path inside a dropped folder. */
  readonly name: string;
  /** Its first {@link GLANCE_BYTES} bytes, or more. */
  readonly head: Uint8Array;
  /** Of a ZIP, the names of its files, as far as they are known. */
  readonly zipNames: readonly string[];
}

export const GLANCE_BYTES = 8192;
/** The directory of most ZIPs lies in their last bytes. */
export const GLANCE_TAIL_BYTES = 65_536;
