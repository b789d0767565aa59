import { strFromU8, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import type { ConventionId } from '../../../../src/formats/convention.ts';
import { standPeople } from '../../../../src/motion/placing/standing.ts';
import { body25 } from '../../../../src/skeletons/sets/body25.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const read = (name: string, bytes: Uint8Array) => readRecording([{ name, bytes }]);
const recording = actorRecording(6);
const alone = new Recording(
  recording.info,
  recording.frames.map((frame, i) => ({ ...frame, people: i === 4 ? [] : frame.people.slice(0, 1) })),
);

/** A keypoint's place in the room, in metres. */
function placeOf({ frames, info }: Recording, frame: number, person: number, keypoint: number): number[] {
  const standing = standPeople(frames[frame]?.people ?? [], info.width, info.height);
  return [...(standing[person]?.poses[0]?.positions.subarray(keypoint * 4, keypoint * 4 + 3) ?? [])];
}

function expectSamePlaces(again: Recording, original: Recording, frame: number, person: number): void {
  for (let keypoint = 0; keypoint < 33; keypoint++) {
    const expected = placeOf(original, frame, person, keypoint);
    for (const [axis, value] of placeOf(again, frame, person, keypoint).entries()) {
      expect(value).toBeCloseTo(expected[axis] ?? Number.NaN, 4);
    }
  }
}

describe('TRC', () => {
  it.each<ConventionId>([
    'mm-y-up',
    'm-y-up',
    'mm-z-up',
  ])('comes back as it was written: %s', (convention) => {
    const again = read('walk.trc', writeWith('trc', alone, convention));
    expect(again.frames.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(again.frames.map(({ people }) => people.length)).toEqual([1, 1, 1, 1, 0, 1]);
    for (const [i, { time }] of again.frames.entries())
      expect(time).toBeCloseTo(alone.frames[i]?.time ?? -1, 6);
    expect(again.frames[0]?.people[0]?.body?.set).toBe('blazepose-33');
    expectSamePlaces(again, alone, 3, 0);
    expect(again.info).toEqual(alone.info);
  });

  it('of two people, written side by side, is one recording', () => {
    const again = read('walk_trc.zip', writeWith('trc', recording));
    expect(again.frames.map(({ people }) => people.map(({ id }) => id))).toEqual(
      Array.from({ length: 6 }, () => [0, 1]),
    );
    expectSamePlaces(again, recording, 5, 0);
    expectSamePlaces(again, recording, 5, 1);
  });

  it('of two people, as Sports2D names their files, is one recording', () => {
    const files = [0, 1].map((person) => {
      const { info, frames } = recording;
      const own = frames.map((frame) => ({ ...frame, people: frame.people.slice(person, person + 1) }));
      const bytes = writeWith('trc', new Recording(info, own));
      return { name: `walk_Sports2D_m_person0${person}.trc`, bytes };
    });
    expect(readRecording(files).frames[2]?.people.map(({ id }) => id)).toEqual([0, 1]);
  });

  it('has blanks where markers are missing, and they stay missing', () => {
    const lines = strFromU8(writeWith('trc', alone)).split('\n');
    const cells = (lines[7] ?? '').split('\t');
    cells.splice(2 + 3 * 15, 3, '', '', '');
    lines[7] = cells.join('\t');
    const again = read('walk.trc', strToU8(lines.join('\n')));
    expect(again.frames[1]?.people[0]?.body?.world?.slice(60, 64)).toEqual(
      Float32Array.of(Number.NaN, Number.NaN, Number.NaN, 0),
    );
    expect(again.frames[0]?.people[0]?.body?.world?.[63]).toBe(1);
  });
});

/** Somebody upright in the names and order that Pose2Sim writes (HALPE's body), facing the viewer, metres, y up. */
const POSE2SIM: readonly (readonly [name: string, x: number, y: number, z: number])[] = [
  ['Hip', 0, 0.95, 0],
  ['RHip', -0.1, 0.95, 0],
  ['RKnee', -0.1, 0.5, 0.02],
  ['RAnkle', -0.1, 0.1, 0],
  ['RBigToe', -0.12, 0.02, 0.15],
  ['RSmallToe', -0.15, 0.02, 0.12],
  ['RHeel', -0.1, 0.03, -0.05],
  ['LHip', 0.1, 0.95, 0],
  ['LKnee', 0.1, 0.5, 0.02],
  ['LAnkle', 0.1, 0.1, 0],
  ['LBigToe', 0.12, 0.02, 0.15],
  ['LSmallToe', 0.15, 0.02, 0.12],
  ['LHeel', 0.1, 0.03, -0.05],
  ['Neck', 0, 1.45, 0],
  ['Head', 0, 1.7, 0],
  ['Nose', 0, 1.6, 0.1],
  ['RShoulder', -0.2, 1.42, 0],
  ['RElbow', -0.25, 1.15, 0],
  ['RWrist', -0.25, 0.9, 0.1],
  ['LShoulder', 0.2, 1.42, 0],
  ['LElbow', 0.25, 1.15, 0],
  ['LWrist', 0.25, 0.9, 0.1],
];

interface Style {
  readonly unit?: string;
  readonly names?: (name: string) => string;
  readonly place?: (x: number, y: number, z: number) => readonly number[];
  readonly lineEnd?: string;
  readonly missing?: string;
}

/** A TRC file of two frames, the wrist missing in the second. */
function foreign({
  unit = 'm',
  names = (name) => name,
  place = (...all) => all,
  lineEnd = '\n',
  missing = '',
}: Style): Uint8Array {
  const row = (frame: number): string =>
    [
      frame,
      ((frame - 1) / 60).toFixed(3),
      ...POSE2SIM.flatMap(([name, ...at]) =>
        frame === 2 && name === 'LWrist' ? [missing, missing, missing] : place(...at).map(String),
      ),
    ].join('\t');
  const facts = [60, 60, 2, POSE2SIM.length, unit, 60, 1, 2];
  return strToU8(
    [
      'PathFileType\t4\t(X/Y/Z)\twalk_P0.trc',
      'DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames',
      facts.join('\t'),
      `Frame#\tTime\t${POSE2SIM.map(([name]) => names(name)).join('\t\t\t')}\t\t\t`,
      `\t\t${POSE2SIM.map((_, i) => `X${i + 1}\tY${i + 1}\tZ${i + 1}`).join('\t')}\t`,
      row(1),
      row(2),
      '',
    ].join(lineEnd),
  );
}

describe('TRC of other programs', () => {
  it.each<[string, Style, string]>([
    ['Pose2Sim: metres, y up', {}, 'metres with y up'],
    [
      'in millimetres with z up (Mokka, laboratories)',
      { unit: 'mm', place: (x, y, z) => [x, -z, y].map((v) => v * 1000) },
      'millimetres with z up',
    ],
    ['in a camera’s axes', { place: (x, y, z) => [x, -y, -z] }, 'metres with y down'],
    [
      'with names in words and Windows’ line ends',
      { names: (name) => name.replace(/^R/, 'right_').replace(/^L/, 'left_'), lineEnd: '\r\n' },
      'metres with y up',
    ],
    ['with NaN for what is missing', { missing: 'NaN' }, 'metres with y up'],
    ['with zeros for what is missing', { missing: '0.0' }, 'metres with y up'],
  ])('%s', (_, style, space) => {
    const again = read('walk_P0.trc', foreign(style));
    expect(again.frames.map(({ index, time }) => [index, time])).toEqual([
      [0, 0],
      [1, 0.017],
    ]);
    const [person] = again.frames[0]?.people ?? [];
    expect(person?.body?.set).toBe('body-25');
    const at = (name: (typeof body25.keypoints)[number]): number[] => {
      const start = body25.keypoints.indexOf(name) * 4;
      return [...(person?.body?.world?.subarray(start, start + 4) ?? [])];
    };
    for (const [name, expected] of [
      ['mid_hip', [0, 0, 0, 1]],
      ['nose', [0, 0.65, 0.1, 1]],
      ['left_wrist', [0.25, -0.05, 0.1, 1]],
      ['right_big_toe', [-0.12, -0.93, 0.15, 1]],
    ] as const) {
      for (const [axis, value] of at(name).entries()) expect(value).toBeCloseTo(expected[axis] ?? 0, 5);
    }
    if (space.endsWith('up')) expect(person?.place?.[1]).toBeCloseTo(0.95, 5);
    else expect(person?.place).toBeUndefined();
    expect(again.frames[1]?.people[0]?.body?.world?.[7 * 4 + 3]).toBe(0);
    expect(again.info.notes).toEqual(['Markers that are left out: Head.', `Places are taken for ${space}.`]);
  });

  it.each<[string, Style]>([
    ['metres said to be millimetres', { unit: 'mm' }],
    ['millimetres said to be metres', { unit: 'm', place: (...all) => all.map((v) => v * 1000) }],
  ])('has people of human size: %s', (_, style) => {
    const again = read('walk.trc', foreign(style));
    // The nose is 0.65 m above the hips.
    expect(again.frames[0]?.people[0]?.body?.world?.[1]).toBeCloseTo(0.65, 5);
    expect(again.info.notes?.join(' ')).toMatch(
      /The file states mm?, in which people would be of no human size/,
    );
  });

  it.each([
    ['unit', foreign({ unit: 'furlong' }), /is in units that Limn doesn't know \("furlong"\)/],
    [
      'markers',
      foreign({ names: (name) => `R.${name}.X` }),
      /has the markers R\.Hip\.X, R\.RHip\.X, .* and 16 more: Limn reads those that are named after/,
    ],
    ['head', strToU8('PathFileType\t4\nnothing'), /is no TRC file: its fourth line/],
    [
      'place',
      foreign({ place: (x, y) => [x, y, Number.POSITIVE_INFINITY] }),
      /line 6, has no valid place \("Infinity"\)/,
    ],
    ['frames', strToU8(strFromU8(foreign({})).split('\n').slice(0, 5).join('\n')), /has no frames/],
    [
      'number of cells',
      strToU8(strFromU8(foreign({})).replace(/(\n1\t.*)\t[^\t\n]*\n/, '$1\n')),
      /line 6, has 67 cells, and the markers take 68: it may be cut off/,
    ],
  ])('with another %s is refused by a sentence', (_, bytes, sentence) => {
    expect(() => read('x.trc', bytes)).toThrow(sentence);
  });
});

describe('TRC that is short of something', () => {
  const whole = strFromU8(foreign({}));

  it.each([
    ['within a number', whole.length - 120],
    ['within the frame’s number', whole.lastIndexOf('\n2\t') + 2],
    ['within the time', whole.lastIndexOf('\n2\t') + 5],
    ['between markers', whole.lastIndexOf('\t0.25\t1.15')],
  ])('leaves out a last frame that is cut off %s, and says so', (_, length) => {
    const again = read('x.trc', strToU8(whole.slice(0, length)));
    expect(again.frames.map(({ index }) => index)).toEqual([0]);
    expect(again.info.notes).toContain('The last frame is left out: its line (7) is cut off.');
    expect(again.info.notes).toContain('The file states 2 frames, and 1 are in it.');
  });

  it('reads lines without the blanks at their end', () => {
    const again = read('x.trc', strToU8(whole.replace(/\t+\n/g, '\n')));
    expect(again.frames).toHaveLength(2);
    expect(again.frames[1]?.people[0]?.body?.world?.[7 * 4 + 3]).toBe(0);
    expect(again.frames[1]?.people[0]?.body?.world?.[6 * 4 + 3]).toBe(1);
  });

  it.each(['meter', 'Metres', 'meters'])('may spell its unit %s', (unit) => {
    expect(read('x.trc', foreign({ unit })).frames[0]?.people[0]?.place?.[1]).toBeCloseTo(0.95, 5);
  });

  it.each([
    ['Millimetres', 1000],
    ['millimeters', 1000],
    ['centimetres', 100],
    ['centimeters', 100],
  ])('may spell its unit %s, × %d', (unit, scale) => {
    const bytes = foreign({ unit, place: (...all) => all.map((value) => value * scale) });
    expect(read('x.trc', bytes).frames[0]?.people[0]?.place?.[1]).toBeCloseTo(0.95, 5);
  });
});

describe('frames and times of TRC', () => {
  const lines = strFromU8(foreign({})).split('\n');
  const row = (lines[5] ?? '').split('\t').slice(2);
  /** A file with such frame numbers and times. */
  const timed = (times: readonly (readonly [number: number, time: string])[], rate: number): Uint8Array => {
    const facts = (lines[2] ?? '').replace('60', String(rate));
    const rows = times.map((leading) => [...leading, ...row].join('\t'));
    return strToU8([...lines.slice(0, 2), facts, ...lines.slice(3, 5), ...rows, ''].join('\n'));
  };
  const rounded = Array.from({ length: 24 }, (_, i) => [i + 1, (i / 240).toFixed(2)] as const);

  it('are counted from 0 where the first one has it', () => {
    const again = read(
      'x.trc',
      timed(
        [
          [0, '0'],
          [1, '0.1'],
          [2, '0.2'],
        ],
        10,
      ),
    );
    expect(again.frames.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it.each([
    ['the stated rate', 240],
    ['the numbers', 0],
  ])('are made by %s where times are rounded so that neighbours have the same', (_, rate) => {
    const again = read('x.trc', timed(rounded, rate));
    expect(again.frames).toHaveLength(24);
    if (rate > 0) for (const [i, { time }] of again.frames.entries()) expect(time).toBeCloseTo(i / 240, 10);
    expect(again.info.notes?.join(' ')).toMatch(/Times are rounded so that frames have the same: they are/);
  });

  it.each([
    [
      'all are 0',
      Array.from({ length: 24 }, (_, i) => [i + 1, '0.00'] as const).map(([i]) => [i, '0'] as const),
      10,
    ],
    [
      'one comes twice',
      [
        [1, '0.000'],
        [2, '0.100'],
        [3, '0.100'],
        [4, '0.325'],
      ] as const,
      10,
    ],
    [
      'they begin again',
      [
        [1, '0'],
        [2, '0.1'],
        [3, '0'],
        [4, '0.1'],
      ] as const,
      10,
    ],
  ])('are refused with the line where %s', (_, times, rate) => {
    expect(() => read('x.trc', timed(times, rate))).toThrow(
      /x\.trc, line [78], has the time 0(\.1)?, which is not later than that of the frame before/,
    );
  });
});
