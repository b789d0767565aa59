import { LimnError } from '../../core/errors.ts';

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
  | 'tfjs-cpu'
  | 'ort-webgpu'
  | 'ort-wasm';

export interface EngineDescription {
  readonly id: EngineId;
  readonly backend: Backend;
  readonly label: string;
}

/** Engines that run a family of networks, the best first where there is a real GPU, and where there is none. */
export interface EngineOrder<Id extends EngineId> {
  readonly realGpu: readonly Id[];
  readonly softwareGpu: readonly Id[];
  /** Only where they are asked for, and before others of their backend have failed. */
  readonly onDemand: readonly Id[];
}

/** By runtime. */
export type TasksEngineId = Extract<EngineId, `tasks-${string}`>;
export type LiteRtEngineId = Extract<EngineId, `litert-${string}`>;
export type TfjsEngineId = Extract<EngineId, `tfjs-${string}`>;
export type OrtEngineId = Extract<EngineId, `ort-${string}`>;
/** Engines that run a graph of Limn's. */
export type NetworkEngineId = LiteRtEngineId | TfjsEngineId;

export const engineCatalog: readonly EngineDescription[] = [
  { id: 'tasks-webgl', backend: 'webgl', label: 'MediaPipe · WebGL' },
  { id: 'tasks-wasm', backend: 'wasm', label: 'MediaPipe · WASM' },
  { id: 'litert-webgpu', backend: 'webgpu', label: 'LiteRT · WebGPU' },
  { id: 'litert-wasm', backend: 'wasm', label: 'LiteRT · WASM' },
  { id: 'tfjs-webgpu', backend: 'webgpu', label: 'TensorFlow.js · WebGPU' },
  { id: 'tfjs-webgl', backend: 'webgl', label: 'TensorFlow.js · WebGL' },
  { id: 'tfjs-wasm', backend: 'wasm', label: 'TensorFlow.js · WASM' },
  { id: 'tfjs-cpu', backend: 'cpu', label: 'TensorFlow.js · CPU' },
  { id: 'ort-webgpu', backend: 'webgpu', label: 'ONNX Runtime · WebGPU' },
  { id: 'ort-wasm', backend: 'wasm', label: 'ONNX Runtime · WASM' },
];

/** The order for networks that are run as Limn's graphs, on LiteRT and TensorFlow.js alike. */
export const graphEngines: EngineOrder<NetworkEngineId> = {
  realGpu: ['litert-webgpu', 'tfjs-webgl', 'litert-wasm', 'tfjs-wasm', 'tfjs-cpu'],
  softwareGpu: ['litert-wasm', 'tfjs-wasm', 'tfjs-cpu', 'litert-webgpu', 'tfjs-webgl'],
  onDemand: ['tfjs-webgpu'],
};

/** `auto`, a backend (the best engine on it) or an engine. */
export type EngineChoice = 'auto' | Backend | EngineId;

export function isEngineChoice(text: string): text is EngineChoice {
  return text === 'auto' || engineCatalog.some(({ id, backend }) => id === text || backend === text);
}

export function isBackend(choice: EngineChoice): choice is Backend {
  return engineCatalog.some(({ backend }) => backend === choice);
}

/** What people read. @param engine an id; another device's may be none that is known here, and is given back */
export function engineLabel(engine: string): string {
  return engineCatalog.find(({ id }) => id === engine)?.label ?? engine;
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
 * @param measured engines that are known to be right here, the best first: what `auto` stands for
 * @throws {LimnError} if no engine of the choice runs the model.
 */
export function enginesToTry<Id extends EngineId>(
  choice: EngineChoice,
  hasRealGpu: boolean,
  { realGpu, softwareGpu, onDemand }: EngineOrder<Id>,
  measured: readonly EngineId[] = [],
): Id[] {
  const usual = hasRealGpu ? [...realGpu] : [...softwareGpu];
  const all = [...usual, ...onDemand];
  const best = measured.flatMap((id) => all.filter((engine) => engine === id));
  if (choice === 'auto') return [...best, ...usual.filter((engine) => !best.includes(engine))];
  const wanted = all.filter((engine) => engine === choice || backendOf(engine) === choice);
  if (wanted.length === 0) {
    const backends = [...new Set(realGpu.map(backendOf))].join(', ');
    throw new LimnError(`The engine "${choice}" doesn't run this model. Choose auto, or one of ${backends}.`);
  }
  return [...wanted, ...usual.filter((engine) => !wanted.includes(engine))];
}
