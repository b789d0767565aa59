import type { Person, Pose } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';

/** A pose in 3-D. */
export type SpatialPose = Pose & { readonly world: Float32Array };

/** What of somebody is in 3-D: what the model itself gives, else what was lifted; `null`: nothing. */
export function spatialPose({ body, lifted }: Person): SpatialPose | null {
  if (body?.world) return { ...body, world: body.world };
  return lifted?.world ? { ...lifted, world: lifted.world } : null;
}

/** By person, what of them is in 3-D by frame; who never is isn't listed. */
export function spatialPoses({ frames }: Recording): Map<number, readonly (SpatialPose | null)[]> {
  const people = new Map<number, (SpatialPose | null)[]>();
  for (const [i, frame] of frames.entries()) {
    for (const person of frame.people) {
      const pose = spatialPose(person);
      if (!pose) continue;
      const own = people.get(person.id) ?? new Array<SpatialPose | null>(frames.length).fill(null);
      people.set(person.id, own);
      own[i] = pose;
    }
  }
  return people;
}
