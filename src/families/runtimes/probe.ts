import { toReason } from '../../core/errors.ts';
import type { Graph } from '../../importers/graph.ts';
import { computeReference } from '../../importers/reference.ts';
import {
  type Backend,
  type EngineDescription,
  type EngineId,
  engineCatalog,
  type NetworkEngineId,
  type OrtEngineId,
  type TasksEngineId,
} from '../engines/engine-catalog.ts';
import { type AssetAddresses, ProgressSum } from '../files/assets.ts';
import { describeGpu, describeWebGpu, deviceInWords, type GpuDescription } from './gpu.ts';
import { compareMaps, faultOf } from './parity.ts';
import { startRuntime } from './start-runtime.ts';

/** An engine as this browser has it. */
export interface EngineProbe extends EngineDescription {
  readonly available: boolean;
  readonly reason: string | null;
  readonly device: string | null;
  readonly isSoftwareGpu: boolean;
  /** Ids of the models that it runs. */
  readonly models: readonly string[];
}

const NO_WEBGL = 'This browser has no WebGL 2; switch hardware acceleration on';

interface Finding {
  readonly reason: string | null;
  readonly device: string;
  readonly isSoftwareGpu: boolean;
}

/** Looks at every engine: is what it needs there, and does it compute? For a worker. */
export async function probeEngines(assets: AssetAddresses): Promise<EngineProbe[]> {
  const webgl = describeGpu();
  const webgpu = await describeWebGpu();
  const probes: EngineProbe[] = [];
  for (const engine of engineCatalog) {
    const { reason, device, isSoftwareGpu } = await probe(engine, webgl, webgpu, assets);
    probes.push({
      ...engine,
      available: reason === null,
      reason,
      device: reason === null ? device : null,
      isSoftwareGpu,
      models: [],
    });
  }
  return probes;
}

async function probe(
  { id, backend }: EngineDescription,
  webgl: GpuDescription | null,
  webgpu: GpuDescription | null,
  assets: AssetAddresses,
): Promise<Finding> {
  const found = findDevice(backend, webgl, webgpu);
  if (found.reason !== null) return found;
  // ONNX Runtime's program is large, and asked for only where there is a network for it.
  if (isTasksEngine(id) || isOrtEngine(id)) return found;
  return tryNetwork(id, found, assets);
}

function isTasksEngine(id: EngineId): id is TasksEngineId {
  return id.startsWith('tasks-');
}

function isOrtEngine(id: EngineId): id is OrtEngineId {
  return id.startsWith('ort-');
}

const SIDE = 8;
const CHANNELS = 3;
/** Three channels into three, three pixels wide: enough for every engine to use its real kernels. */
const TINY: Graph = {
  nodes: [
    { name: 'in', operation: { kind: 'input', channels: CHANNELS }, inputs: [] },
    {
      name: 'out',
      operation: {
        kind: 'convolution',
        filter: {
          shape: [3, 3, CHANNELS, CHANNELS],
          values: Float32Array.from({ length: 81 }, (_, i) => Math.sin(i)),
        },
        bias: Float32Array.of(0.5, -0.25, 0.125),
        strides: [1, 1],
        dilations: [1, 1],
        padding: 'same',
        activation: 'relu',
      },
      inputs: ['in'],
    },
  ],
  input: 'in',
  output: 'out',
};

/** Even a busy machine starts a runtime and computes a tiny network in a few seconds: what takes so long is given up. */
const PATIENCE_MS = 30_000;

/** An engine that doesn't answer keeps nobody from using the others. */
async function tryNetwork(id: NetworkEngineId, found: Finding, assets: AssetAddresses): Promise<Finding> {
  const reason = `It has computed nothing within ${PATIENCE_MS / 1000} seconds`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ ...found, reason }), PATIENCE_MS);
  });
  try {
    return await Promise.race([runTinyNetwork(id, found, assets), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a tiny network and compares its numbers with plain arithmetic. */
async function runTinyNetwork(id: NetworkEngineId, found: Finding, assets: AssetAddresses): Promise<Finding> {
  try {
    const runtime = await startRuntime(id, assets, new ProgressSum(() => undefined));
    const network = await runtime.compile(TINY, SIDE, SIDE);
    const picture = Float32Array.from({ length: SIDE * SIDE * CHANNELS }, (_, i) => Math.cos(i));
    try {
      const parity = compareMaps(await network.run(picture), computeReference(TINY, picture, SIDE, SIDE));
      return { reason: faultOf(parity), device: runtime.device, isSoftwareGpu: runtime.isSoftwareGpu };
    } finally {
      network.close();
    }
  } catch (error) {
    return { ...found, reason: toReason(error) };
  }
}

function findDevice(backend: Backend, webgl: GpuDescription | null, webgpu: GpuDescription | null): Finding {
  switch (backend) {
    case 'webgl':
      return gpuFinding('WebGL', webgl, NO_WEBGL);
    case 'webgpu':
      return gpuFinding('WebGPU', webgpu, 'This browser gives no WebGPU adapter');
    case 'wasm':
      return { reason: null, device: 'WASM · 1 thread', isSoftwareGpu: false };
    case 'cpu':
      return { reason: null, device: 'JavaScript · 1 thread', isSoftwareGpu: false };
  }
}

function gpuFinding(name: 'WebGL' | 'WebGPU', gpu: GpuDescription | null, missing: string): Finding {
  if (!gpu) return { reason: missing, device: '', isSoftwareGpu: false };
  return { reason: null, device: deviceInWords(name, gpu), isSoftwareGpu: gpu.isSoftware };
}
