import builtAssets from 'virtual:limn-assets';
import { version } from '../package.json';
import { LimnError } from './core/errors.ts';
import type { AssetAddresses } from './families/files/assets.ts';
import { type Platform, withNetworks } from './tracking/platform.ts';
import { createWorkers } from './workers/starting/create.ts';

/** Where a Limn has its files from, and where it keeps what it keeps. */
export interface LimnOptions {
  /**
   * The folder where workers, networks and runtimes lie, by its address: a copy of the build's `assets/`. Default: beside the
   * library. They have to be those that the library was built with. On another origin they have to come with CORS headers, and the
   * page's policy has to let workers begin in blobs.
   */
  readonly assets?: string | URL;
  /**
   * Up to 64 letters, digits, `-` and `_`. Networks and chosen engines are kept on this device under it, and only a Limn of
   * the same name finds them. Default: none; what is kept then is also the page's, and that of the module's own functions.
   */
  readonly name?: string;
}

const NAME = /^[\w-]{1,64}$/;

/** @throws {LimnError} if the name isn't valid, or `assets` is no address */
export function createPlatform({ assets, name = '' }: LimnOptions = {}): Platform {
  if (name !== '' && !NAME.test(name)) {
    throw new LimnError(`options.name is "${name}"; it must be up to 64 letters, digits, - and _.`);
  }
  const addressOf = assets === undefined ? whereBuilt : movedTo(assets);
  const placed = Object.entries(builtAssets).map(([key, asset]) => [
    key,
    { ...asset, url: addressOf(asset.url) },
  ]);
  return withNetworks({
    workers: createWorkers(name, addressOf),
    assets: Object.fromEntries(placed) as AssetAddresses,
    version,
    name,
  });
}

/** Where this module lies. A bundler would take what is written out as made of it for a file of its own. */
const here = import.meta.url;
const whereBuilt = (file: string): string => new URL(file, here).href;

/** Built files by their addresses in another folder. */
function movedTo(folder: string | URL): (file: string) => string {
  const text = String(folder);
  let base: URL;
  try {
    base = new URL(text.endsWith('/') ? text : `${text}/`, location.href);
  } catch (cause) {
    throw new LimnError(`options.assets is "${text}"; it must be the address of a folder.`, { cause });
  }
  return (file) => new URL(file.slice(file.lastIndexOf('/') + 1), base).href;
}

let own: Platform | null = null;

/** What the page and the module's own functions run on. Made when it is first asked for. */
export function ownPlatform(): Platform {
  own ??= createPlatform();
  return own;
}
