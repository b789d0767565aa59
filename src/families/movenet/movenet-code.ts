import { shardsOf } from '../../importers/tfjs/tfjs.ts';
import { type FamilyCode, type GivenNetwork, measureFiles } from '../family-code.ts';
import { moveNetInfo, moveNetVariant } from '../movenet-variant.ts';
import type { ImportedMoveNet } from '../network.ts';
import { moveNetFamily } from './movenet-family.ts';

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
  if (!variant || variant === 'multipose') return null;
  const { file, json } = model;
  const own = shardsOf(json, files, file.name);
  const shards = own.map(({ name, bytes }) => ({ name: name.replace(/^.*\//, ''), bytes }));
  const measured = await measureFiles([file, ...own]);
  const info = moveNetInfo(variant, description, measured.sha256, file.name);
  return { kind: 'movenet', info, ...measured, variant, model: json, shards };
}
