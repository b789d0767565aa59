import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { MediumIndex } from '../../core/time/shown-parts.ts';

/** Every frame that a track holds, those that its edit list cuts away, too. Reads the index, decodes nothing. */
export async function readMediumIndex(track: InputVideoTrack): Promise<MediumIndex> {
  const times = new Set<number>();
  const keyTimes = new Set<number>();
  let latest = Number.NEGATIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  let isOrdered = true;
  const sink = new EncodedPacketSink(track);
  for await (const { timestamp, duration, type } of sink.packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    // Frames may be stored in another order than they are shown in, but only between two key frames.
    const isKept = timestamp + duration > 0 || timestamp >= 0;
    if (isKept && (times.has(timestamp) || (type === 'key' && timestamp <= latest))) isOrdered = false;
    if (isKept) latest = Math.max(latest, timestamp);
    end = Math.max(end, timestamp + duration);
    times.add(timestamp);
    if (type === 'key') keyTimes.add(timestamp);
  }
  const sorted = (set: Set<number>): Float64Array => Float64Array.from(set).sort();
  return { times: sorted(times), keyTimes: sorted(keyTimes), isOrdered, end };
}
