import { beforeAll, describe, expect, it } from 'vitest';
import { hasRealWeights, realAddress, serveRealWeights } from '../../helpers/real-weights.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const model = (): [string, string] => [
  realAddress('humanModels', 'models/movenet-multipose.json'),
  realAddress('humanModels', 'models/movenet-multipose.bin'),
];
const picture = (name: string): string => readBase64(sharedPath(`images/${name}.jpg`));

describe.skipIf(!hasRealWeights || !hasSharedData)('MoveNet multipose', () => {
  beforeAll(() => serveRealWeights(watched.page));

  it.each([
    'litert-wasm',
    'tfjs-wasm',
  ] as const)('gives on %s the people that its whole graph gives', async (engine) => {
    const differences = await watched.page.evaluate(
      ({ model, pictures, sizes, engine }) => window.harness.compareMultipose(model, pictures, sizes, engine),
      {
        model: model(),
        pictures: [picture('tfpose_p2'), picture('coco_000000000328')],
        sizes: [
          { width: 256, height: 192 },
          { width: 96, height: 256 },
        ],
        engine,
      },
    );
    expect(differences).toHaveLength(4);
    for (const { pixels, scores } of differences) {
      expect(pixels).toBeLessThan(0.001);
      expect(scores).toBeLessThan(1e-4);
    }
    expect(differences.reduce((sum, { people }) => sum + people, 0)).toBeGreaterThan(8);
  });

  /** Who is in pictures that a page is given, laid side by side in rows. */
  const find = (pictures: readonly string[], columns: number, options: object) =>
    watched.page.evaluate(
      async ({ pictures, columns, options }) => {
        const { limn, toBlob } = window.harness;
        const images = await Promise.all(pictures.map((each) => createImageBitmap(toBlob(each))));
        const [{ width, height } = { width: 1, height: 1 }] = images;
        const canvas = new OffscreenCanvas(width * columns, height * Math.ceil(images.length / columns));
        const context = canvas.getContext('2d');
        for (const [i, image] of images.entries()) {
          context?.drawImage(image, (i % columns) * width, Math.floor(i / columns) * height, width, height);
          image.close();
        }
        const file = new File([await canvas.convertToBlob()], 'many.png');
        const { frames, info } = await limn.analyze(file, { model: 'movenet-multipose', ...options });
        const bodies = frames[0]?.people.flatMap(({ body }) => body?.keypoints ?? []) ?? [];
        return { width, height, bodies, people: frames[0]?.people.length ?? 0, run: info.runs[0] };
      },
      { pictures, columns, options },
    );

  it('finds twelve people where its network finds six, each where they are in the single picture', async () => {
    const two = picture('tfpose_p2');
    const all = Array.from({ length: 6 }, () => two);
    const many = await find(all, 3, { engine: 'litert-wasm' });
    expect(many.people).toBe(12);
    expect(many.run).toMatchObject({ engine: 'litert-wasm', network: { netResolution: '384x384' } });
    const single = await find([two], 1, { engine: 'litert-wasm' });
    expect(single.people).toBe(2);
    // Sure keypoints lie where one of the two has the same keypoint, by 4 % of the picture's width.
    const places = single.bodies.map(({ x, y }, i) => ({ x, y, keypoint: i % 17 }));
    const sure = many.bodies.flatMap(({ x, y, score }, i) =>
      score > 0.4 ? [{ x, y, keypoint: i % 17 }] : [],
    );
    expect(sure.length).toBeGreaterThan(100);
    const off = sure.map(({ x, y, keypoint }) =>
      Math.min(
        ...places
          .filter((place) => place.keypoint === keypoint)
          .map((place) => Math.hypot(place.x - (x % single.width), place.y - (y % single.height))),
      ),
    );
    expect(off.filter((distance) => distance > 0.04 * single.width).length / off.length).toBeLessThan(0.05);
  });

  it('comes with the page, and so does lightning', async () => {
    const two = picture('tfpose_p2');
    const several = await find([two], 1, { engine: 'tfjs-wasm' });
    expect(several.people).toBe(2);
    expect(several.run).toMatchObject({ engine: 'tfjs-wasm', parity: { largest: expect.any(Number) } });
    // Its weights are in half precision in the package already.
    expect(several.run?.parity?.largest).toBeLessThan(1e-4);
    const one = await find([two], 1, { engine: 'tfjs-wasm', model: 'movenet-lightning' });
    expect(one.people).toBe(1);
    expect(one.run?.weights).toEqual({ 'MoveNet · lightning': expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});
