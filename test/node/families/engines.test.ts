import { describe, expect, it } from 'vitest';
import { isSoftwareRenderer, shortenRenderer } from '../../../src/core/graphics/renderers.ts';
import { type EngineId, enginesToTry } from '../../../src/families/engines/engine-catalog.ts';
import { EngineChain } from '../../../src/families/engines/engine-chain.ts';
import type { PoseEstimator } from '../../../src/families/estimator.ts';
import { mapsFamily } from '../../../src/families/maps/maps-family.ts';
import { mediapipeFamily } from '../../../src/families/mediapipe/mediapipe-family.ts';

describe('choice of engine', () => {
  it('prefers a real GPU to WASM, and WASM to a software GPU', () => {
    expect(enginesToTry('auto', true, mediapipeFamily.engines)).toEqual(['tasks-webgl', 'tasks-wasm']);
    expect(enginesToTry('auto', false, mediapipeFamily.engines)).toEqual(['tasks-wasm', 'tasks-webgl']);
    const networks = ['litert-webgpu', 'tfjs-webgl', 'litert-wasm', 'tfjs-wasm', 'tfjs-cpu'];
    expect(enginesToTry('auto', true, mapsFamily.engines)).toEqual(networks);
    expect(enginesToTry('auto', false, mapsFamily.engines).slice(0, 3)).toEqual([
      'litert-wasm',
      'tfjs-wasm',
      'tfjs-cpu',
    ]);
  });

  it('does what it is asked, and keeps the other in reserve', () => {
    expect(enginesToTry('webgl', false, mediapipeFamily.engines)).toEqual(['tasks-webgl', 'tasks-wasm']);
    expect(enginesToTry('tasks-wasm', true, mediapipeFamily.engines)).toEqual(['tasks-wasm', 'tasks-webgl']);
    expect(enginesToTry('webgpu', true, mediapipeFamily.engines)[0]).toBe('litert-webgpu');
    expect(enginesToTry('wasm', true, mediapipeFamily.engines)).toEqual([
      'tasks-wasm',
      'litert-wasm',
      'tasks-webgl',
    ]);
    expect(() =>
      enginesToTry('webgl', true, { ...mediapipeFamily.engines, realGpu: ['tasks-wasm'] }),
    ).toThrow(/doesn't run this model\. Choose auto, or one of wasm\./);
    // Two run on WebGPU: the better one first.
    const [first, second] = enginesToTry('webgpu', false, mapsFamily.engines);
    expect([first, second]).toEqual(['litert-webgpu', 'tfjs-webgpu']);
    expect(enginesToTry('tfjs-webgpu', true, mapsFamily.engines)[0]).toBe('tfjs-webgpu');
  });
});

describe('renderer names', () => {
  it.each([
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
    ['llvmpipe (LLVM 15.0.7, 256 bits)', true],
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0, D3D11)', false],
    ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', false],
    ['Mali-G78', false],
  ])('%s', (renderer, isSoftware) => expect(isSoftwareRenderer(renderer)).toBe(isSoftware));

  it('are shortened to what people know', () => {
    expect(shortenRenderer('ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0, D3D11)')).toBe(
      'NVIDIA GeForce RTX 4070',
    );
    expect(shortenRenderer('ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)')).toBe(
      'Apple M2',
    );
    expect(shortenRenderer('Mali-G78')).toBe('Mali-G78');
  });
});

describe('chain of engines', () => {
  const image = {} as ImageBitmap;
  const estimator = (engine: EngineId, estimate: () => void, onClose = () => {}): PoseEstimator => ({
    options: { model: 'mediapipe-pose-lite', hands: false, people: 1, mode: 'video' },
    device: { engine, device: engine, isSoftwareGpu: false },
    estimate: async () => {
      estimate();
      return { bodies: [], hands: [] };
    },
    reset: async () => {},
    close: onClose,
  });

  it('gives the frame in flight to the next engine when one is lost', async () => {
    const failures: string[] = [];
    const estimated: string[] = [];
    let closed = 0;
    const chain = new EngineChain(
      ['tasks-webgl', 'tasks-wasm'],
      async (engine) =>
        estimator(
          engine,
          () => {
            if (engine === 'tasks-webgl' && estimated.length === 2) throw new Error('lost');
            estimated.push(engine);
          },
          () => closed++,
        ),
      ({ engine, reason }) => failures.push(`${engine}: ${reason}`),
    );
    for (let i = 0; i < 4; i++) await chain.estimate(image, i);
    expect(estimated).toEqual(['tasks-webgl', 'tasks-webgl', 'tasks-wasm', 'tasks-wasm']);
    expect(failures).toEqual(['tasks-webgl: lost']);
    expect(closed).toBe(1);
  });

  it('names every engine and its reason when none can start', async () => {
    const chain = new EngineChain(
      ['tasks-webgl', 'tasks-wasm'],
      (engine) => Promise.reject(new Error(`no ${engine}`)),
      () => {},
    );
    await expect(chain.estimator()).rejects.toThrow(/tasks-webgl: no tasks-webgl; tasks-wasm: no tasks-wasm/);
  });

  it('isn’t well once its device is lost, before a picture tells', async () => {
    const gpu = {
      ...estimator(
        'tasks-webgl',
        () => undefined,
        () => undefined,
      ),
      isLost: false,
    };
    const chain = new EngineChain(
      ['tasks-webgl'],
      () => Promise.resolve(gpu),
      () => undefined,
    );
    expect(chain.isWell).toBe(false);
    await chain.estimator();
    expect(chain.isWell).toBe(true);
    gpu.isLost = true;
    expect(chain.isWell).toBe(false);
  });

  it('that is closed while an engine is opened closes that, and opens none any more', async () => {
    const failures: string[] = [];
    let closed = 0;
    let give: (opened: PoseEstimator) => void = () => undefined;
    const chain = new EngineChain(
      ['tasks-webgl', 'tasks-wasm'],
      () =>
        new Promise<PoseEstimator>((resolve) => {
          give = resolve;
        }),
      ({ reason }) => failures.push(reason),
    );
    const opening = chain.estimator();
    chain.close();
    give(
      estimator(
        'tasks-webgl',
        () => undefined,
        () => closed++,
      ),
    );
    await expect(opening).rejects.toThrow('The model was closed.');
    await expect(chain.estimate(image, 1)).rejects.toThrow('The model was closed.');
    expect([closed, failures]).toEqual([1, []]);
  });
});
