import type { Recording } from '../../core/recording.ts';
import { nearestFrame } from '../../core/time/frame-times.ts';
import type { TimeMark } from '../../core/time-mark.ts';
import { angleField, angleIds, jointAngle } from '../../motion/kinematics/angles.ts';
import { measuredPose } from '../../motion/placing/spatial-pose.ts';
import type { Exporter } from '../exporter.ts';
import { makingLine } from '../writing/making.ts';
import { encodeTexts, withProgress } from '../writing/text.ts';
import { LINE_END, textCell } from './cell.ts';
import { personColumns } from './person-cells.ts';

/** Keypoints are not known to a hundredth of a degree: more digits would only be noise. */
const DIGITS = 2;

/**
 * A table of joint angles over time (RFC 4180), a row a frame and person: `time` in seconds, `frame`, `person`, then every angle of
 * `jointAngle` in degrees (`left_knee` and so on); one that takes a missing keypoint is an empty cell. Where moments have names,
 * `mark` has them in the first row of the nearest frame. Behind them, the first row says in `made` how all was made, as JSON.
 */
export const anglesCsv: Exporter = {
  id: 'angles-csv',
  label: 'CSV (joint angles over time)',
  extension: '_angles.csv',
  mediaType: 'text/csv',
  write(recording, report) {
    function* lines(): Generator<string> {
      const who = personColumns(recording);
      const names = angleIds.map(angleField);
      const { marks } = recording.info;
      const marked = marks ? labelsByFrame(recording, marks) : null;
      yield ['time', 'frame', ...who.names, ...names, ...(marked ? ['mark'] : []), 'made'].join(',') +
        LINE_END;
      let made = textCell(makingLine(recording));
      for (const [position, { index, time, people }] of withProgress(recording.frames, report)) {
        let label = marked?.get(position) ?? '';
        for (const person of people) {
          const pose = measuredPose(person);
          const degrees = angleIds.map((angle) => (pose ? degreeCell(jointAngle(pose, angle)) : ''));
          const cells = marked ? [textCell(label), made] : [made];
          yield [time, index, ...who.cells(person.id), ...degrees, ...cells].join(',') + LINE_END;
          made = '';
          label = '';
        }
      }
      const commas = angleIds.length + who.names.length + (marked ? 3 : 2);
      if (made !== '') yield `${','.repeat(commas)}${made}${LINE_END}`;
    }
    return encodeTexts(lines());
  },
};

/** By position of the frame that is nearest in time. */
function labelsByFrame({ frames }: Recording, marks: readonly TimeMark[]): Map<number, string> {
  const times = Float64Array.from(frames, ({ time }) => time);
  const labels = new Map<number, string>();
  for (const { time, label } of marks) {
    const nearest = nearestFrame(times, time);
    const before = labels.get(nearest);
    labels.set(nearest, before === undefined ? label : `${before}; ${label}`);
  }
  return labels;
}

function degreeCell(degrees: number): string {
  if (!Number.isFinite(degrees)) return '';
  const text = degrees.toFixed(DIGITS);
  // What rounds to zero has no sign.
  return Number(text) === 0 ? (0).toFixed(DIGITS) : text;
}
