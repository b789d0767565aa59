/// <reference types="vite/client" />

declare module 'virtual:limn-assets' {
  /** Address and size in bytes of each weight bundle and runtime file. */
  const assets: Readonly<
    Record<
      | 'pose-lite'
      | 'pose-full'
      | 'pose-heavy'
      | 'hands'
      | 'tasks-vision-loader'
      | 'tasks-vision-wasm'
      | 'litert-loader'
      | 'litert-wasm'
      | 'litert-threaded-loader'
      | 'litert-threaded-wasm'
      | 'litert-threaded-script'
      | 'litert-compat-loader'
      | 'litert-compat-wasm'
      | 'tfjs-wasm'
      | 'tfjs-wasm-simd',
      { readonly url: string; readonly byteLength: number; readonly sha256: string }
    >
  >;
  export default assets;
}
