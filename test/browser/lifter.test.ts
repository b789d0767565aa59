import { expect, it } from 'vitest';
import { toPlainRecording } from '../../src/core/plain-recording.ts';
import { describeLifters } from '../helpers/lifters-on-engines.ts';
import { stageActors } from '../helpers/staged-actors.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

describeLifters(watched, ['litert-wasm']);

it('A lifter passes over an engine that computes wrongly, and over one that breaks at work, and loses nothing', async () => {
  // Longer than a piece, so that there is a second one to break at.
  const track = Array.from(
    { length: 1100 * 34 },
    (_, i) => 0.4 * Math.sin(i * 0.7 + Math.floor(i / 34) * 0.05),
  );
  const {
    failures,
    engine,
    worst: off,
    open,
  } = await watched.page.evaluate((track) => window.harness.liftOverFailures(track), track);
  expect(failures.map(({ engine: failed }) => failed)).toEqual(['tfjs-webgl', 'tfjs-wasm']);
  expect(failures[0]?.reason).toContain('it computes wrongly');
  expect(failures[1]?.reason).toContain('The device is gone.');
  expect(engine).toBe('litert-wasm');
  expect(off).toBeLessThan(1e-5);
  expect(open).toBe(0);
});

it('transform lifts, cleans and places a recording, and says all of it', async () => {
  const staged = stageActors({ seconds: 4, actors: 2, noise: 1.5, worldNoise: 0.01 });
  const recording = toPlainRecording(staged.recording);
  // Somebody is lost for a moment, and nobody's depth is known.
  for (const frame of recording.frames) for (const { body } of frame.people) delete body?.world;
  for (const frame of recording.frames.slice(40, 45)) frame.people.splice(1, 1);
  const result = await watched.page.evaluate(async (recording) => {
    const { fillGaps, lift, place, smooth } = window.harness.limn;
    return window.harness.transform(recording, [
      fillGaps({ maximumFrames: 10 }),
      smooth({ cutoff: 6 }),
      lift(),
      place({ fov: 60 }),
    ]);
  }, recording);
  expect(result.info.processing).toEqual([
    expect.stringContaining('gaps of up to 10 frames filled'),
    expect.stringContaining('Butterworth of order 2'),
    expect.stringContaining('lifted to 3-D by limn-lift-81 (81 frames, litert-wasm, with its mirror image)'),
    expect.stringContaining('placed in the room (field of view 60.0°, given)'),
  ]);
  expect(result.info.lifter).toMatchObject({
    model: 'limn-lift-81',
    receptiveField: 81,
    isCausal: false,
    isMirrored: true,
  });
  expect(result.info.lifter?.sha256).toMatch(/^[0-9a-f]{64}$/);
  const errors: number[] = [];
  for (const [i, { people }] of result.frames.entries()) {
    expect(people).toHaveLength(2);
    for (const { id, lifted, place: at, body } of people) {
      expect(lifted?.set).toBe('h36m-17');
      expect(at?.every(Number.isFinite)).toBe(true);
      expect(body?.filled !== undefined).toBe(id === 1 && i >= 40 && i < 45);
      expect(lifted?.filled !== undefined).toBe(id === 1 && i >= 40 && i < 45);
      const joints = staged.truth[i]?.[id]?.joints;
      const root = joints?.left.hip.clone().add(joints.right.hip).multiplyScalar(0.5);
      for (const [joint, truth] of [
        [2, joints?.right.knee],
        [5, joints?.left.knee],
        [12, joints?.left.elbow],
        [16, joints?.right.wrist],
      ] as const) {
        const { x = Number.NaN, y = Number.NaN, z = Number.NaN } = lifted?.world?.[joint] ?? {};
        const wanted = truth && root ? truth.clone().sub(root) : null;
        if (wanted) errors.push(Math.hypot(x - wanted.x, y - wanted.y, z - wanted.z));
      }
    }
  }
  // A network that has seen only real people, on one of cylinders: it errs by some centimetres.
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.15);
});

it('transform says which step isn’t valid, and which network isn’t there', async () => {
  const recording = toPlainRecording(stageActors({ seconds: 0.4 }).recording);
  const attempt = (steps: unknown[]) =>
    watched.page.evaluate(
      ([recording, steps]) =>
        window.harness.transform(recording, steps as never).then(
          () => 'done',
          (error: Error) => error.message,
        ),
      [recording, steps] as const,
    );
  expect(await attempt([{ kind: 'smooth', cutoff: -1 }])).toContain('steps.0.cutoff is not valid');
  expect(await attempt([{ kind: 'melt' }])).toContain('steps.0.kind is not valid');
  expect(await attempt([{ kind: 'lift', model: 'imported-nothing' }])).toContain(
    'There is no model "imported-nothing"',
  );
  expect(await attempt([{ kind: 'lift', model: 'mediapipe-pose-lite' }])).toContain("doesn't lift to 3-D");
  expect(await attempt([{ kind: 'foot-lock' }])).toContain('place people in it first');
  expect(await attempt([{ kind: 'lift', engine: 'abacus' }])).toContain('The engine "abacus" is none');
});
