/** What a process ends with, as `sysexits.h` has it, for scripts and schedulers. */
export const EXIT = {
  done: 0,
  /** EX_USAGE: the command was written wrongly; nothing was done. */
  usage: 64,
  /** EX_DATAERR: some can never be done, as they are. */
  never: 65,
  /** EX_SOFTWARE: a defect of the program. */
  defect: 70,
  /** EX_TEMPFAIL: what failed may work when it is tried again. */
  tryAgain: 75,
} as const;

/** A process that a signal has ended has this and the signal's number. */
const SIGNALLED = 128;
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;
export type EndingSignal = keyof typeof NUMBERS;
export const ENDING_SIGNALS = Object.keys(NUMBERS) as readonly EndingSignal[];

export function exitCodeOf(signal: EndingSignal): number {
  return SIGNALLED + NUMBERS[signal];
}
