/** A browser with one page, driven in the way that all three engines have in common. */
export interface OpenBrowser {
  /** Of the browser, as it says itself. */
  readonly version: string;
  /** Where the browser puts files that the page has it save. */
  readonly downloads: string;
  /** Has the browser a camera of its own making? */
  readonly hasFakeCamera: boolean;
  /** Opens an address and waits until its scripts have run. */
  goto(address: string): Promise<void>;
  /**
   * Runs a function in the page. What goes in and comes out is JSON, and the function knows nothing from outside of it.
   *
   * @throws {Error} with the message of what the function threw
   */
  run<Arguments extends readonly unknown[], Result>(
    perform: (...parameters: Arguments) => Result | Promise<Result>,
    ...parameters: Arguments
  ): Promise<Awaited<Result>>;
  /** Drops files on the page. @param paths of files on this machine */
  drop(paths: readonly string[]): Promise<void>;
  /** Gives the page another size, in CSS pixels, or nearly: windows have least widths. */
  resize(size: { readonly width: number; readonly height: number }): Promise<void>;
  /** What the page looks like, as PNG. */
  screenshot(): Promise<Buffer>;
  /** What must never happen and did since the browser was opened: console errors, uncaught errors. */
  faults(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Of the operating system, as `LC_ALL` has it: `C.UTF-8`, `de_DE.UTF-8`. */
  readonly locale: string;
  /** The page's language, as browsers are told it beside: `de-DE`; `null`: what follows from the locale. */
  readonly language: string | null;
  /** A folder of this browser's own: its profile, and what it saves. */
  readonly folder: string;
}

/** Pixels of the window: enough for the whole page. */
export const WINDOW = { width: 1280, height: 800 } as const;

/** Of a phone held upright. */
export const PHONE = { width: 390, height: 844 } as const;

/** How long a function in the page may take, in milliseconds. */
export const SCRIPT_TIMEOUT_MS = 170_000;

/** The environment of a browser: only the locale decides about languages. */
export function environmentFor(locale: string): NodeJS.ProcessEnv {
  const { LANGUAGE: _, ...others } = process.env;
  return { ...others, LANG: locale, LC_ALL: locale };
}
