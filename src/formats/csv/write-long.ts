import {
  keypointCount,
  type Person,
  type Pose,
  pointScore,
  pointX,
  pointY,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Exporter } from '../exporter.ts';
import { makingLine } from '../writing/making.ts';
import { encodeTexts, withProgress } from '../writing/text.ts';
import { cell, LINE_END, markCell, textCell } from './cell.ts';
import { type PersonColumns, personColumns } from './person-cells.ts';

const COLUMNS = [
  'frame',
  'time',
  'person',
  'part',
  'set',
  'keypoint',
  'name',
  'x',
  'y',
  'score',
  'world_x',
  'world_y',
  'world_z',
  'mark',
  'made',
] as const;

/**
 * A table with one row a keypoint (RFC 4180). A missing value is an empty cell. `mark` says `corrected` or `filled`
 * where a keypoint is not as measured; the first row says in `made` how all was made, as JSON.
 */
export const csvLong: Exporter = {
  id: 'csv-long',
  label: 'CSV (one row a keypoint)',
  extension: '_long.csv',
  mediaType: 'text/csv',
  write(recording, report) {
    function* lines(): Generator<string> {
      const who = personColumns(recording);
      yield COLUMNS.flatMap((name) => (name === 'person' ? who.names : [name])).join(',') + LINE_END;
      let made = textCell(makingLine(recording));
      for (const [, frame] of withProgress(recording.frames, report)) {
        for (const row of frame.people.flatMap((person) => personRows(frame, person, who))) {
          yield `${row},${made}${LINE_END}`;
          made = '';
        }
      }
    }
    return encodeTexts(lines());
  },
};

function personRows(frame: TrackedFrame, person: Person, who: PersonColumns): string[] {
  const parts = [
    ['body', person.body],
    ['left_hand', person.leftHand],
    ['right_hand', person.rightHand],
    ['face', person.face ?? null],
  ] as const;
  return parts.flatMap(([part, pose]) => (pose ? poseRows(frame, who.cells(person.id), part, pose) : []));
}

function poseRows(
  frame: TrackedFrame,
  who: readonly (string | number)[],
  part: string,
  pose: Pose,
): string[] {
  const names = skeletonOf(pose.set).keypoints;
  return Array.from({ length: keypointCount(pose) }, (_, i) => {
    const world = [0, 1, 2].map((axis) => cell(pose.world?.[i * WORLD_STRIDE + axis]));
    const point = [cell(pointX(pose, i)), cell(pointY(pose, i)), cell(pointScore(pose, i))];
    const where = [frame.index, frame.time, ...who, part, pose.set, i, names[i] ?? ''];
    return [...where, ...point, ...world, markCell(pose, i)].join(',');
  });
}
