import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of tests that take longest, longest first, by the times of a whole run on two cores. Begun last, such a file goes
 * on by itself when all others are done.
 */
const LONGEST = [
  'browsers/webkit',
  'browsers/firefox',
  'browser/odd-videos',
  'page/videos',
  'page/corrections',
  'page/page',
  'page/motion',
  'page/networks',
].map((name) => `/test/${name}.test.ts`);

function place({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((name) => moduleId.endsWith(name));
  return found < 0 ? LONGEST.length : found;
}

/** Begins the longest files of tests first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
