import { supportsFeature } from '@litertjs/core';
import type { CodecFacts, GpuFacts, WorkerFacts } from '../device-facts.ts';
import { describeAdapter, describeGpu } from './gpu.ts';
import { hasSimd } from './simd.ts';

/** Of a 1280×720 video in the profile that most files have. RFC 6381; the codecs' own registrations of WebCodecs. */
const CODECS = [
  ['H.264', 'avc1.42e01f'],
  ['HEVC', 'hvc1.1.6.L93.B0'],
  ['VP8', 'vp8'],
  ['VP9', 'vp09.00.31.08'],
  ['AV1', 'av01.0.05M.08'],
] as const;
const SIZE = { width: 1280, height: 720 };

/** Limits that decide how large a network may be, and how its work is divided. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupStorageSize',
] as const;

/** Looks at what this thread has to compute with. For a worker: that is where networks run. */
export async function gatherFacts(): Promise<WorkerFacts> {
  const [relaxedSimd, threads, jspi] = await Promise.all([
    supportsFeature('relaxedSimd'),
    supportsFeature('threads'),
    supportsFeature('jspi'),
  ]);
  return {
    userAgent: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    isSecure: isSecureContext,
    isIsolated: crossOriginIsolated,
    wasm: { simd: hasSimd(), relaxedSimd, threads: threads && crossOriginIsolated, jspi },
    hasOffscreenCanvas: typeof OffscreenCanvas !== 'undefined',
    hasWebGpu: 'gpu' in navigator,
    webgpu: await webGpuFacts(),
    webgl: webGlFacts(),
    codecs: await Promise.all(CODECS.map(([label, codec]) => codecFacts(label, codec))),
  };
}

async function webGpuFacts(): Promise<GpuFacts | null> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return null;
  const { vendor, architecture, description } = adapter.info;
  return {
    api: 'WebGPU',
    vendor,
    architecture,
    driver: description,
    isSoftware: describeAdapter(adapter).isSoftware,
    features: [...adapter.features].sort(),
    limits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  };
}

function webGlFacts(): GpuFacts | null {
  const gpu = describeGpu();
  if (!gpu) return null;
  return {
    api: 'WebGL',
    vendor: gpu.vendor,
    architecture: '',
    driver: gpu.driver,
    isSoftware: gpu.isSoftware,
    features: [],
    limits: {},
  };
}

async function codecFacts(label: string, codec: string): Promise<CodecFacts> {
  const decodes = (hardwareAcceleration: HardwareAcceleration): Promise<boolean> =>
    isSupported(() =>
      VideoDecoder.isConfigSupported({
        codec,
        codedWidth: SIZE.width,
        codedHeight: SIZE.height,
        hardwareAcceleration,
      }),
    );
  const encodes = (hardwareAcceleration: HardwareAcceleration): Promise<boolean> =>
    isSupported(() => VideoEncoder.isConfigSupported({ codec, ...SIZE, hardwareAcceleration }));
  return {
    label,
    // First: WebKitGTK 2.50 crashes when it is asked for an encoder before it was for any decoder.
    decodes: await decodes('no-preference'),
    encodes: await encodes('no-preference'),
    decodesInHardware: await decodes('prefer-hardware'),
    encodesInHardware: await encodes('prefer-hardware'),
  };
}

/** Browsers without WebCodecs, and those that don't know a codec's name, throw. */
async function isSupported(ask: () => Promise<{ supported?: boolean }>): Promise<boolean> {
  try {
    return (await ask()).supported === true;
  } catch {
    return false;
  }
}
