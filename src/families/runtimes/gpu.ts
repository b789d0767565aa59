import { isSoftwareRenderer, shortenRenderer } from '../../core/graphics/renderers.ts';

/** What WebGL or WebGPU says of the GPU. */
export interface GpuDescription {
  /** The renderer's own name, e.g. `NVIDIA GeForce RTX 4070`. */
  readonly renderer: string;
  readonly isSoftware: boolean;
}

/** As the driver says it. */
interface DriverNames {
  readonly vendor: string;
  readonly driver: string;
}

/** The GPU behind WebGL 2 in this thread; `null` where there is none. Leaves no context behind. */
export function describeGpu(): (GpuDescription & DriverNames) | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return null;
  const description = describeContext(context);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return description;
}

/** The GPU behind WebGPU in this thread; `null` where there is none. */
export async function describeWebGpu(): Promise<GpuDescription | null> {
  const adapter = await navigator.gpu?.requestAdapter();
  return adapter ? describeAdapter(adapter) : null;
}

export function describeAdapter({ info }: GPUAdapter): GpuDescription {
  const { vendor, architecture, description } = info;
  return {
    renderer: description || `${vendor} ${architecture}`.trim() || 'GPU',
    isSoftware: info.isFallbackAdapter || isSoftwareRenderer(`${vendor} ${architecture} ${description}`),
  };
}

/** A device in words, for the status line: `WebGL · NVIDIA …`. */
export function deviceInWords(name: 'WebGL' | 'WebGPU', { renderer, isSoftware }: GpuDescription): string {
  return `${name} · ${isSoftware ? `software GPU (${renderer})` : renderer}`;
}

function describeContext(context: WebGL2RenderingContext): GpuDescription & DriverNames {
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const driver = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  const vendor = String(context.getParameter(info ? info.UNMASKED_VENDOR_WEBGL : context.VENDOR));
  return { renderer: shortenRenderer(driver), isSoftware: isSoftwareRenderer(driver), vendor, driver };
}
