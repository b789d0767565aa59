import type { NamedBytes } from '../../core/named-bytes.ts';
import { shardsOf } from '../../importers/tfjs/tfjs.ts';
import { catalogNetwork } from '../catalog/catalog.ts';
import { type FamilyCode, type GivenNetwork, measureFiles, ownId } from '../family-code.ts';
import { MAXIMUM_NETWORK_PEOPLE, type ModelInfo } from '../model-info.ts';
import type { ImportedPoseNet, NetworkDescription } from '../network.ts';
import { computeParityReference } from '../runtimes/parity.ts';
import { startRuntime } from '../runtimes/start-runtime.ts';
import { isPoseNet, readPoseNet } from './heads.ts';
import { PoseNetEstimator, SCALING } from './posenet-estimator.ts';
import { poseNetFamily } from './posenet-family.ts';

export const poseNetCode: FamilyCode = {
  build,
  open: ({ options, networks: { own }, assets, progress, chain }) =>
    chain(poseNetFamily.engines, (engine) => {
      if (own?.kind !== 'posenet') throw new Error(`${options.model} is no PoseNet.`);
      return PoseNetEstimator.open(options, engine, own, assets, progress, startRuntime);
    }),
};

async function build({
  files,
  model,
  description,
  reference,
}: GivenNetwork): Promise<ImportedPoseNet | null> {
  if (!model || !isPoseNet(model.json)) return null;
  const { file, json } = model;
  const read = readPoseNet(json, files, file.name);
  const shards = shardsOf(json, files, file.name);
  const measured = await measureFiles([file, ...shards]);
  return {
    kind: 'posenet',
    info: await infoOf(shards, description, measured.sha256, file.name),
    ...measured,
    ...read,
    reference: reference ?? computeParityReference(read.graph, SCALING),
  };
}

/** The catalogue's is known by its weights. */
async function infoOf(
  shards: readonly NamedBytes[],
  { label }: NetworkDescription,
  sha256: string,
  fileName: string,
): Promise<ModelInfo> {
  const known = catalogNetwork('posenet-mobilenet');
  if (!known) throw new Error('It is in the catalogue.');
  const weights = await measureFiles(shards);
  if (known.files.some((file) => file.sha256 === weights.sha256))
    return label === undefined ? known.info : { ...known.info, label };
  return {
    id: ownId(sha256),
    label: label ?? fileName.replace(/^.*\//, ''),
    description: 'Everybody in the picture at once, 17 keypoints in 2-D; brought from a file',
    family: 'posenet',
    origin: 'own',
    finds: 'bodies',
    isPart: false,
    keypoints: 'coco-17',
    hasWorld: false,
    bundle: null,
    maximumPeople: MAXIMUM_NETWORK_PEOPLE,
    license: 'unknown',
    source: fileName,
  };
}
