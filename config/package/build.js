// npm run package: makes build/package/, which `npm pack` turns into the tarball.
import { join } from 'node:path';
import { root } from '../ensure-installed.js';
import { buildPackage } from './package.js';

await buildPackage(join(root, 'build', 'package'));
