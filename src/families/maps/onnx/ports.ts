import { LimnError } from '../../../core/errors.ts';
import type { KeypointSetId } from '../../../core/pose.ts';
import { describePort, describePorts } from '../../../importers/onnx/checks.ts';
import type { OnnxModel, OnnxPort } from '../../../importers/onnx/model-proto.ts';
import type { PictureSize } from '../../frame-image.ts';
import type { OnnxMapsUse, PlaneOrder } from '../../network.ts';
import { STRIDE } from '../grouping/bicubic.ts';
import { layouts, type MapsLayout } from '../layouts.ts';
import { readOwnLayout } from '../own-layout.ts';

/** How a network of OpenPose's kind goes in and out, and what its maps are. */
export interface MapsPorts {
  readonly use: OnnxMapsUse;
  readonly layout: MapsLayout;
}

const COLOURS = 3;
const RANK = 4;
/** Heatmaps and fields. */
const MOST_DESCRIBED = 2;
/** Where channels are among a tensor's sizes. */
const CHANNELS_AT: Readonly<Record<PlaneOrder, number>> = { 'channels-first': 1, 'channels-last': 3 };

/**
 * How an ONNX network of OpenPose's kind goes in and out.
 *
 * Its maps are one output, or heatmaps and fields by themselves; where a network gives those of several stages, the last ones
 * count. A description's channels are counted through its outputs as the file orders them.
 *
 * @param description what lies beside it as JSON; `null`: nothing
 * @param skeleton whose maps they are said to be; `undefined`: nothing is said
 * @returns `null`: it has no such maps
 * @throws {LimnError} if it is described, and can't be used in that way
 */
export function findMapsPorts(
  model: OnnxModel,
  fileName: string,
  description: unknown,
  skeleton: KeypointSetId | undefined,
): MapsPorts | null {
  const [input, second] = model.inputs;
  const order = input && !second ? orderOf(input) : null;
  if (!input || !order) {
    if (description === null) return null;
    throw new LimnError(
      `${fileName} takes ${describePorts(model.inputs)}; a network of OpenPose's kind takes one picture of 3 channels.`,
    );
  }
  const [height, width] = order === 'channels-first' ? input.shape.slice(2) : input.shape.slice(1);
  const fixedSize = height && width ? { height, width } : null;
  const found =
    description === null
      ? findKnown(model.outputs, order, fixedSize, skeleton)
      : readDescribed(model.outputs, order, fileName, description);
  if (!found) return null;
  if ((height ?? width ?? null) !== null && !fixedSize)
    throw new LimnError(`${fileName} leaves one side of its picture open: ${describePort(input)}.`);
  if (fixedSize && (fixedSize.height % STRIDE !== 0 || fixedSize.width % STRIDE !== 0))
    throw new LimnError(`${fileName} takes ${describePort(input)}, which are no multiples of ${STRIDE}.`);
  const [batch] = input.shape;
  if ((batch ?? 1) !== 1)
    throw new LimnError(`${fileName} takes ${describePort(input)}; Limn gives one picture at a time.`);
  return { use: { input: order, outputs: found.outputs, fixedSize }, layout: found.layout };
}

function orderOf({ shape }: OnnxPort): PlaneOrder | null {
  if (shape.length !== RANK) return null;
  if (shape[1] === COLOURS) return 'channels-first';
  return shape[3] === COLOURS ? 'channels-last' : null;
}

interface Found {
  readonly outputs: OnnxMapsUse['outputs'];
  readonly layout: MapsLayout;
}

/** By the number of maps of the skeletons that are known. */
function findKnown(
  outputs: readonly OnnxPort[],
  input: PlaneOrder,
  size: PictureSize | null,
  skeleton: KeypointSetId | undefined,
): Found | null {
  const other: PlaneOrder = input === 'channels-first' ? 'channels-last' : 'channels-first';
  for (const order of [input, other]) {
    const named = (channels: number): OnnxMapsUse['outputs'] => {
      const port = outputs.findLast((each) => hasMaps(each, channels, order, size));
      return port ? [{ name: port.name, channels, order }] : [];
    };
    for (const layout of layouts) {
      if (skeleton !== undefined && layout.set !== skeleton) continue;
      const { channels, fieldsAt } = layout;
      const whole = named(channels);
      if (whole.length === 1) return { outputs: whole, layout };
      const halves = [...named(fieldsAt), ...named(channels - fieldsAt)];
      if (halves.length === 2) return { outputs: halves, layout };
    }
  }
  return null;
}

/** Are an output's sizes those of so many maps, each an eighth of the picture? */
function hasMaps(
  { shape }: OnnxPort,
  channels: number,
  order: PlaneOrder,
  size: PictureSize | null,
): boolean {
  if (shape.length !== RANK || shape[CHANNELS_AT[order]] !== channels) return false;
  const [rows = null, columns = null] = order === 'channels-first' ? shape.slice(2) : shape.slice(1, 3);
  if (!size) return true;
  return (
    (rows ?? size.height / STRIDE) * STRIDE === size.height &&
    (columns ?? size.width / STRIDE) * STRIDE === size.width
  );
}

function readDescribed(
  outputs: readonly OnnxPort[],
  order: PlaneOrder,
  fileName: string,
  description: unknown,
): Found {
  const maps = outputs.map(({ name, shape }) => ({
    name,
    order,
    channels: (shape.length === RANK ? shape[CHANNELS_AT[order]] : null) ?? 0,
  }));
  if (maps.length === 0 || maps.length > MOST_DESCRIBED || maps.some(({ channels }) => channels === 0)) {
    throw new LimnError(
      `${fileName} gives ${describePorts(outputs)}; a network that is described gives its maps as one output, or as two, with a number of channels that is stated.`,
    );
  }
  const channels = maps.reduce((sum, each) => sum + each.channels, 0);
  return { outputs: maps, layout: readOwnLayout(description, channels) };
}
