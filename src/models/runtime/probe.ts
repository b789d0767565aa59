import { isSoftwareRenderer } from '../../core/renderers.ts';
import { catalog } from '../catalog.ts';
import { type Backend, type EngineDescription, engineCatalog, trackingEngines } from '../engine-catalog.ts';
import { describeGpu, type GpuDescription } from './gpu.ts';
import { testTfjsBackend } from './tfjs.ts';

/** An engine as this browser has it. */
export interface EngineProbe extends EngineDescription {
  readonly available: boolean;
  readonly reason: string | null;
  readonly device: string | null;
  readonly isSoftwareGpu: boolean;
  readonly models: readonly string[];
}

const NO_WEBGL = 'This browser has no WebGL 2; switch hardware acceleration on';

interface Finding {
  readonly reason: string | null;
  readonly device: string;
  readonly isSoftwareGpu: boolean;
}

/** Looks at every engine: is what it needs there, and does it compute? For a worker. */
export async function probeEngines(): Promise<EngineProbe[]> {
  const webgl = describeGpu();
  const webgpu = await describeWebGpu();
  const probes: EngineProbe[] = [];
  for (const engine of engineCatalog) {
    const { reason, device, isSoftwareGpu } = await probe(engine, webgl, webgpu);
    const isTracking = trackingEngines.some((id) => id === engine.id);
    probes.push({
      ...engine,
      available: reason === null,
      reason,
      device: reason === null ? device : null,
      isSoftwareGpu,
      models: isTracking ? catalog.map(({ id }) => id) : [],
    });
  }
  return probes;
}

async function probe(
  { id, backend }: EngineDescription,
  webgl: GpuDescription | null,
  webgpu: GpuDescription | null,
): Promise<Finding> {
  const found = findDevice(backend, webgl, webgpu);
  if (found.reason !== null) return found;
  if (id.startsWith('litert-')) return { ...found, reason: 'This version of Limn has no LiteRT runtime' };
  if (id === 'tfjs-wasm')
    return { ...found, reason: 'This version of Limn ships no WASM build of TensorFlow.js' };
  if (id.startsWith('tfjs-') && backend !== 'wasm') {
    return { ...found, reason: await testTfjsBackend(backend) };
  }
  return found;
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

function gpuFinding(name: string, gpu: GpuDescription | null, missing: string): Finding {
  if (!gpu) return { reason: missing, device: '', isSoftwareGpu: false };
  const device = `${name} · ${gpu.isSoftware ? `software GPU (${gpu.renderer})` : gpu.renderer}`;
  return { reason: null, device, isSoftwareGpu: gpu.isSoftware };
}

async function describeWebGpu(): Promise<GpuDescription | null> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return null;
  const { vendor, architecture, description } = adapter.info;
  const renderer = description || `${vendor} ${architecture}`.trim() || 'GPU';
  const isSoftware =
    adapter.info.isFallbackAdapter || isSoftwareRenderer(`${vendor} ${architecture} ${description}`);
  return { renderer, isSoftware };
}
