import { medianOf } from '../../core/numbers/quantiles.ts';
import { type Quaternion, rotate } from '../../core/numbers/quaternion.ts';
import { add, scale, subtract } from '../../core/numbers/vector.ts';
import { landmarkReader } from '../kinematics/rig.ts';
import { type MotionColumns, tracksByPerson } from '../tracks/motion-columns.ts';
import { THERE } from '../tracks/tracks.ts';
import { mapWorld } from '../tracks/world.ts';
import { spatialTracks } from './spatial-pose.ts';

/**
 * MediaPipe's bodies in the world lean towards a level camera by so much, in radians: 11.9° to 13.2° on three demo actors
 * with `mediapipe-pose-full`. So much of a lean says nothing of the camera.
 */
const MEDIAPIPE_LEAN = (12 * Math.PI) / 180;
const LEANING = 'blazepose-33';

type Tracks = Pick<MotionColumns, 'tracks'>;

/** How far somebody's body leans towards the viewer, at the median over a recording, in radians in the axes given. */
export function medianLean(columns: Tracks): number {
  const leans: number[] = [];
  for (const { poses } of spatialTracks(columns)) {
    for (const pose of poses) {
      if (!pose) continue;
      const reader = landmarkReader(pose.set);
      const [left, right] = [reader.read(pose.world, 'leftAnkle'), reader.read(pose.world, 'rightAnkle')];
      const chest = reader.read(pose.world, 'chest');
      // Of who is seen only down to the hips, the trunk has to do.
      const low = left && right ? scale(add(left, right), 0.5) : reader.read(pose.world, 'hips');
      if (!low || !chest) continue;
      const along = subtract(chest, low);
      leans.push(Math.atan2(along[2], along[1]));
    }
  }
  return medianOf(leans) ?? 0;
}

/** How much of a lean may be MediaPipe's own; 0 of bodies that other networks have made. */
export function ownLean({ tracks }: Tracks, lean: number): number {
  const isMediaPipe = tracks.some(
    ({ part, set, there }) => part === 'body' && set === LEANING && there.some((has) => has & THERE.world),
  );
  return isMediaPipe ? Math.min(MEDIAPIPE_LEAN, Math.max(0, lean)) : 0;
}

/** Sets MediaPipe's bodies upright by an angle about the camera's x; hands go with them, lifted joints stay. */
export function setUpright({ tracks }: Tracks, angle: number): void {
  if (angle === 0) return;
  const turn: Quaternion = [-Math.sin(angle / 2), 0, 0, Math.cos(angle / 2)];
  for (const own of tracksByPerson(tracks).values()) {
    const bodies = own.filter(({ part, set }) => part === 'body' && set === LEANING);
    const isLeaning = (frame: number): boolean =>
      bodies.some(({ first, there }) => ((there[frame - first] ?? 0) & THERE.pose) !== 0);
    for (const track of own) {
      if (track.part === 'lifted') continue;
      mapWorld(track, (at, frame) => (isLeaning(frame) ? rotate(turn, at) : at));
    }
  }
}
