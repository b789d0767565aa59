import type { Box } from './pose.ts';

/** Of two boxes, what both cover as a share of what either covers: 0 to 1. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  if (!(width > 0 && height > 0)) return 0;
  const both = width * height;
  return both / (a.width * a.height + b.width * b.height - both);
}

/** The smallest upright box around some points. */
export function boxAround(count: number, x: (i: number) => number, y: (i: number) => number): Box {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [top, bottom] = [left, right];
  for (let i = 0; i < count; i++) {
    [left, right] = [Math.min(left, x(i)), Math.max(right, x(i))];
    [top, bottom] = [Math.min(top, y(i)), Math.max(bottom, y(i))];
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** The smallest upright box around boxes. */
export function boxOfAll(boxes: readonly Box[]): Box {
  const corner = (i: number): readonly [number, number] => {
    const { left, top, width, height } = boxes[i >> 1] ?? { left: 0, top: 0, width: 0, height: 0 };
    return i % 2 === 0 ? [left, top] : [left + width, top + height];
  };
  return boxAround(
    2 * boxes.length,
    (i) => corner(i)[0],
    (i) => corner(i)[1],
  );
}
