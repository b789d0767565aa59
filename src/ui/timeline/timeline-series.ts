import { personNumber } from '../../core/person-name.ts';
import type { Person } from '../../core/pose.ts';
import { PARTS } from '../../motion/corrections/edit.ts';
import { type AngleId, angleIds, jointOfAngle, sideOfAngle } from '../../motion/kinematics/angles.ts';
import { quantities, type Series, seriesUnit } from '../../motion/series/series.ts';
import { drawnKeypoints } from '../../skeletons/drawn-keypoints.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { messages } from '../messages/messages.ts';

/** Which side of the body a line is of; those of one lane are told apart by it. */
export type LineSide = 'left' | 'right' | 'middle';
/** As canvases know them. */
export type LineColors = Readonly<Record<LineSide, string>>;

/** Lines of the recording that is compared with have one colour: their dashes tell left from right. */
export const OTHER_DASHES: Readonly<Record<LineSide, readonly [dash: number, gap: number]>> = {
  left: [7, 4],
  right: [2, 3],
  middle: [7, 4],
};

export function sideOf(series: Series): LineSide {
  return series.kind === 'angle' ? sideOfAngle(series.angle) : 'middle';
}

/** The joint of an angle, whichever side it is of. */
export function jointOf(angle: AngleId): 'neck' | ReturnType<typeof jointOfAngle>['joint'] {
  return angle === 'neck' ? angle : jointOfAngle(angle).joint;
}

/** A choice in a list of what can be plotted. */
export interface SeriesChoice {
  readonly value: string;
  readonly label: string;
}

/** What there is to plot of somebody: joints, then angles. */
export function jointChoices(person: Person | null): SeriesChoice[] {
  if (!person) return [];
  return PARTS.flatMap((part) => {
    const pose = person[part];
    if (!pose) return [];
    const names = skeletonOf(pose.set).keypoints;
    return drawnKeypoints(pose.set).map((i) => ({
      value: `${part} ${i}`,
      label: messages.jointOfPart(part, names[i] ?? ''),
    }));
  });
}

export function angleChoices(): SeriesChoice[] {
  return angleIds.map((id) => ({ value: `angle ${id}`, label: messages.angleOf(messages.angleNames[id]) }));
}

/** The series that a choice means. @param quantity for joints */
export function toSeries(value: string, quantity: string, personId: number): Series | null {
  const [kind, rest = ''] = value.split(' ');
  const angle = angleIds.find((id) => id === rest);
  if (kind === 'angle') return angle ? { kind: 'angle', personId, angle } : null;
  const part = PARTS.find((each) => each === kind);
  const known = quantities.find((each) => each === quantity);
  return part && known ? { kind: 'keypoint', personId, part, keypoint: Number(rest), quantity: known } : null;
}

/** A series in words. @param person somebody with the same keypoints, for their names */
export function describeSeries(series: Series, person: Person | null): string {
  const who = messages.personNumber(personNumber(series.personId));
  if (series.kind === 'angle') return messages.laneOf(messages.angleNames[series.angle], who);
  const pose = person?.[series.part];
  const name =
    (pose && skeletonOf(pose.set).keypoints[series.keypoint]) ?? messages.jointNumber(series.keypoint);
  const joint = messages.jointOfPart(series.part, name);
  return messages.laneOf(`${joint}, ${messages.quantities[series.quantity]}`, who);
}

export { seriesUnit };
