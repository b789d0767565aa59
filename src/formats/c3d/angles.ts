import type { Recording } from '../../core/recording.ts';
import { angleField, angleIds, jointAngle } from '../../motion/kinematics/angles.ts';
import { measuredPose } from '../../motion/placing/spatial-pose.ts';
import type { MarkerPerson } from '../writing/markers.ts';
import { MAXIMUM_BYTE, type ParameterWriter } from './parameters.ts';

/** Joint angles as analogue channels: a sample a frame, in degrees. */
export interface AngleChannels {
  /** `P0_left_knee` and so on. */
  readonly labels: readonly string[];
  /** The sample of every channel in a frame of the recording; NaN where the angle isn't known. */
  readonly samplesOf: (frame: number) => readonly number[];
  /** What is left out, in sentences. */
  readonly notes: readonly string[];
}

/** More channels than one list has room for are no help to anybody. */
const MOST_PEOPLE = Math.floor(MAXIMUM_BYTE / angleIds.length);

const NO_ROOM = `C3D has no room for the joint angles of more than ${MOST_PEOPLE} people: export Joint angles (CSV).`;

/** The angles of everybody who has any (docs/angles.md). Of more people than the format counts in one list, none. */
export function angleChannels({ frames }: Recording, people: readonly MarkerPerson[]): AngleChannels {
  const anglesOf = (frame: number, id: number): readonly number[] | null => {
    const person = frames[frame]?.people.find((each) => each.id === id);
    const pose = person && measuredPose(person);
    return pose ? angleIds.map((angle) => jointAngle(pose, angle)) : null;
  };
  const bent = people.filter(({ id }) => frames.some((_, i) => anglesOf(i, id)?.some(Number.isFinite)));
  const hasRoom = bent.length <= MOST_PEOPLE;
  const shown = hasRoom ? bent : [];
  const unknown = angleIds.map(() => Number.NaN);
  return {
    labels: shown.flatMap(({ id }) => angleIds.map((angle) => `P${id}_${angleField(angle)}`)),
    samplesOf: (frame) => shown.flatMap(({ id }) => anglesOf(frame, id) ?? unknown),
    notes: hasRoom ? [] : [NO_ROOM],
  };
}

/** The group `ANALOG`; values are written as they are, so that scale and offset change nothing. */
export function writeAnalog(out: ParameterWriter, labels: readonly string[], rate: number): void {
  const each = <Value>(value: Value): Value[] => labels.map(() => value);
  out.group('ANALOG', labels.length > 0 ? 'Joint angles' : 'None');
  out.integers('USED', [labels.length]);
  out.floats('RATE', [labels.length > 0 ? rate : 0]);
  out.floats('GEN_SCALE', [1]);
  if (labels.length === 0) return;
  out.lists('LABELS', labels);
  out.lists('DESCRIPTIONS', each('Joint angle'));
  out.lists('UNITS', each('deg'));
  out.floats('SCALE', each(1));
  out.integers('OFFSET', each(0));
}
