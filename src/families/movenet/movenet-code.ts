import { shardsOf } from '../../importers/tfjs/tfjs.ts';
import { catalogNetworks } from '../catalog.ts';
import { type FamilyCode, type GivenNetwork, measureFiles } from '../family-code.ts';
import type { ImportedMoveNet } from '../network.ts';
import { moveNetFamily } from './movenet-family.ts';
import { moveNetVariant } from './recognize.ts';

export const moveNetCode: FamilyCode = {
  build,
  open: ({ options, networks: { own }, assets, progress, chain }) =>
    chain(moveNetFamily.engines, async (engine) => {
      if (own?.kind !== 'movenet') throw new Error(`${options.model} is no MoveNet.`);
      // Megabytes that no other model needs.
      const { MoveNetEstimator } = await import('./movenet-estimator.ts');
      return MoveNetEstimator.open(options, engine, own, assets, progress);
    }),
};

async function build({ files, model, description }: GivenNetwork): Promise<ImportedMoveNet | null> {
  const variant = model && moveNetVariant(model.json);
  if (!variant) return null;
  const { file, json } = model;
  const { label } = description;
  const known = catalogNetworks.find((entry) => entry.variant === variant);
  if (!known) throw new Error('Every MoveNet is in the catalogue.');
  const info = label === undefined ? known.info : { ...known.info, label };
  const own = shardsOf(json, files, file.name);
  const shards = own.map(({ name, bytes }) => ({ name: name.replace(/^.*\//, ''), bytes }));
  return { kind: 'movenet', info, ...(await measureFiles([file, ...own])), variant, model: json, shards };
}
