import type { Session } from '../../app/session.ts';
import { personNumber } from '../../core/person-name.ts';
import type { Edit, Part } from '../../motion/corrections/edit.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { formatTime } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';

/** A correction in words. */
export function editWords(session: Session, edit: Edit): string {
  const { editWords: words } = messages;
  const who = (id: number): string => nameOf(session, id);
  switch (edit.kind) {
    case 'move':
      return words.move(
        jointOf(session, edit.personId, edit.part, edit.keypoint),
        who(edit.personId),
        formatTime(edit.time),
      );
    case 'swap-sides':
      return inRange(words['swap-sides'](who(edit.personId)), edit);
    case 'swap-people':
      return inRange(words['swap-people'](who(edit.personId), who(edit.otherId)), edit);
    case 'merge-people':
      return inRange(words['merge-people'](who(edit.personId), who(edit.otherId)), edit);
    case 'split-person':
      return inRange(words['split-person'](who(edit.personId), who(edit.newId)), edit);
    case 'delete-person':
      return inRange(words['delete-person'](who(edit.personId)), edit);
    case 'fill': {
      const { joint } = edit;
      const what = joint
        ? jointOf(session, edit.personId, joint.part, joint.keypoint)
        : messages.missingJoints;
      const range = { from: edit.before.time, to: edit.after.time };
      return inRange(words.fill(what, who(edit.personId)), range);
    }
    case 'name-person':
      return words['name-person'](messages.personNumber(personNumber(edit.personId)), edit.name);
    case 'set-marks':
      return words['set-marks'](
        edit.put.map(({ label }) => label).join(', '),
        edit.put.length,
        edit.removed.length,
      );
    case 'process':
      return words.process(edit.steps.map(({ kind }) => messages.stepNames[kind]).join(', '));
  }
}

function inRange(words: string, { from, to }: TimeRange): string {
  if (from === undefined && to === undefined) return words;
  return messages.inRange(
    words,
    from === undefined ? messages.start : formatTime(from),
    to === undefined ? messages.end : formatTime(to),
  );
}

/** By the people on screen: whoever isn't there has the others' keypoints. */
function jointOf({ state }: Session, personId: number, part: Part, keypoint: number): string {
  const { people } = state.shown;
  const pose = people.find(({ id }) => id === personId)?.[part] ?? people.find((each) => each[part])?.[part];
  return messages.jointName((pose && skeletonOf(pose.set).keypoints[keypoint]) ?? String(keypoint));
}
