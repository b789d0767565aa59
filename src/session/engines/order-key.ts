import type { ModelNetworks, ModelOrder } from '../tracking/protocol.ts';

/**
 * Orders with the same key want the same model, on the same engines, used in the same way. A network of which something
 * else was said (its scaling, say) is another one, though its id stays.
 */
export function orderKey({ options, engine, measured, threads, assets, networks }: ModelOrder): string {
  const parts = [assets, ...networksIn(networks)].map(numberOf);
  return JSON.stringify([options, engine, measured ?? null, threads ?? null, parts]);
}

function networksIn(networks: ModelNetworks): readonly object[] {
  switch (networks.works) {
    case 'mediapipe':
      return [];
    case 'movenet':
      return [networks.network];
    case 'maps': {
      const { bodies, hands, faces } = networks.networks;
      return [bodies, hands, faces].filter((part) => part !== null);
    }
  }
}

/** Networks are large: they are told apart by what they are, and not by what is in them. */
const numbers = new WeakMap<object, number>();
let counted = 0;

function numberOf(thing: object): number {
  const number = numbers.get(thing) ?? ++counted;
  numbers.set(thing, number);
  return number;
}
