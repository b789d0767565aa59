import { actorRecording } from './actor-recording.ts';
import { writeWith } from './write-with.ts';

/** Files of ten short recordings of keypoints, to be dropped on the page together. */
export function tenRecordings(): { name: string; mimeType: string; buffer: Buffer }[] {
  return Array.from({ length: 10 }, (_, i) => {
    const name = `walk ${String(i + 1).padStart(2, '0')}.mp4`;
    const recording = actorRecording(6, { source: { kind: 'video', name } });
    return {
      name: name.replace('.mp4', '.limn.json'),
      mimeType: 'application/json',
      buffer: Buffer.from(writeWith('limn-json', recording)),
    };
  });
}
