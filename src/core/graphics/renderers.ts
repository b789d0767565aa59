/** Renderers that compute on the CPU: Chromium's SwiftShader, Mesa's llvmpipe and softpipe, Windows' WARP. */
const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|softpipe|software|basic render|\bwarp\b/i;

/** Does a GPU's renderer name stand for a program on the CPU? */
export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE_RENDERERS.test(renderer);
}

/** `ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0, D3D11)` → `NVIDIA GeForce RTX 4070`. */
export function shortenRenderer(renderer: string): string {
  const angle = /^ANGLE \(([^,]*), (.*?)(?:, [^,]*)?\)$/.exec(renderer);
  const name = angle?.[2] ?? renderer;
  return name
    .replace(/^(ANGLE Metal Renderer: |Vulkan [\d.]+ \()/, '')
    .replace(/ (Direct3D|OpenGL|vs_).*$/, '')
    .replace(/\s*\(.*$/, '')
    .trim();
}
