import { version } from '../../package.json';
import { commands } from './commands.ts';
import { ENDING_SIGNALS, type EndingSignal, exitCodeOf } from './exit-codes.ts';
import { runCommandLine } from './run.ts';

let endedBy: EndingSignal | null = null;
const ending = new AbortController();
for (const signal of ENDING_SIGNALS) {
  process.once(signal, () => {
    endedBy = signal;
    ending.abort();
  });
}
// Whoever reads the output may have enough of it, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const code = await runCommandLine(process.argv.slice(2), {
  commands,
  version,
  signal: ending.signal,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
process.exitCode = endedBy === null ? code : exitCodeOf(endedBy);
