import { LimnError } from '../../core/errors.ts';
import { conventionIds } from '../../formats/convention.ts';
import type { DataFormatId } from '../../formats/exporter.ts';
import { exporterFor } from '../../formats/exporters.ts';
import { checkIsData } from '../../library/here/write.ts';
import type { WriteOptions } from '../../library/here/write-options.ts';
import { restPoses, rigNames } from '../../motion/kinematics/rig-style.ts';
import { spatialChoices } from '../../motion/placing/standing.ts';
import type { Given, OptionInfo } from '../command.ts';
import { UsageError } from '../failures.ts';
import { choiceOf, numberOf, textOf } from '../parse.ts';

export const CONVERT_OPTIONS: Readonly<Record<string, OptionInfo>> = {
  format: {
    type: 'string',
    short: 'f',
    value: 'F[,F…]',
    help: 'what to write, several with commas between',
  },
  out: {
    type: 'string',
    short: 'o',
    value: 'FILE|DIR',
    help: 'where to; default: beside what is read, but for folders',
  },
  force: { type: 'boolean', help: 'replace files that are there and differ' },
  from: { type: 'string', value: 'SECONDS', help: 'only from this time on' },
  to: { type: 'string', value: 'SECONDS', help: 'only up to this time' },
  person: { type: 'string', value: 'ID', help: 'only this person' },
  smooth: { type: 'string', value: 'STRENGTH', help: 'smooth the keypoints first: 0 barely, 1 strongest' },
  convention: {
    type: 'string',
    value: 'UNIT-AXES',
    help: `for trc, c3d and bvh: ${conventionIds.join(', ')}`,
  },
  spatial: {
    type: 'string',
    value: '3D',
    help: `where somebody has two bodies in 3-D: ${spatialChoices.join(', ')}`,
  },
  rig: {
    type: 'string',
    value: 'NAMES',
    help: `for bvh and glb, how joints are called: ${rigNames.join(', ')}`,
  },
  rest: {
    type: 'string',
    value: 'POSE',
    help: `for bvh and glb, the pose without turns: ${restPoses.join(', ')}`,
  },
};

/** The formats that are asked for, each once. @throws {UsageError} if there is none, or no such one */
export function formatsOf(given: Given): readonly DataFormatId[] {
  const words = (textOf(given, 'format') ?? '').split(',').map((word) => word.trim());
  const named = [...new Set(words)].filter((word) => word !== '');
  if (named.length === 0) {
    throw new UsageError(
      'Say with --format what to write, such as --format csv. limn convert --help lists all.',
    );
  }
  return named.map((word) => {
    try {
      checkIsData(word);
    } catch (error) {
      if (error instanceof LimnError) throw new UsageError(error.message);
      throw error;
    }
    return word;
  });
}

/** @throws {UsageError} if one isn't valid */
export function writeOptionsOf(given: Given, formats: readonly DataFormatId[]): WriteOptions {
  const [from, to, person, smooth] = (['from', 'to', 'person', 'smooth'] as const).map((option) =>
    numberOf(given, option),
  );
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError(`--from ${from} is later than --to ${to}.`);
  }
  if (smooth !== undefined && (smooth < 0 || smooth > 1)) {
    throw new UsageError(`--smooth is ${smooth}; it must be from 0 to 1.`);
  }
  const convention = choiceOf(given, 'convention', conventionIds);
  if (convention && formats.every((format) => exporterFor(format).conventions === undefined)) {
    throw new UsageError(
      `--convention is for trc, c3d and bvh: units and axes of ${formats.join(', ')} are fixed.`,
    );
  }
  const spatial = choiceOf(given, 'spatial', spatialChoices);
  const names = choiceOf(given, 'rig', rigNames);
  const rest = choiceOf(given, 'rest', restPoses);
  return {
    ...((from ?? to) !== undefined && {
      range: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    }),
    ...(person !== undefined && { person }),
    ...(smooth !== undefined && { smooth }),
    ...(convention && { convention }),
    ...(spatial && { spatial }),
    ...((names ?? rest) && { rig: { ...(names && { names }), ...(rest && { rest }) } }),
  };
}
