import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const require = createRequire(import.meta.url);

/** Where an installed package lies. @throws if it isn't installed */
export function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}
