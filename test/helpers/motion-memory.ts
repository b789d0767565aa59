// Run by itself: `make FILE` keeps a long recording of many people; `work FILE` does the default plan to it, and prints how
// many bytes that takes beyond an idle process. Two runs, for what was made for the first leaves holes in the second's memory.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { DEFAULT_PLAN, toSteps } from '../../src/app/motion/clean-plan.ts';
import { workOn } from '../../src/app/motion/work-on.ts';
import { encodeFrames } from '../../src/recording/log/encode-frames.ts';
import { passersBy } from './passers-by.ts';
import { info } from './people.ts';

const idle = process.memoryUsage.rss();
const [task, path = ''] = process.argv.slice(2);
if (task === 'make') make();
else await work();

function make(): void {
  const file = openSync(path, 'w');
  for (const batch of encodeFrames(passersBy({ frames: 18_000, atOnce: 10, stay: 1800, frameRate: 30 }))) {
    writeSync(file, Uint32Array.of(batch.byteLength));
    writeSync(file, batch);
  }
  closeSync(file);
}

function read(): Uint8Array<ArrayBuffer>[] {
  const file = openSync(path, 'r');
  const batches: Uint8Array<ArrayBuffer>[] = [];
  for (const length = new Uint32Array(1); readSync(file, length) > 0; ) {
    const batch = new Uint8Array(length[0] ?? 0);
    readSync(file, batch);
    batches.push(batch);
  }
  closeSync(file);
  return batches;
}

async function work(): Promise<void> {
  const frames = read();
  const given = frames.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const steps = toSteps(DEFAULT_PLAN, { range: {}, personId: null }).filter((step) => step.kind !== 'lift');
  const host = {
    lift: () => Promise.reject(new Error('The default plan lifts nobody.')),
    report: () => undefined,
  };
  const { info: made, batches, paths } = await workOn({ info, frames, edits: [], steps }, host);
  const taken = batches.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const peak = process.resourceUsage().maxRSS * 1024 - idle;
  console.log(JSON.stringify({ peak, given, taken, people: paths.size, processing: made.processing }));
}
