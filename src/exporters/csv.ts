import { strToU8 } from 'fflate';
import {
  keypointCount,
  type Person,
  type Pose,
  pointScore,
  pointX,
  pointY,
  WORLD_STRIDE,
} from '../core/pose.ts';
import type { Recording } from '../core/recording.ts';
import { skeletonOf } from '../skeletons/registry.ts';
import { cell, LINE_END } from './csv-cell.ts';
import type { Exporter } from './exporter.ts';

type Part = 'body' | 'leftHand' | 'rightHand';

/** Columns of a hand's keypoints begin with these. */
const PREFIXES: Readonly<Record<Part, string>> = {
  body: '',
  leftHand: 'left_hand_',
  rightHand: 'right_hand_',
};

/** The columns of one part: those of a keypoint set. */
interface Block {
  readonly part: Part;
  readonly set: Pose['set'];
  readonly hasWorld: boolean;
}

/**
 * A table with one row a person and frame (RFC 4180): `nose_x`, `nose_y`, `nose_score` and, where the model gives
 * world keypoints, `nose_world_x` and so on, for every keypoint that occurs. A missing value is an empty cell.
 */
export const csv: Exporter = {
  id: 'csv',
  label: 'CSV (one row a person and frame)',
  extension: '.csv',
  mediaType: 'text/csv',
  write(recording) {
    const blocks = findBlocks(recording);
    const head = ['frame', 'time', 'person', 'score', ...blocks.flatMap(columnsOf)].join(',');
    const rows = recording.frames.flatMap(({ index, time, people }) =>
      people.map((person) =>
        [
          index,
          time,
          person.id,
          cell(person.score),
          ...blocks.flatMap((block) => cellsOf(person, block)),
        ].join(','),
      ),
    );
    return strToU8([head, ...rows, ''].join(LINE_END));
  },
};

/** Which keypoint sets occur, part by part. */
function findBlocks({ frames }: Recording): Block[] {
  const found = new Map<string, Block>();
  for (const { people } of frames) {
    for (const person of people) {
      for (const part of Object.keys(PREFIXES) as Part[]) {
        const pose = person[part];
        if (!pose) continue;
        const key = `${part} ${pose.set}`;
        const hasWorld = pose.world !== null || (found.get(key)?.hasWorld ?? false);
        if (found.get(key)?.hasWorld !== hasWorld) found.set(key, { part, set: pose.set, hasWorld });
      }
    }
  }
  const parts = Object.keys(PREFIXES);
  return [...found.values()].sort((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part));
}

function columnsOf({ part, set, hasWorld }: Block, position: number, all: readonly Block[]): string[] {
  // Only where a part comes in several sets are the sets named.
  const isShared = all.some((other, i) => i !== position && other.part === part);
  const prefix = PREFIXES[part] + (isShared ? `${set.replaceAll('-', '_')}_` : '');
  const values = ['x', 'y', 'score', ...(hasWorld ? ['world_x', 'world_y', 'world_z'] : [])];
  return skeletonOf(set).keypoints.flatMap((name) => values.map((value) => `${prefix}${name}_${value}`));
}

function cellsOf(person: Person, { part, set, hasWorld }: Block): string[] {
  const pose = person[part]?.set === set ? person[part] : null;
  const count = pose ? keypointCount(pose) : skeletonOf(set).keypoints.length;
  return Array.from({ length: count }, (_, i) => {
    const point = pose
      ? [pointX(pose, i), pointY(pose, i), pointScore(pose, i)]
      : [undefined, undefined, undefined];
    const world = hasWorld ? [0, 1, 2].map((axis) => pose?.world?.[i * WORLD_STRIDE + axis]) : [];
    return [...point, ...world].map(cell);
  }).flat();
}
