import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { OrtEngineId } from '../../src/families/engines/engine-catalog.ts';
import type { LookedOnEngine } from './onnx-harness.ts';
import { readBase64, sharedPath } from './shared-data.ts';

/** Pictures with people, and what another program's decoder scores the best of them (../shared/reference/onnx-pose.md). */
export const YOLOX_PICTURES = [
  ['pose.jpg', 0.92],
  ['tfpose_p1.jpg', 0.92],
  ['coco_000000000241.jpg', 0.9],
] as const;

/** What YOLOX nano, with its real weights, finds on them. */
export function lookWithYolox(page: Page, engines: readonly OrtEngineId[]): Promise<LookedOnEngine> {
  return page.evaluate(
    ([network, pictures, wanted]) =>
      window.harness.lookOnEngines(network, 'yolox_nano.onnx', pictures, wanted),
    [
      readFileSync(sharedPath('onnx/yolox_nano.onnx')).toString('base64'),
      YOLOX_PICTURES.map(([name]) => readBase64(sharedPath(`images/${name}`))),
      engines,
    ] as const,
  );
}
