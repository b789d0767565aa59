import * as v from 'valibot';

const gpuSchema = v.object({
  api: v.picklist(['WebGPU', 'WebGL']),
  vendor: v.string(),
  architecture: v.string(),
  /** What the driver calls itself. */
  driver: v.string(),
  isSoftware: v.boolean(),
  features: v.array(v.string()),
  limits: v.record(v.string(), v.number()),
});

const codecSchema = v.object({
  label: v.string(),
  decodes: v.boolean(),
  encodes: v.boolean(),
  /** The browser says that a circuit of the device does it. */
  decodesInHardware: v.boolean(),
  encodesInHardware: v.boolean(),
});

/** What a worker of this browser has to compute with. */
export const workerFactsSchema = v.object({
  userAgent: v.string(),
  cores: v.number(),
  isSecure: v.boolean(),
  isIsolated: v.boolean(),
  wasm: v.object({ simd: v.boolean(), relaxedSimd: v.boolean(), threads: v.boolean(), jspi: v.boolean() }),
  hasOffscreenCanvas: v.boolean(),
  hasWebGpu: v.boolean(),
  webgpu: v.nullable(gpuSchema),
  webgl: v.nullable(gpuSchema),
  codecs: v.array(codecSchema),
});

export type GpuFacts = v.InferOutput<typeof gpuSchema>;
export type CodecFacts = v.InferOutput<typeof codecSchema>;
export type WorkerFacts = v.InferOutput<typeof workerFactsSchema>;
