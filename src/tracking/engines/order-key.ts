import type { ModelOrder } from '../protocol.ts';

/**
 * Orders with the same key want the same model, on the same engines, used in the same way. A network of which something
 * else was said (its scaling, say) is another one, though its id stays.
 */
export function orderKey({ options, engine, measured, threads, assets, networks }: ModelOrder): string {
  const { family, own, hands, faces, blendshapes, finder } = networks;
  const sources = [own, hands, faces, blendshapes, finder?.source ?? null].map(
    (source) => source && [source.id, source.revision],
  );
  return JSON.stringify([
    options,
    engine,
    measured ?? null,
    threads ?? null,
    assets,
    family,
    sources,
    finder?.options ?? null,
  ]);
}
