import { spawnSync } from 'node:child_process';
import { findTorch } from './find-torch.js';

/**
 * Makes sure that there is a Python with PyTorch for the tests of `training/`, or says that they are skipped.
 *
 * @param {boolean} mayInstall from Debian's packages: they are large, and not everybody wants them
 */
export function ensureTorch(mayInstall) {
  if (findTorch()) return;
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!mayInstall || !isRoot || !hasApt) {
    console.warn(
      'Python with PyTorch and NumPy is missing: the tests of training/ are skipped. npm run test:long -- --install installs them from Debian’s packages (as root).',
    );
    return;
  }
  console.log('Installing PyTorch from Debian’s packages …');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'python3-torch', 'python3-numpy'],
  ]) {
    spawnSync('apt-get', parameters, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  }
}
