/// <reference types="vite/client" />

declare module 'virtual:limn-assets' {
  /** Address, size in bytes and digest of each weight bundle and runtime file. */
  const assets: import('./families/files/assets.ts').AssetAddresses;
  export default assets;
}

declare module 'virtual:limn-security' {
  type Headers = Readonly<Record<string, string>>;
  /** Headers that every answer needs. */
  export const headers: Headers;
  /** Those of single scripts, whose address fits the regular expression. */
  export const headersByScript: readonly { readonly pattern: string; readonly headers: Headers }[];
}
