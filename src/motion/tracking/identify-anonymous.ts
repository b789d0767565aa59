import { mainPose, type Pose } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import { Identities } from './identities.ts';

/** Whoever has no id in the file gets one that holds from frame to frame; the order of people stays. */
export function identifyAnonymous({ info, frames }: Recording): Recording {
  if (!frames.some(({ openPose }) => openPose?.isAnonymous)) return new Recording(info, frames);
  const identities = new Identities();
  const slowness = slownessOf(info);
  const identified = frames.map((frame): TrackedFrame => {
    const idOf = new Map<Pose, number>(
      identities.identify(frame.people, frame.time / slowness).map((person) => [mainPose(person), person.id]),
    );
    const people = frame.people.map((person) => ({ ...person, id: idOf.get(mainPose(person)) ?? person.id }));
    return { ...frame, people };
  });
  return new Recording(info, identified);
}
