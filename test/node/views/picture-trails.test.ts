import { expect, it } from 'vitest';
import type { Context2D } from '../../../src/views/overlay/fit.ts';
import { PictureTrails } from '../../../src/views/overlay/picture-trails.ts';
import { personAt } from '../../helpers/people.ts';

it('trails of people who are hidden aren’t drawn, also of the time before', () => {
  const trails = new PictureTrails();
  for (const time of [0, 0.1, 0.2]) {
    trails.note(time, [personAt(0, 100 + time, 100), personAt(1, 300 + time, 100)], 'nose', 0.5);
  }
  const drawn = (hidden?: ReadonlySet<number>): number[] => {
    const xs: number[] = [];
    const ignore = (): void => undefined;
    const note = (x: number): void => void xs.push(x);
    const context = { globalAlpha: 1, beginPath: ignore, stroke: ignore, moveTo: note, lineTo: note };
    trails.draw(
      context as unknown as Context2D,
      (x) => x,
      (y) => y,
      4,
      hidden,
    );
    return xs;
  };
  const sides = (xs: readonly number[]): boolean[] => [xs.some((x) => x < 200), xs.some((x) => x > 200)];
  expect(sides(drawn())).toEqual([true, true]);
  expect(sides(drawn(new Set([0])))).toEqual([false, true]);
  expect(sides(drawn(new Set([0, 1])))).toEqual([false, false]);
});
