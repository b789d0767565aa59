import type { Person, Pose } from '../../core/pose.ts';

/** A pose in 3-D. */
export type SpatialPose = Pose & { readonly world: Float32Array };

/** What of somebody is in 3-D: what the model itself gives, else what was lifted; `null`: nothing. */
export function spatialPose({ body, lifted }: Person): SpatialPose | null {
  if (body?.world) return { ...body, world: body.world };
  return lifted?.world ? { ...lifted, world: lifted.world } : null;
}
