/**
 * What a worker is called: what it is for, and whose it is. So it knows from its first line on under whose name files are kept.
 *
 * @param limn empty: it has no name
 */
export function workerName(kind: string, limn: string): string {
  return limn === '' ? kind : `${kind}/${limn}`;
}

/** The name of the Limn whose worker is called so. */
export function limnOf(worker: string): string {
  return worker.split('/')[1] ?? '';
}
