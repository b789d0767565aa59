import { describe, expect, it } from 'vitest';
import type { EngineRun } from '../../../src/app/device-check/race.ts';
import { rankEngines } from '../../../src/app/engine-choice/rank.ts';
import { type EngineId, enginesToTry } from '../../../src/families/engines/engine-catalog.ts';
import { mediapipeFamily } from '../../../src/families/mediapipe/mediapipe-family.ts';

const USUAL: EngineId[] = ['tasks-wasm', 'tasks-webgl'];

function run(engine: EngineId, medianMs: number, change: Partial<EngineRun> = {}): EngineRun {
  return {
    engine,
    state: 'done',
    reason: null,
    device: null,
    firstResultMs: 100,
    times: [medianMs + 1, medianMs, medianMs - 1],
    difference: { largest: 2, mean: 0.2 },
    accuracy: null,
    ...change,
  };
}
const order = (runs: readonly EngineRun[]): EngineId[] =>
  rankEngines(runs, USUAL).map(({ engine }) => engine);

describe('the best engine', () => {
  it('is the fastest one', () => {
    expect(order([run('tasks-wasm', 30), run('litert-wasm', 20), run('tasks-webgl', 25)])).toEqual([
      'litert-wasm',
      'tasks-webgl',
      'tasks-wasm',
    ]);
  });

  it('is the usual one unless another is clearly faster', () => {
    expect(order([run('tasks-wasm', 30), run('litert-wasm', 28)])).toEqual(['tasks-wasm', 'litert-wasm']);
    expect(order([run('litert-wasm', 28), run('tasks-wasm', 20)])).toEqual(['tasks-wasm', 'litert-wasm']);
  });

  it('never is one that computes wrongly, or did not run, or was not timed', () => {
    const wrong = run('litert-webgpu', 5, { difference: { largest: 300, mean: 40 } });
    const failed = run('litert-wasm', 5, { state: 'failed', reason: 'lost' });
    expect(order([wrong, failed, run('tasks-webgl', 1, { times: [] }), run('tasks-wasm', 30)])).toEqual([
      'tasks-wasm',
    ]);
    expect(order([wrong, failed])).toEqual([]);
  });

  it('is the next of the usual ones where the first is wrong', () => {
    const wrong = run('tasks-wasm', 5, { difference: { largest: 300, mean: 40 } });
    expect(order([wrong, run('tasks-webgl', 30), run('litert-wasm', 29)])).toEqual([
      'tasks-webgl',
      'litert-wasm',
    ]);
  });
});

describe('auto', () => {
  it('stands for what was measured, and the usual engines after it', () => {
    expect(enginesToTry('auto', false, mediapipeFamily.engines, ['litert-wasm', 'tasks-wasm'])).toEqual([
      'litert-wasm',
      'tasks-wasm',
      'tasks-webgl',
    ]);
    expect(enginesToTry('auto', true, mediapipeFamily.engines, [])).toEqual(['tasks-webgl', 'tasks-wasm']);
  });

  it('knows no engines of other models', () => {
    expect(enginesToTry('auto', false, mediapipeFamily.engines, ['tfjs-wasm'])).toEqual([
      'tasks-wasm',
      'tasks-webgl',
    ]);
  });

  it('is all that measuring changes', () => {
    expect(enginesToTry('webgl', false, mediapipeFamily.engines, ['litert-wasm'])).toEqual([
      'tasks-webgl',
      'tasks-wasm',
    ]);
  });
});
