import { externalFilesOf, refuseForeignOperators } from '../../../importers/onnx/checks.ts';
import { readMapsDescription } from '../../../importers/read-network.ts';
import type { OrtEngineId } from '../../engines/engine-catalog.ts';
import type { EstimatorOptions } from '../../estimator.ts';
import {
  type FamilyCode,
  type GivenNetwork,
  measureFiles,
  type OpenRequest,
  ownId,
} from '../../family-code.ts';
import type { ImportedOnnxMaps, Network } from '../../network.ts';
import {
  baseName,
  checkNumbers,
  checkSize,
  findOnnx,
  labelOf,
  licenseOf,
  toFacts,
} from '../../onnx/build-onnx.ts';
import { type PictureScaling, pictureScalings } from '../../picture-scaling.ts';
import { startOrt } from '../../runtimes/ort/start.ts';
import { OpenPoseEstimator, type OpenPoseNetworks } from '../maps-estimator.ts';
import { toMapsInfo } from '../maps-info.ts';
import { mapsOnnxFamily } from './maps-onnx-family.ts';
import { openMaps } from './open-maps.ts';
import { findMapsPorts } from './ports.ts';

/** OpenPose's own, which most that were written in PyTorch keep. */
const USUAL_SCALING: PictureScaling = { order: 'bgr', ...pictureScalings.caffe };

/** Networks of OpenPose's kind, out of ONNX files. */
export const mapsOnnxCode: FamilyCode = {
  build,
  open: (request) => {
    const { options, chain, networks } = request;
    const { own, hands, faces } = networks;
    const bodies = toOnnxMaps(own);
    if (!bodies) throw new Error(`${options.model} is no ONNX network of OpenPose's kind.`);
    const all = { bodies, hands: toOnnxMaps(hands), faces: toOnnxMaps(faces) };
    return chain(mapsOnnxFamily.engines, (engine) => open(options, engine, all, request));
  },
};

function toOnnxMaps(network: Network | null): ImportedOnnxMaps | null {
  return network?.kind === 'maps-onnx' ? network : null;
}

/** By as many maps as a skeleton has that is known, or by what a JSON beside it says. */
async function build({ files, description }: GivenNetwork): Promise<ImportedOnnxMaps | null> {
  const read = findOnnx(files);
  if (!read) return null;
  const { file, model } = read;
  const name = baseName(file.name);
  const ports = findMapsPorts(model, name, readMapsDescription(files, file), description.skeleton);
  if (!ports) return null;
  for (const input of model.inputs) checkNumbers(input, name);
  if (ports.use.fixedSize) checkSize({ ...ports.use.fixedSize, batch: 1 }, name);
  refuseForeignOperators(model, name);
  const own = [{ name, bytes: file.bytes }, ...externalFilesOf(model, name, files)];
  const record = await measureFiles(own);
  const traits = { layout: ports.layout, isScalingGuessed: description.scaling === undefined };
  return {
    kind: 'maps-onnx',
    ...record,
    info: toMapsInfo(
      {
        id: ownId(record.sha256),
        label: description.label ?? labelOf(file.name),
        family: 'maps-onnx',
        license: licenseOf(model),
        source: name,
      },
      traits,
    ),
    ...traits,
    scaling: description.scaling ?? USUAL_SCALING,
    implementation: description.implementation ?? description.manner ?? 'openpose',
    use: ports.use,
    facts: toFacts(model),
    files: own,
  };
}

async function open(
  options: EstimatorOptions,
  engine: OrtEngineId,
  { bodies, hands, faces }: OpenPoseNetworks<ImportedOnnxMaps>,
  { assets, progress, threads }: OpenRequest,
): Promise<OpenPoseEstimator> {
  const runtime = await startOrt(engine, assets, progress, threads);
  const opened: { close(): void }[] = [];
  const openOne = async (network: ImportedOnnxMaps) => {
    const one = await openMaps(runtime, engine, network);
    opened.push(one.maps);
    return one;
  };
  try {
    const { maps, parity } = await openOne(bodies);
    const { device, isSoftwareGpu } = runtime;
    return new OpenPoseEstimator(
      options,
      { engine, device, isSoftwareGpu, ...(parity && { parity }) },
      {
        bodies: maps,
        hands: hands && (await openOne(hands)).maps,
        faces: faces && (await openOne(faces)).maps,
      },
    );
  } catch (error) {
    for (const each of opened) each.close();
    throw error;
  }
}
