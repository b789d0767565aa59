import { blendshapeNames } from '../../core/blendshapes.ts';
import {
  keypointCount,
  type Person,
  type Pose,
  pointScore,
  pointX,
  pointY,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Exporter } from '../exporter.ts';
import { makingLine } from '../writing/making.ts';
import { encodeTexts, withProgress } from '../writing/text.ts';
import { cell, LINE_END, markCell, textCell } from './cell.ts';
import { personColumns } from './person-cells.ts';

type Part = 'body' | 'leftHand' | 'rightHand' | 'face';

/** Columns of a part's keypoints begin with these. */
const PREFIXES: Readonly<Record<Part, string>> = {
  body: '',
  leftHand: 'left_hand_',
  rightHand: 'right_hand_',
  face: 'face_',
};

/** The columns of one part: those of a keypoint set. */
interface Block {
  readonly part: Part;
  readonly set: Pose['set'];
  readonly hasWorld: boolean;
}

/**
 * A table with one row a person and frame (RFC 4180): `nose_x`, `nose_y`, `nose_score` and, where the model gives
 * world keypoints, `nose_world_x` and so on, for every keypoint that occurs, then, where faces have them,
 * `blendshape_jawOpen` and so on. A missing value is an empty cell. Behind them, `corrected` and `filled` name the keypoints
 * that are not as measured, and the first row says in `made` how all was made, as JSON.
 *
 * Where people have names, `person_name` is beside `person`.
 */
export const csv: Exporter = {
  id: 'csv',
  label: 'CSV (one row a person and frame)',
  extension: '.csv',
  mediaType: 'text/csv',
  write(recording, report) {
    const blocks = findBlocks(recording);
    const blendshapes = hasBlendshapes(recording) ? blendshapeNames : [];
    function* lines(): Generator<string> {
      const who = personColumns(recording);
      const columns = [...blocks.flatMap(columnsOf), ...blendshapes.map((name) => `blendshape_${name}`)];
      yield ['frame', 'time', ...who.names, 'score', ...columns, 'corrected', 'filled', 'made'].join(',') +
        LINE_END;
      let made = textCell(makingLine(recording));
      for (const [, { index, time, people }] of withProgress(recording.frames, report)) {
        for (const person of people) {
          const cells = [
            ...blocks.flatMap((block) => cellsOf(person, block)),
            ...blendshapes.map((_, i) => cell(person.face?.blendshapes?.[i])),
          ];
          const marked = (['corrected', 'filled'] as const).map((how) => namesOfMarked(person, blocks, how));
          yield [index, time, ...who.cells(person.id), cell(person.score), ...cells, ...marked, made].join(
            ',',
          ) + LINE_END;
          made = '';
        }
      }
    }
    return encodeTexts(lines());
  },
};

function hasBlendshapes({ frames }: Recording): boolean {
  return frames.some(({ people }) => people.some(({ face }) => face?.blendshapes));
}

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

/** Only where a part comes in several sets are the sets named. */
function prefixOf({ part, set }: Block, all: readonly Block[]): string {
  const isShared = all.some((other) => other.set !== set && other.part === part);
  return PREFIXES[part] + (isShared ? `${set.replaceAll('-', '_')}_` : '');
}

/** Keypoints with a mark, as the columns name them, separated by spaces. */
function namesOfMarked(person: Person, blocks: readonly Block[], how: 'corrected' | 'filled'): string {
  return blocks
    .flatMap((block) => {
      const pose = person[block.part];
      if (pose?.set !== block.set || !pose.marks) return [];
      const names = skeletonOf(block.set).keypoints;
      const prefix = prefixOf(block, blocks);
      return names.filter((_, i) => markCell(pose, i) === how).map((name) => prefix + name);
    })
    .join(' ');
}

function columnsOf(block: Block, _: number, all: readonly Block[]): string[] {
  const { set, hasWorld } = block;
  const prefix = prefixOf(block, all);
  const values = ['x', 'y', 'score', ...(hasWorld ? ['world_x', 'world_y', 'world_z'] : [])];
  return skeletonOf(set).keypoints.flatMap((name) => values.map((value) => `${prefix}${name}_${value}`));
}

function cellsOf(person: Person, { part, set, hasWorld }: Block): string[] {
  const own = person[part];
  const pose = own?.set === set ? own : null;
  const count = pose ? keypointCount(pose) : skeletonOf(set).keypoints.length;
  return Array.from({ length: count }, (_, i) => {
    const point = pose
      ? [pointX(pose, i), pointY(pose, i), pointScore(pose, i)]
      : [undefined, undefined, undefined];
    const world = hasWorld ? [0, 1, 2].map((axis) => pose?.world?.[i * WORLD_STRIDE + axis]) : [];
    return [...point, ...world].map(cell);
  }).flat();
}
