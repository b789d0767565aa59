import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import type { KeypointSetId } from '../../core/pose.ts';
import {
  describePort,
  describePorts,
  externalFilesOf,
  refuseForeignOperators,
} from '../../importers/onnx/checks.ts';
import { type OnnxModel, type OnnxPort, readOnnxModel } from '../../importers/onnx/model-proto.ts';
import { glanceAtBytes, recognizeNetworkFile } from '../../importers/recognize/recognize.ts';
import { cocoWholeBody } from '../../skeletons/keypoint-layouts.ts';
import { catalogNetworks } from '../catalog/catalog-networks.ts';
import { type GivenNetwork, measureFiles, ownId } from '../family-code.ts';
import { MAXIMUM_NETWORK_PEOPLE, type ModelInfo, type OnnxFamilyId, onnxFamilyIds } from '../model-info.ts';
import type { ImportedOnnx } from '../network.ts';
import { LARGEST_SIDE, type OnnxDescription, readOnnxDescription, SMALLEST_SIDE } from './description.ts';
import type { Size } from './geometry.ts';
import type { OnnxFacts, PictureNumbers } from './onnx-use.ts';

/** What a family asks about a network, to know whether it is one of its own. */
export interface OnnxCandidate {
  readonly model: OnnxModel;
  /** The file's name with its folders, and that of the ZIP that it came in. */
  readonly name: string;
  /** Of its picture; sizes that the file leaves open are what was said, or `null`. */
  readonly width: number | null;
  readonly height: number | null;
  /** What was said of it; `null`: nothing. */
  readonly said: OnnxDescription | null;
}

/** How a family uses a network of its own. */
export interface OnnxFinding {
  /** Names of the outputs, in the order in which the family reads them. */
  readonly outputs: readonly string[];
  /** Of its picture, where the file leaves it open. */
  readonly usualSize: Size;
  readonly picture: PictureNumbers;
  /** Of detectors: those that whoever uses them finds as a rule. */
  readonly keypoints: KeypointSetId;
  readonly padding: number;
  /** What it is good for, in a few words. */
  readonly description: string;
  /** It is no model by itself; absent: as its kind is. */
  readonly isPart?: boolean;
}

/** What sets a family of ONNX networks apart where they are read. */
export interface OnnxKind {
  readonly id: OnnxFamilyId;
  /** It gives keypoints by itself, or of somebody who was found; else it is no model by itself. */
  readonly isPart: boolean;
  readonly hasWorld: boolean;
  /** `null`: the network is another family's. @throws {LimnError} if it is one of this, and can't be used */
  recognize(candidate: OnnxCandidate): OnnxFinding | null;
}

/** The ONNX network among files, as it says that it is. */
export interface ReadOnnx {
  readonly file: NamedBytes;
  readonly model: OnnxModel;
}

const CHANNELS = 3;
const PICTURE_RANK = 4;
/** A network that takes more pictures at once is given none: most of them would be empty. */
const MOST_PICTURES = 64;
/** So many kinds of operators are named to people. */
const MOST_OPERATORS = 60;

/** The ONNX network among files; `null`: there is none. @throws {LimnError} if it is damaged */
export function findOnnx(files: readonly NamedBytes[]): ReadOnnx | null {
  const file = files.find(({ name, bytes }) => {
    const kind = recognizeNetworkFile(glanceAtBytes(name, bytes));
    return kind?.kind === 'weights' && kind.format === 'onnx';
  });
  if (!file) return null;
  if (file.bytes.length === 0) throw new LimnError(`${file.name} is empty.`);
  return { file, model: readOnnxModel(file.bytes, baseName(file.name)) };
}

/**
 * An ONNX network of a family.
 *
 * @returns `null` if the files hold none, or one of another family
 * @throws {LimnError} naming the file and what of it can't be run
 */
export async function buildOnnx(
  { files, description }: GivenNetwork,
  kind: OnnxKind,
): Promise<ImportedOnnx | null> {
  const read = findOnnx(files);
  if (!read) return null;
  const { file, model } = read;
  const said = readOnnxDescription(files);
  if (said && said.family !== kind.id) return null;
  const name = baseName(file.name);
  const [input] = model.inputs;
  const [batch = null, , rows = null, columns = null] = input?.shape ?? [];
  const [saidWidth = null, saidHeight = null] = said?.size ?? [];
  const [width, height] = [columns ?? saidWidth, rows ?? saidHeight];
  const finding = kind.recognize({ model, name: file.name, width, height, said });
  if (!finding) {
    if (!said) return null;
    throw new LimnError(
      `${name} is said to be of the family ${kind.id}, and its outputs are others: ${describePorts(model.outputs)}.`,
    );
  }
  checkInput(model.inputs, name);
  const use = {
    width: width ?? finding.usualSize.width,
    height: height ?? finding.usualSize.height,
    batch,
    outputs: finding.outputs,
    picture: chooseNumbers(finding.picture, said),
    conventions: said?.conventions ?? 'mmpose',
    keypoints: finding.keypoints,
    padding: said?.padding ?? finding.padding,
  };
  checkSize(use, name);
  refuseForeignOperators(model, name);
  const own = [{ name, bytes: file.bytes }, ...externalFilesOf(model, name, files)];
  const record = await measureFiles(own);
  const info = toInfo(kind, finding, model);
  const known = findKnown(file.name, info);
  return {
    kind: 'onnx',
    ...record,
    info: known ?? {
      ...info,
      id: ownId(record.sha256),
      label: description.label ?? labelOf(file.name),
      source: name,
    },
    use,
    facts: toFacts(model),
    files: own,
  };
}

/** Why an ONNX network that no family knows can't be run. */
export function describeUnknown({ file, model }: ReadOnnx): LimnError {
  return new LimnError(
    `${baseName(file.name)} is an ONNX network of a kind that Limn doesn't know: it takes ${describePorts(model.inputs)}, and gives ${describePorts(model.outputs)}. Limn runs ${onnxFamilyIds.join(', ')}, and networks of OpenPose's kind with as many maps as BODY_25 (78), COCO (57), MPI (44), a hand (22) or a face (71); a JSON beside it may say which "family" it is, or what its maps are.`,
  );
}

function toInfo(
  { id, isPart, hasWorld }: OnnxKind,
  { keypoints, description, isPart: isOwnPart = isPart }: OnnxFinding,
  model: OnnxModel,
): Omit<ModelInfo, 'id' | 'label' | 'source'> {
  return {
    description: `${description}; brought from a file`,
    family: id,
    origin: 'own',
    finds: 'bodies',
    isPart: isOwnPart,
    keypoints: keypoints === 'coco-133' ? cocoWholeBody.body : keypoints,
    hasWorld,
    bundle: null,
    maximumPeople: MAXIMUM_NETWORK_PEOPLE,
    license: licenseOf(model),
  };
}

/** One of the catalogue, by the name of the file that it came in and what it gives; `null`: it is another one. */
function findKnown(path: string, { family, keypoints }: Pick<ModelInfo, 'family' | 'keypoints'>) {
  const names = path.split('/');
  const known = catalogNetworks.find(
    ({ info, files }) =>
      info.family === family &&
      info.keypoints === keypoints &&
      files.some(({ name }) => names.includes(name)),
  );
  return known?.info ?? null;
}

/** A network takes one picture of three channels. @throws {LimnError} saying what it takes */
function checkInput(inputs: readonly OnnxPort[], name: string): void {
  const [input, second] = inputs;
  if (!input || second) {
    throw new LimnError(`${name} takes ${describePorts(inputs)}; Limn gives one picture.`);
  }
  const { shape } = input;
  if (shape.length !== PICTURE_RANK || (shape[1] !== CHANNELS && shape[1] !== null)) {
    throw new LimnError(
      `${name} takes ${describePort(input)}; Limn gives pictures of 3 channels, channel by channel (N × 3 × H × W).`,
    );
  }
  checkNumbers(input, name);
}

/** @throws {LimnError} if a network's pictures, or all at once, are too large for a page, or too small */
export function checkSize(
  { width, height, batch }: Size & { readonly batch: number | null },
  name: string,
): void {
  if (Math.min(width, height) < SMALLEST_SIDE || Math.max(width, height) > LARGEST_SIDE) {
    throw new LimnError(
      `${name} takes pictures of ${width} × ${height}; Limn gives them from ${SMALLEST_SIDE} to ${LARGEST_SIDE} pixels a side.`,
    );
  }
  if ((batch ?? 1) <= MOST_PICTURES) return;
  throw new LimnError(`${name} takes ${batch} pictures at once; Limn gives ${MOST_PICTURES} at most.`);
}

/** A picture's numbers are floats of 32 or 16 bits. @throws {LimnError} saying what a network takes */
export function checkNumbers({ type }: OnnxPort, name: string): void {
  if (type === 'float32' || type === 'float16') return;
  throw new LimnError(
    `${name} takes its picture as ${type ?? 'numbers of an unknown type'}; Limn gives float32 or float16: export it with such an input.`,
  );
}

/** A picture's numbers as the family has them, or as they are said to be. */
function chooseNumbers(usual: PictureNumbers, said: OnnxDescription | null): PictureNumbers {
  // rtmlib gives every network BGR, as OpenCV reads pictures, with the means in the order in which mmpose states them.
  const order = said?.order ?? (said?.conventions === 'rtmlib' ? 'bgr' : usual.order);
  const turn = (three: PictureNumbers['mean']): PictureNumbers['mean'] =>
    order === usual.order || said?.conventions === 'rtmlib' ? three : [three[2], three[1], three[0]];
  return {
    order,
    mean: said?.mean ?? turn(usual.mean),
    deviation: said?.deviation ?? turn(usual.deviation),
  };
}

/** What a file says that it is made of. */
export function toFacts(model: OnnxModel): OnnxFacts {
  const operators = model.operators
    .map(({ name, count }) => ({ name, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_OPERATORS);
  const { parameters, isQuantized } = model;
  return {
    inputs: model.inputs.map(describePort),
    outputs: model.outputs.map(describePort),
    operators,
    parameters,
    isQuantized,
  };
}

/** What the file's writer has put down as its licence. */
export function licenseOf({ metadata }: OnnxModel): string {
  const key = Object.keys(metadata).find((each) => /^licen[cs]e$/i.test(each));
  return (key !== undefined && metadata[key]?.trim()) || 'unknown';
}

/** mmdeploy calls every network `end2end.onnx`: the ZIP or the folder that it came in says more. */
export function labelOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  const base = baseName(path);
  if (!/^(end2end|model)\.onnx$/i.test(base)) return base;
  const zip = folders.findLast((folder) => /\.zip$/i.test(folder));
  return zip?.replace(/\.zip$/i, '') ?? folders.at(-1) ?? base;
}

/** A file's name without its folders. */
export function baseName(path: string): string {
  return path.replace(/^.*\//, '');
}
