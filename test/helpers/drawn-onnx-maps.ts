/** An ONNX network of OpenPose's kind whose maps show somebody, whatever its picture. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OrtEngineId } from '../../src/families/engines/engine-catalog.ts';
import { layoutFor } from '../../src/families/maps/layouts.ts';
import { crowd } from './crowd.ts';
import { drawMaps } from './draw-maps.ts';
import { plainPng } from './make-pictures.ts';
import type { LookedOnEngine } from './onnx-harness.ts';
import { onnxMapsBytes } from './onnx-networks.ts';

const layout = layoutFor('coco-18');
const [COLUMNS, ROWS] = [54, 46];
/** The frame is so many times as large as the network's picture. */
const FRAME_SCALE = 2;

/** What is found of it in a frame, and who was drawn, in pixels of the network's picture. */
export async function lookAtDrawnMaps(
  page: Page,
  engine: OrtEngineId,
): Promise<{ readonly found: LookedOnEngine; readonly person: Float32Array }> {
  const size = { width: 8 * COLUMNS, height: 8 * ROWS };
  const [person = new Float32Array()] = crowd(1, layout, COLUMNS);
  const maps = drawMaps([person], COLUMNS, ROWS, layout);
  const network = onnxMapsBytes({ size, input: 'channels-first', outputs: [19, 38], maps });
  const picture = plainPng(FRAME_SCALE * size.width, FRAME_SCALE * size.height, [90, 120, 60, 255]);
  const found = await page.evaluate(
    ([bytes, image, wanted]) => window.harness.lookOnEngines(bytes, 'pose.onnx', [image], [wanted]),
    [Buffer.from(network).toString('base64'), picture.toString('base64'), engine] as const,
  );
  return { found, person };
}

/** Is the one who was drawn the one who was found? */
export function expectDrawn({ keypoints, failures }: LookedOnEngine, person: Float32Array): void {
  expect(failures).toEqual([]);
  const [points = []] = keypoints;
  expect(points).toHaveLength(3 * layout.keypoints);
  const seen = points.filter((_, at) => at % 3 === 2 && (points[at] ?? 0) > 0);
  expect(seen.length).toBeGreaterThan(14);
  for (let at = 0; at < points.length; at += 3) {
    if (!((points[at + 2] ?? 0) > 0)) continue;
    for (const axis of [at, at + 1])
      expect(Math.abs((points[axis] ?? 0) - FRAME_SCALE * (person[axis] ?? 0))).toBeLessThan(4);
  }
}
