import { shardsOf } from '../../importers/tfjs/tfjs.ts';
import { type FamilyCode, type GivenNetwork, measureFiles } from '../family-code.ts';
import { moveNetInfo, moveNetVariant } from '../movenet-variant.ts';
import type { ImportedMultipose } from '../network.ts';
import { computeParityReference } from '../runtimes/parity.ts';
import { startRuntime } from '../runtimes/start-runtime.ts';
import { readMultipose } from './heads.ts';
import { MultiposeEstimator, SCALING } from './multipose-estimator.ts';
import { multiposeFamily } from './multipose-family.ts';

export const multiposeCode: FamilyCode = {
  build,
  open: ({ options, networks: { own }, assets, progress, chain }) =>
    chain(multiposeFamily.engines, (engine) => {
      if (own?.kind !== 'multipose') throw new Error(`${options.model} is no MoveNet for several people.`);
      return MultiposeEstimator.open(options, engine, own, assets, progress, startRuntime);
    }),
};

async function build({
  files,
  model,
  description,
  reference,
}: GivenNetwork): Promise<ImportedMultipose | null> {
  if (!model || moveNetVariant(model.json) !== 'multipose') return null;
  const { file, json } = model;
  const graph = readMultipose(json, files, file.name);
  const measured = await measureFiles([file, ...shardsOf(json, files, file.name)]);
  return {
    kind: 'multipose',
    info: moveNetInfo('multipose', description, measured.sha256, file.name),
    ...measured,
    graph,
    reference: reference ?? computeParityReference(graph, SCALING),
  };
}
