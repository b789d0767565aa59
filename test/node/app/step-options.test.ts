import { describe, expect, it } from 'vitest';
import { fillGaps, footLock } from '../../../src/app/motion/step-builders.ts';
import { checkSteps } from '../../../src/recording/log/step-schema.ts';
import { decodeStep } from '../../../src/recording/log/steps.ts';

const renamed = [
  { kind: 'fill-gaps', maximumFrames: 4, method: 'pchip' },
  { kind: 'foot-lock', maximumSpeed: 0.5, minimumSeconds: 0.2, blendSeconds: 0.3 },
] as const;
const earlier = [
  { kind: 'fill-gaps', max: 4, method: 'pchip' },
  { kind: 'foot-lock', maximumSpeed: 0.5, least: 0.2, blend: 0.3 },
];

function stored(steps: readonly object[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ type: 'edit', edit: { kind: 'process', steps } }));
}

describe('options of steps', () => {
  it('are read by their names from calls and stored corrections', () => {
    expect(checkSteps(renamed)).toEqual(renamed);
    expect(decodeStep(stored(renamed))).toEqual({ type: 'edit', edit: { kind: 'process', steps: renamed } });
  });

  it('are read by their earlier names as well', () => {
    expect(checkSteps(earlier)).toEqual(renamed);
    expect(decodeStep(stored(earlier))).toEqual({ type: 'edit', edit: { kind: 'process', steps: renamed } });
  });

  it('have either name in calls', () => {
    expect(fillGaps({ max: 4, method: 'pchip' })).toEqual(renamed[0]);
    expect(fillGaps({ maximumFrames: 4, method: 'pchip' })).toEqual(renamed[0]);
    expect(footLock({ maximumSpeed: 0.5, least: 0.2, blend: 0.3 })).toEqual(renamed[1]);
  });

  it('go by the name of now where both are said', () => {
    expect(checkSteps([{ kind: 'fill-gaps', max: 4, maximumFrames: 7 }])).toEqual([
      { kind: 'fill-gaps', maximumFrames: 7 },
    ]);
  });

  it('belong to one kind of step, under either name', () => {
    expect(() => checkSteps([{ kind: 'fill-gaps', least: 1 }])).toThrow('steps.0.least is not valid');
    expect(() => checkSteps([{ kind: 'foot-lock', least: -1 }])).toThrow(
      'steps.0.minimumSeconds is not valid',
    );
    expect(() => checkSteps([{ kind: 'smooth', maximumFrames: 1 }])).toThrow('is not valid');
    expect(() => checkSteps([null])).toThrow('steps.0');
  });
});
