import { expect, it } from 'vitest';
import { arrangeTwo } from '../../../src/views/overlay/fit.ts';

it('two pictures lie so that they are larger', () => {
  const [portrait, landscape] = [9 / 16, 16 / 9];
  expect(arrangeTwo([portrait, portrait], 680, 620).direction).toBe('across');
  expect(arrangeTwo([landscape, landscape], 680, 620).direction).toBe('down');
  expect(arrangeTwo([landscape, landscape], 390, 600).direction).toBe('down');
  expect(arrangeTwo([landscape, landscape], 1800, 500).direction).toBe('across');
  // Each of 320 × 180 in a pane that both fill.
  expect(arrangeTwo([landscape, landscape], 320, 360).area).toBeCloseTo(2 * 320 * 180, 6);
});
