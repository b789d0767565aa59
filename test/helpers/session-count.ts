/** ONNX Runtime's sessions in a page: how many are made and how many released, whatever happens. Part of the harness. */
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { OrtEngineId } from '../../src/families/engines/engine-catalog.ts';
import { EngineChain, type RunningChain } from '../../src/families/engines/engine-chain.ts';
import { ProgressSum } from '../../src/families/files/assets.ts';
import { finderOf, type PersonFinder } from '../../src/families/finding/person-finder.ts';
import type { Network } from '../../src/families/network.ts';
import { HandsEstimator } from '../../src/families/rtmpose/hands-estimator.ts';
import { ownPlatform } from '../../src/platform.ts';
import { buildNetwork } from '../../src/workers/networks/build-network.ts';
import { familyCodes } from '../../src/workers/networks/family-codes.ts';
import { toBlob } from './to-blob.ts';

/** Small networks, as base64. */
export interface CountedNetworks {
  readonly rtmo: string;
  readonly yolox: string;
  readonly rtmpose: string;
  readonly hands: string;
  readonly maps: string;
  /** With an operator that nobody has. */
  readonly lacking: string;
}

export interface SessionCount {
  created: number;
  released: number;
  /** Of engines, and what was thrown at last. */
  failures: string[];
}

type Ort = typeof import('onnxruntime-web/wasm');

/** What is done to sessions that are made from now on. */
interface Spoiling {
  /** The next run throws. */
  failsNext: boolean;
  /** Told of every run that begins. */
  onRun: () => void;
  /** What a GPU computes is something else. */
  isWrongOnGpu: boolean;
}

function watchSessions(
  { InferenceSession: Session }: Ort,
  count: SessionCount,
  spoiling: Spoiling,
): () => void {
  const { create } = Session;
  const watch = (session: InferenceSession, isOnGpu: boolean): InferenceSession => {
    count.created++;
    const run = session.run.bind(session);
    const release = session.release.bind(session);
    const spoil = (outputs: Readonly<Record<string, Tensor>>): void => {
      for (const { data } of Object.values(outputs))
        if (data instanceof Float32Array) for (const [i, value] of data.entries()) data[i] = 2 * value + 1;
    };
    return Object.assign(session, {
      run: async (feeds: Record<string, Tensor>, names: readonly string[]) => {
        if (spoiling.failsNext) {
          spoiling.failsNext = false;
          throw new Error('spoiled');
        }
        const running = run(feeds, names);
        spoiling.onRun();
        const outputs = await running;
        if (spoiling.isWrongOnGpu && isOnGpu) spoil(outputs);
        return outputs;
      },
      release: async () => {
        count.released++;
        await release();
      },
    });
  };
  Object.assign(Session, {
    create: async (bytes: Uint8Array, options: InferenceSession.SessionOptions) =>
      watch(await create.call(Session, bytes, options), options.executionProviders?.[0] === 'webgpu'),
  });
  return () => Object.assign(Session, { create });
}

/** A network of each name, at work. */
interface Opened {
  readonly chain: RunningChain;
  look(): Promise<void>;
}

class Trial {
  readonly count: SessionCount = { created: 0, released: 0, failures: [] };
  readonly spoiling: Spoiling = { failsNext: false, onRun: () => undefined, isWrongOnGpu: false };
  readonly #image: ImageBitmap;
  readonly #networks: CountedNetworks;
  readonly #engines: readonly OrtEngineId[];

  constructor(networks: CountedNetworks, image: ImageBitmap, engines: readonly OrtEngineId[]) {
    this.#networks = networks;
    this.#image = image;
    this.#engines = engines;
  }

  async network(name: keyof CountedNetworks): Promise<Network> {
    const bytes = new Uint8Array(await toBlob(this.#networks[name]).arrayBuffer());
    return buildNetwork([{ name: `${name}.onnx`, bytes }], {}, null);
  }

  /** A network, of which nothing is opened yet. */
  async begin(
    name: keyof CountedNetworks,
    openFinder: (() => Promise<PersonFinder>) | null = null,
    hands: keyof CountedNetworks | null = null,
  ): Promise<Opened> {
    const own = await this.network(name);
    const beside = hands && (await this.network(hands));
    const { assets } = ownPlatform();
    const progress = new ProgressSum(() => undefined);
    const chain = (await familyCodes[own.info.family]()).open?.({
      options: { model: own.info.id, hands: false, people: 5, mode: 'image' },
      networks: { own, hands: null, faces: null },
      openFinder,
      assets,
      progress,
      threads: 1,
      chain: (_, openOn) =>
        new EngineChain(
          this.#engines as readonly never[],
          async (engine) => {
            const bodies = await openOn(engine);
            return beside?.kind === 'onnx'
              ? HandsEstimator.open(bodies, beside, assets, progress, 1)
              : bodies;
          },
          ({ engine, reason }) => this.count.failures.push(`${engine}: ${reason}`),
        ),
    });
    if (!chain) throw new Error('It looks at pictures.');
    return { chain, look: async () => void (await chain.estimate(this.#image, 1)) };
  }

  async open(...order: Parameters<Trial['begin']>): Promise<Opened> {
    const opened = await this.begin(...order);
    await opened.chain.estimator();
    return opened;
  }

  /** Closes what it is given, and waits until nothing is held any more, or that may well have been. */
  async end(...opened: readonly Opened[]): Promise<void> {
    for (const { chain } of opened) chain.close();
    for (let wait = 0; wait < 20 && this.count.released < this.count.created; wait++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What may happen to networks, each by itself. */
const TRIALS = {
  'one that is opened and closed': async (trial: Trial) => {
    const rtmo = await trial.open('rtmo');
    await rtmo.look();
    await trial.end(rtmo);
  },
  'one that is closed while it looks at a picture': async (trial: Trial) => {
    const rtmo = await trial.open('rtmo');
    const hasBegun = new Promise<void>((resolve) => {
      trial.spoiling.onRun = resolve;
    });
    const looked = rtmo.look();
    await hasBegun;
    await trial.end(rtmo);
    await looked;
  },
  'one that is closed as it is given a picture': async (trial: Trial) => {
    const rtmo = await trial.open('rtmo');
    const looked = rtmo.look().catch((error: Error) => trial.count.failures.push(error.message));
    await trial.end(rtmo);
    await looked;
  },
  'one that is closed while it is opened': async (trial: Trial) => {
    const rtmo = await trial.begin('rtmo');
    const opened = rtmo.chain.estimator().catch((error: Error) => trial.count.failures.push(error.message));
    rtmo.chain.close();
    await opened;
  },
  'another one, and maps': async (trial: Trial) => {
    for (const name of ['rtmo', 'yolox', 'maps'] as const) {
      const opened = await trial.open(name);
      await opened.look();
      await trial.end(opened);
    }
  },
  'an engine that fails, and the next one': async (trial: Trial) => {
    const rtmo = await trial.open('rtmo');
    trial.spoiling.failsNext = true;
    await rtmo.look();
    await trial.end(rtmo);
  },
  'a finder beside': async (trial: Trial) => {
    const rtmpose = await trial.open('rtmpose', async () => finderOf((await trial.open('yolox')).chain));
    await rtmpose.look();
    await trial.end(rtmpose);
  },
  'a finder that can’t be opened': (trial: Trial) =>
    trial.open('rtmpose', async () => finderOf((await trial.open('lacking')).chain)),
  'hands beside': async (trial: Trial) => {
    const rtmo = await trial.open('rtmo', null, 'hands');
    await rtmo.look();
    await trial.end(rtmo);
  },
  'an operator that is lacking': (trial: Trial) => trial.open('lacking'),
  'no canvas for its pictures': async (trial: Trial) => {
    const { getContext } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.getContext = () => null;
    try {
      await trial.open('rtmo');
    } finally {
      OffscreenCanvas.prototype.getContext = getContext;
    }
  },
  'wrong numbers on a GPU': async (trial: Trial) => {
    trial.spoiling.isWrongOnGpu = true;
    for (const name of ['rtmo', 'maps'] as const) {
      const opened = await trial.open(name);
      await opened.look();
      await trial.end(opened);
    }
  },
} as const satisfies Readonly<Record<string, (trial: Trial) => Promise<unknown>>>;

export type SessionTrial = keyof typeof TRIALS;

/** How many sessions each of some trials makes and releases. */
export async function countSessions(
  networks: CountedNetworks,
  picture: string,
  engines: readonly OrtEngineId[],
  trials: readonly SessionTrial[],
): Promise<Readonly<Partial<Record<SessionTrial, SessionCount>>>> {
  const builds: Ort[] = [await import('onnxruntime-web/wasm')];
  if (engines.includes('ort-webgpu')) builds.push(await import('onnxruntime-web/webgpu'));
  const image = await createImageBitmap(toBlob(picture));
  const counts: Partial<Record<SessionTrial, SessionCount>> = {};
  for (const name of trials) {
    const trial = new Trial(networks, image, engines);
    const ends = builds.map((build) => watchSessions(build, trial.count, trial.spoiling));
    try {
      await TRIALS[name](trial);
    } catch (error) {
      trial.count.failures.push((error as Error).message);
    }
    await trial.end();
    for (const end of ends) end();
    counts[name] = trial.count;
  }
  image.close();
  return counts;
}
