export { messages } from './english/english.ts';
export { exportMessages } from './english/export.ts';
export { describeJob } from './english/jobs.ts';
export { describeState, libraryMessages } from './english/library.ts';
export { markNames } from './english/marks.ts';
