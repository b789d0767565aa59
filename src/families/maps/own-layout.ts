import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import { greatest } from '../../core/lists.ts';
import { skeletons } from '../../skeletons/registry.ts';
import type { MapsLayout } from './layouts.ts';

const MAXIMUM_CHANNELS = 1024;
const channel = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAXIMUM_CHANNELS - 1));

const schema = v.object({
  skeleton: v.picklist(skeletons.map(({ id }) => id)),
  /** Channel by channel, the keypoint whose heatmap it is; `null`: the background's, or nothing that is used. */
  heatmaps: v.array(v.nullable(v.string())),
  limbs: v.optional(v.array(v.object({ from: v.string(), to: v.string(), x: channel, y: channel })), []),
});

/**
 * What a network's maps are, out of a JSON that says so: the skeleton, whose names the keypoints have; channel by
 * channel the keypoint of each heatmap; and the limbs with the channels of their fields, counted from the first channel
 * of all, in the order in which people are put together.
 *
 * @param channels that the network gives
 * @throws {LimnError} naming what is wrong in it
 */
export function readOwnLayout(description: unknown, channels: number): MapsLayout {
  const parsed = v.safeParse(schema, description);
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? 'its beginning';
    throw new LimnError(
      `The description of the network's maps is not as it should be at ${path}: it has "skeleton", "heatmaps" (a keypoint's name a channel) and "limbs" (from, to, x, y).`,
    );
  }
  const { skeleton: id, heatmaps, limbs } = parsed.output;
  const names = skeletons.find((skeleton) => skeleton.id === id)?.keypoints ?? [];
  const positionOf = (name: string): number => {
    const position = names.indexOf(name);
    if (position !== -1) return position;
    throw new LimnError(`${id} has no keypoint "${name}". It has ${names.join(', ')}.`);
  };
  const fields = limbs.flatMap(({ x, y }) => [x, y]);
  const most = greatest(fields, heatmaps.length - 1);
  if (most >= channels)
    throw new LimnError(`The description speaks of channel ${most}, and the network gives ${channels}.`);
  for (const name of heatmaps) if (name !== null) positionOf(name);
  return {
    set: id,
    keypoints: names.length,
    heatmaps: names.map((name) => heatmaps.indexOf(name)),
    fieldsAt: 0,
    channels,
    limbs: limbs.map(({ from, to, x, y }) => ({ from: positionOf(from), to: positionOf(to), x, y })),
  };
}
