import { LimnError } from '../core/errors.ts';

/** What computes. */
export type Backend = 'webgpu' | 'webgl' | 'wasm' | 'cpu';
/** A runtime on a backend. */
export type EngineId =
  | 'tasks-webgl'
  | 'tasks-wasm'
  | 'litert-webgpu'
  | 'litert-wasm'
  | 'tfjs-webgpu'
  | 'tfjs-webgl'
  | 'tfjs-wasm'
  | 'tfjs-cpu';

export interface EngineDescription {
  readonly id: EngineId;
  readonly backend: Backend;
  readonly label: string;
}

/** The engines that run the bundled models, the best first where its device is a real GPU. */
export const trackingEngines = ['tasks-webgl', 'tasks-wasm'] as const satisfies readonly EngineId[];
/** The engines that run networks which somebody has brought. */
export const importedEngines = ['litert-webgpu', 'litert-wasm'] as const satisfies readonly EngineId[];
export type TrackingEngineId = (typeof trackingEngines)[number] | (typeof importedEngines)[number];

export const engineCatalog: readonly EngineDescription[] = [
  { id: 'tasks-webgl', backend: 'webgl', label: 'MediaPipe · WebGL' },
  { id: 'tasks-wasm', backend: 'wasm', label: 'MediaPipe · WASM' },
  { id: 'litert-webgpu', backend: 'webgpu', label: 'LiteRT · WebGPU' },
  { id: 'litert-wasm', backend: 'wasm', label: 'LiteRT · WASM' },
  { id: 'tfjs-webgpu', backend: 'webgpu', label: 'TensorFlow.js · WebGPU' },
  { id: 'tfjs-webgl', backend: 'webgl', label: 'TensorFlow.js · WebGL' },
  { id: 'tfjs-wasm', backend: 'wasm', label: 'TensorFlow.js · WASM' },
  { id: 'tfjs-cpu', backend: 'cpu', label: 'TensorFlow.js · CPU' },
];

/** `auto`, a backend (the best engine on it) or an engine. */
export type EngineChoice = 'auto' | Backend | EngineId;

export function isEngineChoice(text: string): text is EngineChoice {
  return text === 'auto' || engineCatalog.some(({ id, backend }) => id === text || backend === text);
}

export function backendOf(engine: EngineId): Backend {
  const description = engineCatalog.find(({ id }) => id === engine);
  if (!description) throw new Error(`No engine is called ${engine}.`);
  return description.backend;
}

/**
 * The engines to try for a choice, in order. What was asked for comes first; the others follow, so that a
 * delegate that fails is replaced by the next. A software GPU is behind WASM unless asked for.
 *
 * @param engines that run the model, the best first where its device is a real GPU
 * @throws {LimnError} if no engine of the choice runs the model.
 */
export function enginesToTry(
  choice: EngineChoice,
  hasRealGpu: boolean,
  engines: readonly TrackingEngineId[] = trackingEngines,
): TrackingEngineId[] {
  const best = hasRealGpu ? [...engines] : [...engines].reverse();
  if (choice === 'auto') return best;
  const wanted = best.filter((engine) => engine === choice || backendOf(engine) === choice);
  if (wanted.length === 0) {
    throw new LimnError(
      `The engine "${choice}" doesn't run this model. Choose auto, ${engines.map(backendOf).join(' or ')}.`,
    );
  }
  return [...wanted, ...best.filter((engine) => !wanted.includes(engine))];
}
