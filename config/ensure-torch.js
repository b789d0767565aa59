import { spawnSync } from 'node:child_process';
import { findTorch } from './find-torch.js';

/** Installs PyTorch for the tests of `training/` where that can be done without asking; else they say that they are skipped. */
export function ensureTorch() {
  if (findTorch()) return;
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isRoot || !hasApt) {
    console.warn('Python with PyTorch and NumPy is missing: the tests of training/ are skipped.');
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
