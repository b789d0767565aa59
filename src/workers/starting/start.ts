import { workerName } from './worker-name.ts';

/*
 * A worker is under the policy of its script's own answer, and a plain host sends none with it; a worker whose script lies at
 * a `blob:` address has that of whoever starts it. So scripts are started by one line in a blob, which imports them.
 */

/** A blob a script: they are asked for again and again. */
const starters = new Map<string, string>();

/**
 * @param address of a module, whole
 * @param limn whose worker it is, by its name
 */
export function startUnderPolicy(address: string, limn: string): Worker {
  // Behind the page's service worker each answer has the policy, and it answers requests of such workers everywhere.
  const bringsPolicy = !mayStartBlobs() || navigator.serviceWorker?.controller;
  return start(bringsPolicy && !isForeign(address) ? address : starterOf(address), address, limn);
}

function starterOf(address: string): string {
  let starter = starters.get(address);
  if (!starter) {
    const line = `import ${JSON.stringify(address)};`;
    starter = URL.createObjectURL(new Blob([line], { type: 'text/javascript' }));
    starters.set(address, starter);
  }
  return starter;
}

/** Scripts of another origin begin nowhere else than in a blob. */
function isForeign(address: string): boolean {
  return new URL(address).origin !== location.origin;
}

/** For the worker that may ask other hosts, which the page's policy forbids: what holds is what comes with its script. */
export function startWithOwnPolicy(address: string, limn: string): Worker {
  return start(isForeign(address) ? starterOf(address) : address, address, limn);
}

function start(url: string, script: string, limn: string): Worker {
  const kind = /([^/]*)\.worker[^/]*$/.exec(script)?.[1] ?? '';
  return new Worker(url, { type: 'module', name: workerName(kind, limn) });
}

/**
 * Has the page a policy of its own that lets workers begin in blobs? Limn's has; pages that use the library may have another,
 * or one that comes as a header, with their scripts, too.
 */
function mayStartBlobs(): boolean {
  const policy = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  return /worker-src [^;]*\bblob:/.test(policy?.content ?? '');
}
