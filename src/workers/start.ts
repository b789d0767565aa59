/*
 * A worker is under the policy of its script's own answer, and a plain host sends none with it; a worker whose script lies at
 * a `blob:` address has that of whoever starts it. So scripts are started by one line in a blob, which imports them.
 */

/** Does the host send the page's policy with scripts, too? Until it has said so, it counts as one that doesn't. */
let hostSendsPolicy = false;

/**
 * Asks the host once, so that workers can be started at their own address where that is as safe: Firefox 153 never runs
 * about one of five workers that begin in a blob while the page opens.
 */
export async function askHost(): Promise<void> {
  const policy = ownPolicy();
  if (!policy || navigator.serviceWorker?.controller) return;
  try {
    const { headers } = await fetch(import.meta.url, { method: 'HEAD' });
    hostSendsPolicy = headers.get('Content-Security-Policy')?.includes(policy) ?? false;
  } catch {
    // Without an answer, blobs do.
  }
}

/** A blob a script: they are asked for again and again. */
const starters = new Map<string, string>();

/** @param script address of a module, relative to this one or whole */
export function startUnderPolicy(script: string): Worker {
  const address = toAddress(script);
  // Behind the page's service worker each answer has the policy, and it answers requests of such workers everywhere.
  if (!mayStartBlobs() || hostSendsPolicy || navigator.serviceWorker?.controller)
    return start(address, address);
  let starter = starters.get(address);
  if (!starter) {
    const line = `import ${JSON.stringify(address)};`;
    starter = URL.createObjectURL(new Blob([line], { type: 'text/javascript' }));
    starters.set(address, starter);
  }
  return start(starter, address);
}

/** For the worker that may ask other hosts, which the page's policy forbids: what holds is what comes with its script. */
export function startWithOwnPolicy(script: string): Worker {
  const address = toAddress(script);
  return start(address, address);
}

function start(url: string, script: string): Worker {
  const name = /([^/]*)\.worker[^/]*$/.exec(script)?.[1] ?? '';
  return new Worker(url, { type: 'module', name });
}

function toAddress(script: string): string {
  return new URL(script, import.meta.url).href;
}

/**
 * Has the page a policy of its own that lets workers begin in blobs? Limn's has; pages that use the library may have another,
 * or one that comes as a header, with their scripts, too.
 */
function mayStartBlobs(): boolean {
  return /worker-src [^;]*\bblob:/.test(ownPolicy());
}

/** The policy that the page itself states; empty: none. */
function ownPolicy(): string {
  const policy = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  return policy?.content ?? '';
}
