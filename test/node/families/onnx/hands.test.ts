import { expect, it } from 'vitest';
import type { Detections, OwnHands, Pose } from '../../../../src/core/pose.ts';
import type { PoseEstimator } from '../../../../src/families/estimator.ts';
import { RegionReader } from '../../../../src/families/onnx/top-down-estimator.ts';
import { ModelRegistry } from '../../../../src/families/registry.ts';
import { rtmpose } from '../../../../src/families/rtmpose/decode.ts';
import { HandsEstimator } from '../../../../src/families/rtmpose/hands-estimator.ts';
import { skeletonOf } from '../../../../src/skeletons/registry.ts';
import { canFindHands } from '../../../../src/tracking/order.ts';
import { buildNetwork, summarize } from '../../../../src/workers/networks/build-network.ts';
import { buildOnnxNetwork } from '../../../helpers/build-onnx.ts';
import { MISSING_KEYPOINT, onnxMapsBytes, rtmposeBytes } from '../../../helpers/onnx-networks.ts';
import { NO_IMAGE, openInNode, RandomPicture } from '../../../helpers/onnx-sessions.ts';

const SIZE = { width: 256, height: 256 };
const FRAME = { width: 640, height: 480 };

/** Shoulder, elbow and wrist of each side that is given. */
function bodyWith(arms: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>>): Pose {
  const names: readonly string[] = skeletonOf('coco-17').keypoints;
  const points = new Float32Array(3 * names.length);
  for (let at = 0; at < points.length; at += 3) points.set([Number.NaN, Number.NaN, 0], at);
  for (const [side, joints] of Object.entries(arms))
    for (const [i, [x, y]] of joints.entries())
      points.set([x, y, 0.9], 3 * names.indexOf(`${side}_${['shoulder', 'elbow', 'wrist'][i]}`));
  return { set: 'coco-17', points, world: null, handedness: null };
}

function estimatorOf(found: Detections): PoseEstimator & { isClosed: boolean } {
  return {
    isClosed: false,
    options: { model: 'rtmo-s', hands: true, people: 5, mode: 'image' },
    device: { engine: 'ort-wasm', device: 'WASM', isSoftwareGpu: false },
    estimate: async () => found,
    reset: async () => undefined,
    close() {
      this.isClosed = true;
    },
  };
}

it.each(['batch', 1])('RTMPose finds the hands at the wrists of bodies, %s at once', async (batch) => {
  const network = await buildOnnxNetwork(rtmposeBytes(SIZE, 21, batch));
  expect(network).toMatchObject({
    info: { family: 'rtmpose', keypoints: 'hand-21', isPart: true },
    use: { ...SIZE, keypoints: 'hand-21', picture: { order: 'rgb' } },
  });
  const { use, files } = network;
  const atOnce = use.batch ?? 8;
  const bytes = files[0]?.bytes ?? new Uint8Array();
  const raw = await openInNode(bytes, use.outputs);
  const picture = new RandomPicture(FRAME, SIZE, atOnce, 3);
  // Two arms, one arm, and arms of which the left hand is known.
  const known: Pose = { set: 'hand-21', points: new Float32Array(63).fill(1), world: null, handedness: null };
  const own: OwnHands[] = [
    { leftHand: null, rightHand: null },
    { leftHand: null, rightHand: null },
    { leftHand: known, rightHand: null },
  ];
  const bodies = [
    bodyWith({
      left: [
        [300, 100],
        [340, 160],
        [400, 160],
      ],
      right: [
        [200, 100],
        [190, 180],
        [190, 260],
      ],
    }),
    bodyWith({
      right: [
        [500, 100],
        [500, 110],
        [500, 200],
      ],
    }),
    bodyWith({
      left: [
        [50, 50],
        [60, 90],
        [60, 150],
      ],
    }),
  ];
  const inner = estimatorOf({ bodies, hands: [], ownHands: own });
  const session = await openInNode(bytes, use.outputs);
  const hands = new HandsEstimator(inner, new RegionReader(session, use, picture, rtmpose));
  const found = await hands.estimate(NO_IMAGE, 0);
  hands.close();
  expect(inner.isClosed).toBe(true);
  expect(found.bodies).toBe(bodies);
  expect(found.ownHands?.map(({ leftHand, rightHand }) => [leftHand !== null, rightHand !== null])).toEqual([
    [true, true],
    [false, true],
    [true, false],
  ]);
  expect(found.ownHands?.[2]?.leftHand).toBe(known);
  // A third of the forearm beyond the wrist, as long as the forearm, or as 0.9 of an upper arm that is longer.
  const squares = [
    { hand: found.ownHands?.[0]?.leftHand, x: 400 + 0.33 * 60, y: 160, side: 0.9 * Math.hypot(40, 60) },
    { hand: found.ownHands?.[0]?.rightHand, x: 190, y: 260 + 0.33 * 80, side: 80 },
    { hand: found.ownHands?.[1]?.rightHand, x: 500, y: 200 + 0.33 * 90, side: 90 },
  ];
  for (const [i, { hand, x, y, side }] of squares.entries()) {
    const slot = i % atOnce;
    const cells = 3 * 256 * 256;
    const values = picture.values.slice(slot * cells, (slot + 1) * cells);
    const outputs = await raw.run(values, [1, 3, 256, 256]);
    const [across, down] = ['simcc_x', 'simcc_y'].map((name) => outputs.get(name)?.values ?? []);
    for (let k = 0; k < 21; k++) {
      const [row, line] = [across, down].map((all) => [...(all ?? [])].slice(512 * k, 512 * (k + 1)));
      const [mostX, mostY] = [Math.max(...(row ?? [])), Math.max(...(line ?? []))];
      const [ownX, ownY, score] = hand?.points.subarray(3 * k, 3 * k + 3) ?? [];
      if (k === MISSING_KEYPOINT) expect([ownX, ownY, score]).toEqual([Number.NaN, Number.NaN, 0]);
      else {
        expect(ownX).toBeCloseTo(x - side / 2 + ((row?.indexOf(mostX) ?? 0) / 512) * side, 2);
        expect(ownY).toBeCloseTo(y - side / 2 + ((line?.indexOf(mostY) ?? 0) / 512) * side, 2);
        expect(score).toBeCloseTo(Math.min(1, mostX, mostY), 5);
      }
    }
  }
  raw.close();
});

it('RTMPose’s hands that score low aren’t there', async () => {
  const network = await buildOnnxNetwork(rtmposeBytes(SIZE, 21));
  const { use, files } = network;
  const session = await openInNode(files[0]?.bytes ?? new Uint8Array(), use.outputs);
  const picture = new RandomPicture(FRAME, SIZE, 8, 3);
  // Of a darker picture, the same network's numbers are as much smaller.
  for (let i = 0; i < picture.values.length; i++) picture.values[i] = (picture.values[i] ?? 0) / 20;
  const body = bodyWith({
    left: [
      [300, 100],
      [340, 160],
      [400, 160],
    ],
  });
  const reader = new RegionReader(session, use, picture, rtmpose);
  const hands = new HandsEstimator(estimatorOf({ bodies: [body], hands: [] }), reader);
  const found = await hands.estimate(NO_IMAGE, 0);
  hands.close();
  expect(picture.placements).toHaveLength(1);
  expect(found.ownHands).toEqual([{ leftHand: null, rightHand: null }]);
});

it('RTMPose’s hands are for ONNX networks, and OpenPose’s for its own', async () => {
  const registry = new ModelRegistry();
  const bodies = [
    { family: 'rtmo' },
    { family: 'vitpose' },
    { family: 'maps' },
    { family: 'maps-onnx' },
  ] as const;
  const able = (): boolean[] => bodies.map((info) => canFindHands(info, registry));
  expect(able()).toEqual([false, false, false, false]);
  registry.add(summarize(await buildOnnxNetwork(rtmposeBytes(SIZE, 21))), null);
  expect(able()).toEqual([true, true, false, false]);
  const maps = onnxMapsBytes({ size: null, input: 'channels-first', outputs: [22] });
  registry.add(summarize(await buildNetwork([{ name: 'hand.onnx', bytes: maps }], {}, null)), null);
  expect(able()).toEqual([true, true, false, true]);
});
