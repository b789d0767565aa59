import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { parseNetworkJson } from '../../importers/read-network.ts';
import { skeletons } from '../../skeletons/registry.ts';
import { findOfKind } from '../family-code.ts';
import { onnxFamilyIds } from '../model-info.ts';

/** Of a network's picture, in pixels: larger ones take gigabytes, and smaller ones have no cells. */
export const [SMALLEST_SIDE, LARGEST_SIDE] = [32, 4096];
const side = v.pipe(v.number(), v.integer(), v.minValue(SMALLEST_SIDE), v.maxValue(LARGEST_SIDE));
const three = v.tuple([v.number(), v.number(), v.number()]);

const schema = v.object({
  family: v.picklist(onnxFamilyIds),
  /** Width and height of its picture, where the file leaves them open. */
  size: v.optional(v.tuple([side, side])),
  order: v.optional(v.picklist(['rgb', 'bgr'])),
  /** Of the channels in their order, of numbers from 0 to 255. */
  mean: v.optional(three),
  deviation: v.optional(
    v.pipe(
      three,
      v.check((all) => all.every((each) => each > 0)),
    ),
  ),
  skeleton: v.optional(v.picklist(skeletons.map(({ id }) => id))),
  conventions: v.optional(v.picklist(['mmpose', 'rtmlib'])),
  /** A person's box is so many times as large when it is cut out. */
  padding: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(3))),
});

/** What a JSON beside an ONNX network says of it. */
export type OnnxDescription = v.InferOutput<typeof schema>;

/**
 * What is said of an ONNX network beside it; `null`: nothing.
 *
 * @throws {LimnError} naming what is wrong in it
 */
export function readOnnxDescription(files: readonly NamedBytes[]): OnnxDescription | null {
  const file = findOfKind('beside', files);
  if (!file || !/\.json$/i.test(file.name)) return null;
  const json = parseNetworkJson(file);
  // Of networks of OpenPose's kind, what their maps are is said in another way.
  if (typeof json !== 'object' || json === null || !('family' in json)) return null;
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const path = v.getDotPath(parsed.issues[0]) ?? 'its beginning';
  throw new LimnError(
    `${file.name} is not as it should be at ${path}: it has "family" (${onnxFamilyIds.join(', ')}), and may have "size", "order", "mean", "deviation", "skeleton", "conventions" and "padding".`,
  );
}
