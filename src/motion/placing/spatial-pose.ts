import type { Person, Pose } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { type MotionColumns, tracksByPerson } from '../tracks/motion-columns.ts';
import { PoseRoom } from '../tracks/pose-room.ts';
import { poseAt, THERE, type Track } from '../tracks/tracks.ts';

/** A pose in 3-D. */
export type SpatialPose = Pose & { readonly world: Float32Array };

/** What of somebody is in 3-D: what the model itself gives, else what was lifted; `null`: nothing. */
export function spatialPose({ body, lifted }: Person): SpatialPose | null {
  if (body?.world) return { ...body, world: body.world };
  return lifted?.world ? { ...lifted, world: lifted.world } : null;
}

/** What of somebody angles are measured from: what is in 3-D, else the body in the picture; `null`: there is neither. */
export function measuredPose(person: Person): Pose | null {
  return spatialPose(person) ?? person.body;
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

/** Somebody's poses in 3-D, from the first frame in which they have one to the last. */
export interface SpatialTrack {
  readonly personId: number;
  /** The frame of the first pose. */
  readonly first: number;
  readonly poses: readonly (SpatialPose | null)[];
}

/**
 * As `spatialPoses`, one person after the other, so that all of them never lie in memory beside their columns: poses are of
 * use only until the next person's.
 */
export function* spatialTracks({ tracks }: Pick<MotionColumns, 'tracks'>): Generator<SpatialTrack> {
  const found: { personId: number; own: readonly Track[]; first: number; last: number }[] = [];
  for (const [personId, all] of tracksByPerson(tracks)) {
    // What the model itself gives comes first.
    const own = ['body', 'lifted'].flatMap((part) =>
      all.filter((track) => track.part === part && track.world),
    );
    const spans = own.map(spatialSpan).filter((span) => span !== null);
    const first = spans.reduce((least, [from]) => Math.min(least, from), Number.POSITIVE_INFINITY);
    const last = spans.reduce((most, [, to]) => Math.max(most, to), -1);
    if (last >= 0) found.push({ personId, own, first, last });
  }
  const room = new PoseRoom();
  // In the order in which people come.
  for (const { personId, own, first, last } of found.sort((a, b) => a.first - b.first)) {
    room.reuse();
    const poses = Array.from({ length: last - first + 1 }, (_, i) => spatialPoseAt(own, first + i, room));
    yield { personId, first, poses };
  }
}

/** The first and the last frame in which a track is in 3-D. */
function spatialSpan({ first, there }: Track): readonly [first: number, last: number] | null {
  const isSpatial = (has: number): boolean => (has & THERE.world) !== 0;
  const from = there.findIndex(isSpatial);
  return from < 0 ? null : [first + from, first + there.findLastIndex(isSpatial)];
}

function spatialPoseAt(own: readonly Track[], frame: number, room: PoseRoom): SpatialPose | null {
  const track = own.find(({ first, there }) => (there[frame - first] ?? 0) & THERE.world);
  const pose = track ? poseAt(track, frame, room.allocate) : null;
  return pose?.world ? { ...pose, world: pose.world } : null;
}
