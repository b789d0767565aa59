import { expect, it } from 'vitest';
import { toPlainRecording } from '../../src/core/plain-recording.ts';
import { sampleRecording } from '../helpers/people.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

it('a metadata track is read by the browser’s own player, with a cue a frame', async () => {
  const recording = toPlainRecording(sampleRecording());
  const named = {
    ...recording,
    info: { ...recording.info, source: { kind: 'video' as const, name: 'a --> b.mp4' } },
  };
  const cues = await watched.page.evaluate(async (text) => {
    const { limn, readTrack } = window.harness;
    const recording = JSON.parse(text, (_, value: unknown) =>
      value === null ? Number.NaN : value,
    ) as Parameters<typeof limn.exportRecording>[0];
    return readTrack(await limn.exportRecording(recording, 'vtt'));
  }, JSON.stringify(named));
  expect(cues.map(({ from }) => from)).toEqual([0, 0.033, 0.067]);
  expect(cues.map(({ to }) => to)).toEqual([0.033, 0.067, 0.1]);
  expect(cues.map(({ content }) => (content as { people: unknown[] }).people.length)).toEqual([2, 0, 1]);
  const [person] = (
    cues[2]?.content as { people: { id: number; poses: { set: string; keypoints: unknown[] }[] }[] }
  ).people;
  expect(person?.id).toBe(1);
  expect(person?.poses.map(({ set }) => set)).toEqual(['blazepose-33', 'hand-21']);
  expect(person?.poses[0]?.keypoints.slice(45, 48)).toEqual([null, null, 0]);
});
