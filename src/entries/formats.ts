/**
 * `limn/formats`: keypoint files read and written, in any thread of a browser and in Node. Needs no worker and no network.
 *
 * @module
 */
export { LimnError } from '../core/errors.ts';
export type { RecordingInfo, RunInfo } from '../core/recording.ts';
export type { ConventionId } from '../formats/convention.ts';
export type { DataFormatId } from '../formats/exporter.ts';
export type { BlobLike } from '../formats/read-files.ts';
export { type GivenFile, type ReadOptions, read, readable } from '../library/here/read.ts';
export { type FormatInfo, formats, type WrittenBytes, write } from '../library/here/write.ts';
export type { WriteOptions } from '../library/here/write-options.ts';
export type { FrameEdit as Edit } from '../motion/corrections/edit.ts';
export type * from './plain-names.ts';
