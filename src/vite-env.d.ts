/// <reference types="vite/client" />

declare module 'virtual:limn-assets' {
  /** Address, size in bytes and digest of each weight bundle and runtime file. */
  const assets: import('./models/assets.ts').AssetAddresses;
  export default assets;
}
