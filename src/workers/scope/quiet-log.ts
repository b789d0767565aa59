// MediaPipe's runtime and LiteRT write all of their log to the error stream: what they call an error stays one. That
// browsers have no NPU for LiteRT is none, nor that it finds sparse weights, which it computes with rightly.
const writeError = console.error;
console.error = (...parts: unknown[]) => {
  if (!/^(INFO:|I\d{4} |WARNING: \[(npu_registry|model_load))/.test(String(parts[0]))) writeError(...parts);
};
// LiteRT tries for a GPU device even where it is to compute on WASM.
const writeWarning = console.warn;
console.warn = (...parts: unknown[]) => {
  if (!/^Failed to create default WebGPU device/.test(String(parts[0]))) writeWarning(...parts);
};
