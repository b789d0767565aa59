/**
 * The smallest module that needs SIMD: a function `i32.const 0; i8x16.splat; drop`.
 * WebAssembly SIMD proposal, binary encoding of instructions 0xfd0f.
 */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
]);

/** Has this browser WebAssembly with SIMD, which every network needs? */
export function hasSimd(): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(SIMD_PROBE);
}
