import { spawnSync } from 'node:child_process';

/** A Python that has PyTorch, as a command; `null`: there is none. */
export function findTorch() {
  const candidates = [process.env.LIMN_PYTHON, 'python3', '/usr/bin/python3'].filter(
    (each) => each !== undefined,
  );
  return (
    candidates.find(
      (python) => spawnSync(python, ['-c', 'import numpy, torch'], { stdio: 'ignore' }).status === 0,
    ) ?? null
  );
}
