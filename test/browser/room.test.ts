import { describe, expect, it } from 'vitest';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
const WAIT_MS = 600;

describe('the film’s room', () => {
  it.each([
    'front',
    'angled',
    'side',
    'top',
  ] as const)('shows everybody whole over all of the film, and large: %s', async (view) => {
    const films = await watched.page.evaluate((view) => window.harness.room.paintFilms(view), view);
    expect(films.map(({ who }) => who)).toEqual(['near', 'far', 'moving', 'two crossing']);
    for (const { who, joints, first, painted } of films) {
      const { left, right, top, bottom } = joints;
      expect(Math.min(left, top, 1 - right, 1 - bottom), who).toBeGreaterThan(0.03);
      expect(view === 'top' ? right - left : Math.max(right - left, bottom - top), who).toBeGreaterThan(0.5);
      // What is painted is where the joints are, with a head and flesh around them.
      for (const side of ['left', 'right', 'top', 'bottom'] as const) {
        expect(Math.abs(painted[side] - first[side]), `${who}, ${side}`).toBeLessThan(0.08);
      }
    }
  });

  it('is as the room is seen on the page, if that is wished', async () => {
    const [near] = await watched.page.evaluate(() => window.harness.room.paintFilms('seen', ['near']));
    expect(near && near.joints.bottom - near.joints.top).toBeLessThan(0.3);
  });
});

it('an angle is drawn at its joint in the room, and nowhere else', async () => {
  const { pixels, middle, knee } = await watched.page.evaluate(() => window.harness.room.paintArc());
  expect(pixels).toBeGreaterThan(50);
  for (const axis of [0, 1] as const)
    expect(Math.abs((middle[axis] ?? 1) - (knee?.[axis] ?? 0))).toBeLessThan(0.15);
});

describe('the room on the page', () => {
  it('has views that are gone to at once by whoever wants less motion, and else on a way', async () => {
    for (const [reducedMotion, isAtOnce] of [
      ['reduce', true],
      ['no-preference', false],
    ] as const) {
      await watched.page.emulateMedia({ reducedMotion });
      const seen = await watched.page.evaluate(async () => {
        const { openRoom, seenAfter } = window.harness.room;
        const { room, state } = await openRoom('near');
        room.lookFrom('side');
        // What is painted next is a step on the way, or the end of it.
        const first = await new Promise<number>((resolve) =>
          requestAnimationFrame(() => resolve(state.seen.room?.position[0] ?? 0)),
        );
        return { first, last: (await seenAfter(state, 600)).position[0] };
      });
      expect(Math.abs(seen.first - seen.last) < 1e-3).toBe(isAtOnce);
    }
    await watched.page.emulateMedia({ reducedMotion: null });
  });

  it('is turned by arrows when it has the focus, and brought back by F', async () => {
    const seen = await watched.page.evaluate(async (wait) => {
      const { openRoom, seenAfter } = window.harness.room;
      const { room, state } = await openRoom('near');
      const canvas = room.renderRoot.querySelector('canvas');
      const reached: string[] = [];
      const note = (event: KeyboardEvent) => reached.push(event.key);
      addEventListener('keydown', note);
      const press = (key: string) =>
        canvas?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
        );
      const before = await seenAfter(state, 0);
      press('ArrowRight');
      press('ArrowUp');
      press('-');
      const turned = await seenAfter(state, wait);
      const pressed = room.renderRoot.querySelectorAll('[aria-pressed="true"]').length;
      press('F');
      const back = await seenAfter(state, wait);
      press('b');
      removeEventListener('keydown', note);
      return { before, turned, back, reached, pressed };
    }, WAIT_MS);
    const distance = ({ position, target }: typeof seen.before) =>
      Math.hypot(...position.map((value, axis) => value - (target[axis] ?? 0)));
    expect(seen.turned.position[0]).toBeGreaterThan(seen.before.position[0]);
    expect(seen.turned.position[1]).toBeGreaterThan(seen.before.position[1]);
    expect(distance(seen.turned)).toBeCloseTo(distance(seen.before) * 1.15, 3);
    expect(seen.pressed).toBe(0);
    expect(Math.abs(distance(seen.back) / distance(seen.before) - 1)).toBeLessThan(0.1);
    // The page's own keys are still the page's.
    expect(seen.reached).toEqual(['b']);
  });

  it('is looked at along an axis that is clicked, by its buttons, and around somebody who is double-clicked', async () => {
    const seen = await watched.page.evaluate(async (wait) => {
      const { openRoom, seenAfter } = window.harness.room;
      const { room, state } = await openRoom('two crossing');
      const axes = room.renderRoot.querySelector('limn-room-marks')?.shadowRoot;
      axes?.querySelector('[data-view="back"]')?.dispatchEvent(new MouseEvent('click'));
      const back = await seenAfter(state, wait);
      const bar = axes?.querySelector('.bar')?.textContent?.trim();
      room.renderRoot.querySelector<HTMLButtonElement>('.buttons button')?.click();
      const front = await seenAfter(state, wait);
      const pressed = room.renderRoot.querySelector('[aria-pressed="true"]')?.textContent?.trim();
      // Both stand at the height of the middle: the one at the left is clicked.
      const canvas = room.renderRoot.querySelector('canvas');
      let chosen = front;
      for (let x = 20; x < 160 && chosen.target[0] === front.target[0]; x += 20) {
        const at = { clientX: x, clientY: 150, bubbles: true };
        canvas?.dispatchEvent(new MouseEvent('dblclick', at));
        chosen = await seenAfter(state, wait);
      }
      return { back, front, chosen, pressed, bar };
    }, WAIT_MS);
    expect(seen.back.position[2]).toBeLessThan(-2);
    expect(seen.bar).toMatch(/^\d+ c?m$/);
    expect(seen.front.position[2]).toBeGreaterThan(2);
    expect(seen.pressed).toBe('Front');
    expect(seen.chosen.target[0]).toBeLessThan(-1);
    expect(seen.chosen.position[2]).toBeLessThan(seen.front.position[2]);
  });

  it('goes with somebody, if that is wished', async () => {
    const moved = await watched.page.evaluate(async (wait) => {
      const { openRoom, seenAfter } = window.harness.room;
      const targets: number[] = [];
      for (const followInRoom of [true, false]) {
        const { state, show } = await openRoom('moving', { followInRoom });
        for (let frame = 0; frame < 24; frame += 4) {
          show(frame);
          await seenAfter(state, 120);
        }
        targets.push((await seenAfter(state, wait)).target[0]);
      }
      return targets;
    }, WAIT_MS);
    expect(moved[0]).toBeGreaterThan(1.2);
    expect(Math.abs(moved[1] ?? 9)).toBeLessThan(0.6);
  });

  it('is saved 1920 pixels wide at least, however small it is', async () => {
    const size = await watched.page.evaluate(async () => {
      const { room } = await window.harness.room.openRoom('near');
      const blob = await room.picture();
      const bitmap = await createImageBitmap(blob ?? new Blob());
      const canvas = room.renderRoot.querySelector('canvas');
      return { width: bitmap.width, height: bitmap.height, shown: canvas?.clientWidth };
    });
    expect(size).toEqual({ width: 1920, height: 1800, shown: 320 });
  });
});
