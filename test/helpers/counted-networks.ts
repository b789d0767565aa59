/** Counts ONNX Runtime's sessions in the harness' page, with small networks. */
import type { Page } from 'playwright-core';
import type { OrtEngineId } from '../../src/families/engines/engine-catalog.ts';
import { plainPng } from './make-pictures.ts';
import { onnxMapsBytes, rtmoBytes, rtmposeBytes, yoloxBytes } from './onnx-networks.ts';
import type { SessionTrial } from './session-count.ts';
import { writeOnnx } from './write-onnx.ts';

const SIZE = { width: 64, height: 64 };

/** RTMO's inputs and outputs, of an operator that no runtime has. */
const lacking = (): Uint8Array =>
  writeOnnx({
    inputs: [{ name: 'images', shape: [1, 3, 64, 64] }],
    outputs: [
      { name: 'dets', shape: [1, 2, 5] },
      { name: 'keypoints', shape: [1, 2, 17, 3] },
    ],
    nodes: [{ operator: 'Frobnicate', inputs: ['images'], outputs: ['dets', 'keypoints'] }],
  });

export function countSessionsOn(
  page: Page,
  engines: readonly OrtEngineId[],
  trials: readonly SessionTrial[],
) {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const networks = {
    rtmo: base64(rtmoBytes(SIZE)),
    yolox: base64(yoloxBytes(SIZE, 1)),
    rtmpose: base64(rtmposeBytes(SIZE)),
    hands: base64(rtmposeBytes(SIZE, 21)),
    maps: base64(onnxMapsBytes({ size: SIZE, input: 'channels-first', outputs: [19, 38] })),
    lacking: base64(lacking()),
  };
  return page.evaluate(
    ([all, picture, wanted, names]) => window.harness.countSessions(all, picture, wanted, names),
    [networks, plainPng(96, 80, [90, 120, 60, 255]).toString('base64'), engines, trials] as const,
  );
}
