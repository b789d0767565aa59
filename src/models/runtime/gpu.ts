/** What WebGL says of the GPU. */
export interface GpuDescription {
  /** The renderer's own name, e.g. `NVIDIA GeForce RTX 4070`. */
  readonly renderer: string;
  readonly isSoftware: boolean;
}

/** Renderers that compute on the CPU: Chromium's SwiftShader, Mesa's llvmpipe and softpipe, Windows' WARP. */
const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|softpipe|software|basic render|\bwarp\b/i;

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE_RENDERERS.test(renderer);
}

/** The GPU behind WebGL 2 in this thread; `null` where there is none. Leaves no context behind. */
export function describeGpu(): GpuDescription | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return null;
  const description = describeContext(context);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return description;
}

export function describeContext(context: WebGL2RenderingContext): GpuDescription {
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const full = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  return { renderer: shortenRenderer(full), isSoftware: isSoftwareRenderer(full) };
}

/** `ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0, D3D11)` → `NVIDIA GeForce RTX 4070`. */
export function shortenRenderer(renderer: string): string {
  const angle = /^ANGLE \(([^,]*), (.*?)(?:, [^,]*)?\)$/.exec(renderer);
  const name = angle?.[2] ?? renderer;
  return name
    .replace(/^(ANGLE Metal Renderer: |Vulkan [\d.]+ \()/, '')
    .replace(/\s*\((0x|Subzero|LLVM)[^)]*\).*$/i, '')
    .replace(/ (Direct3D|OpenGL|vs_).*$/, '')
    .replace(/\s*\(.*$/, '')
    .trim();
}
