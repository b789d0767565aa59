import { expect, it } from 'vitest';
import { hasRealWeights, readCodait, realAddress, serveRealWeights } from '../../helpers/real-weights.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const canRun = hasRealWeights && hasSharedData;
const photo = (): string => readBase64(sharedPath('images/tfpose_p2.jpg'));

it.skipIf(!canRun)(
  'max-human-pose-estimator finds by itself how it wants its pictures, and the same people on LiteRT and TensorFlow.js',
  async () => {
    const { id, description, runs } = await watched.page.evaluate(
      async ({ files, picture }) => {
        const { limn, toBlob } = window.harness;
        const { id, description } = await limn.importModel(
          files.map(({ name, base64 }) => new File([toBlob(base64)], name)),
        );
        const runs = [];
        for (const engine of ['litert-wasm', 'tfjs-wasm']) {
          const photo = new File([toBlob(picture)], 'photo.jpg');
          const { frames, info } = await limn.analyze(photo, { model: id, engine });
          runs.push({
            engine: info.runs[0]?.engine,
            bodies: frames[0]?.people.flatMap(({ body }) => body ?? []) ?? [],
          });
        }
        return { id, description, runs };
      },
      {
        files: readCodait().map(({ name, bytes }) => ({
          name: name.replace(/^.*\//, ''),
          base64: bytes.toString('base64'),
        })),
        picture: photo(),
      },
    );
    expect(id).toMatch(/^imported-/);
    // What is a guess is said to be one.
    expect(description).toMatch(/brought from a file$/);
    expect(runs.map(({ engine }) => engine)).toEqual(['litert-wasm', 'tfjs-wasm']);
    const [lite, tfjs] = runs.map(({ bodies }) => bodies);
    expect(lite).toHaveLength(2);
    expect(tfjs).toHaveLength(2);
    for (const [i, { keypoints }] of (lite ?? []).entries()) {
      expect(keypoints.filter(({ score }) => score > 0)).toHaveLength(18);
      for (const [j, { x, y }] of keypoints.entries()) {
        const other = tfjs?.[i]?.keypoints[j];
        expect(Math.hypot(x - (other?.x ?? Number.NaN), y - (other?.y ?? Number.NaN))).toBeLessThan(1);
      }
    }
  },
);

it.skipIf(!canRun).each(['litert-wasm', 'tfjs-wasm'] as const)(
  'PoseNet gives on %s the people that its whole graph and its makers’ decoder give',
  async (engine) => {
    await serveRealWeights(watched.page);
    const differences = await watched.page.evaluate(
      ({ model, picture, engine }) => window.harness.comparePoseNet(model, picture, engine),
      {
        model: [
          realAddress('humanModels', 'models/posenet.json'),
          realAddress('humanModels', 'models/posenet.bin'),
        ] as [string, string],
        picture: photo(),
        engine,
      },
    );
    expect(differences.people).toBe(2);
    expect(differences.pixels).toBeLessThan(0.001);
    expect(differences.scores).toBeLessThan(1e-4);
  },
);

it.skipIf(!canRun).each(['movenet-multipose', 'posenet'])('%s leaves no tensors behind', async (name) => {
  await serveRealWeights(watched.page);
  const counts = await watched.page.evaluate(
    ({ address, picture }) => window.harness.countEstimatorTensors(address, picture),
    { address: realAddress('humanModels', `models/${name}.json`), picture: photo() },
  );
  expect(new Set(counts).size).toBe(1);
});
