import { afterAll, describe, expect, it, vi } from 'vitest';
import { LiveNetSize } from '../../../src/app/live/live-net-size.ts';
import { LiveRun, type LiveRunOptions } from '../../../src/app/live/live-run.ts';
import { DEFAULT_SETTINGS } from '../../../src/app/settings.ts';
import { NewestSlot } from '../../../src/core/async/async.ts';
import { LimnError } from '../../../src/core/errors.ts';
import { createFrame } from '../../../src/core/frame.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import type { FrameSource, SourceFrame } from '../../../src/sources/source.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';

/** Node has no pictures of its own. */
class Picture {
  readonly width = 4;
  readonly height = 4;
  readonly close: () => void;

  constructor(close: () => void) {
    this.close = close;
  }
}
vi.stubGlobal('ImageBitmap', Picture);
afterAll(() => vi.unstubAllGlobals());

/** A camera in memory, which knows how many of its pictures are open. */
class CountingCamera implements FrameSource {
  readonly info = {
    kind: 'camera',
    name: 'camera',
    live: true,
    isStill: false,
    duration: null,
    frameRate: 30,
    prefersMirror: true,
    byteLength: null,
    demo: null,
  } as const;
  readonly dropped = 0;
  readonly transport = null;
  readonly #slot = new NewestSlot<SourceFrame>();
  open = 0;

  give(time: number): void {
    this.open++;
    let isOpen = true;
    const close = () => {
      expect(isOpen).toBe(true);
      isOpen = false;
      this.open--;
    };
    this.#slot.put(createFrame({ image: new Picture(close), width: 4, height: 4, time }));
  }

  next(): Promise<SourceFrame | null> {
    return this.#slot.take();
  }

  close(): void {
    this.#slot.close();
  }
}

type Models = LiveRunOptions['models'];
type Model = NonNullable<Awaited<ReturnType<Models['current']>>>;

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
const settings = { ...DEFAULT_SETTINGS, engine: 'wasm' as const };
const model = (estimate: Model['estimate']): Model => ({
  estimate,
  run: { model: 'test', hands: false, people: 1, engine: 'none', device: 'none' },
});
const ready = (estimate: Model['estimate']): Models => ({
  current: () => Promise.resolve(model(estimate)),
  ensure: () => Promise.resolve(model(estimate)),
});

/** Runs until `act` is through and the run is stopped. @returns how many pictures are open then, but for those shown */
async function run(models: Models, act: (camera: CountingCamera, live: LiveRun) => Promise<void> | void) {
  const camera = new CountingCamera();
  const live = new LiveRun(camera, {
    models,
    version: 'test',
    registry: new ModelRegistry(),
    settings: () => settings,
    netSize: new LiveNetSize(),
    isMirrored: false,
    onTracked: ({ image }) => image.close(),
    onRecalled: ({ image }) => image.close(),
    reporter: quietReporter(),
  });
  const over = live.run().catch(() => undefined);
  camera.give(0);
  await soon();
  camera.give(0.1);
  await act(camera, live);
  live.stop();
  // What comes after the end is closed as well.
  camera.give(0.2);
  await over;
  return camera.open;
}

const nobody = { bodies: [], hands: [] };

describe('every picture of a camera is closed once', () => {
  it('when all goes well', async () => {
    const models = ready((image) => Promise.resolve({ detections: nobody, image, milliseconds: 1 }));
    expect(await run(models, () => soon())).toBe(0);
  });

  it('when it is stopped while the model opens', async () => {
    let finish = (_: Model): void => undefined;
    const opening = new Promise<Model>((resolve) => {
      finish = resolve;
    });
    const open = await run({ current: () => opening, ensure: () => opening }, (_, live) => {
      live.stop();
      finish(model(() => Promise.reject(new Error('It is over.'))));
    });
    expect(open).toBe(0);
  });

  it('when no model can be opened, or that fails', async () => {
    const none = { current: () => Promise.resolve(null), ensure: () => Promise.resolve(null) };
    expect(await run(none, () => soon())).toBe(0);
    const failing = { ...none, current: () => Promise.reject(new LimnError('It is gone.')) };
    expect(await run(failing, () => soon())).toBe(0);
  });

  it('when it is stopped while frames wait for a measurement, or for their turn', async () => {
    const models = ready((image) => Promise.resolve({ detections: nobody, image, milliseconds: 1 }));
    const open = await run(models, async (camera, live) => {
      live.hold();
      camera.give(0.15);
      await soon();
      camera.give(0.16);
    });
    expect(open).toBe(0);
  });

  it('when the model comes back after the end', async () => {
    let finish = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const models = ready(async (image) => {
      await late;
      return { detections: nobody, image, milliseconds: 1 };
    });
    const open = await run(models, (_, live) => {
      live.stop();
      finish();
    });
    expect(open).toBe(0);
  });

  it('when the model fails: it takes the picture along', async () => {
    const models = ready((image) => {
      image.close();
      return Promise.reject(new LimnError('It failed.'));
    });
    expect(await run(models, () => soon())).toBe(0);
  });
});
