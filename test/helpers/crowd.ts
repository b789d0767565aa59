import type { MapsLayout } from '../../src/families/maps/layouts.ts';
import { convertPose } from '../../src/skeletons/convert.ts';
import { actorRecording } from './actor-recording.ts';

/** People of the demo, beside and over one another, in network pixels. */
export function crowd(count: number, layout: MapsLayout, width: number): Float32Array[] {
  const { info, frames } = actorRecording(120);
  const scale = 200 / info.height;
  return Array.from({ length: count }, (_, i) => {
    const body = frames[(i * 11) % 120]?.people[i % 2]?.body;
    if (!body) throw new Error('The actors are there.');
    const pose = layout.set === 'mpi-15' ? null : convertPose(body, layout.set);
    if (!pose) throw new Error('The actors have no keypoints of MPI.');
    // Each stands elsewhere, the next nearer than a shoulder's width.
    const middle = ((pose.points[3] ?? 0) + (pose.points[6] ?? 0)) / 2;
    const shift = 40 + (i * (width * 8 - 80)) / Math.max(1, count - 1);
    return pose.points.map((value, at) => {
      if (at % 3 === 0) return (value - middle) * scale + shift;
      return at % 3 === 1 ? value * scale + 60 + (i % 3) * 40 : value;
    });
  });
}
