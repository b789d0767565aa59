import type { RecordingInfo } from '../core/recording.ts';
import type { SourceInfo } from '../sources/source.ts';

/** What a recording says of its source before its first frame has come: its size isn't known yet. */
export function describeSource(
  {
    kind,
    name,
    byteLength,
    demo,
    fieldOfView,
    assumedFrameRate,
    notes,
  }: Pick<SourceInfo, 'kind' | 'name' | 'byteLength' | 'demo' | 'fieldOfView' | 'assumedFrameRate' | 'notes'>,
  version: string,
): RecordingInfo {
  return {
    limn: version,
    created: new Date().toISOString(),
    source: {
      kind,
      name,
      ...(byteLength !== null && { byteLength }),
      ...(fieldOfView !== undefined && { fieldOfView }),
      ...(demo && { demo }),
    },
    width: 1,
    height: 1,
    mirrored: false,
    ...(assumedFrameRate !== undefined && { assumedFrameRate }),
    ...(notes && { notes }),
    runs: [],
  };
}
