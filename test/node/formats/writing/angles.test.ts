import { strFromU8 } from 'fflate';
import { expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import { angleIds, jointAngle } from '../../../../src/motion/kinematics/angles.ts';
import { blazepose33 } from '../../../../src/skeletons/sets/blazepose33.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { readC3d } from '../../../helpers/read-c3d.ts';
import { writeWith } from '../../../helpers/write-with.ts';

/** A cell of JSON that says how the file was made. */
const MADE = /"\{""format"":""limn-making.*?"(?=\r\n)/;
const KNEE = blazepose33.keypoints.indexOf('left_knee');

/** An actor whose left knee is lost in one frame. */
function withLostKnee(): Recording {
  const { info, frames } = actorRecording(12);
  return new Recording(
    info,
    frames.map((frame) => ({
      ...frame,
      people: frame.people.map((person) => {
        if (frame.index !== 5 || !person.body?.world) return person;
        const world = person.body.world.slice();
        world.set([Number.NaN, Number.NaN, Number.NaN, 0], KNEE * 4);
        return { ...person, body: { ...person.body, world } };
      }),
    })),
  );
}

it('C3D has the angles of the table as analogue channels in degrees, and no number for what is missing', () => {
  const recording = withLostKnee();
  const c3d = readC3d(writeWith('c3d', recording));
  const labels = c3d.texts('ANALOG:LABELS');
  expect(labels.slice(0, angleIds.length)).toEqual(angleIds.map((id) => `P0_${id.replace('-', '_')}`));
  expect(labels).toHaveLength(2 * angleIds.length);
  expect(c3d.numbers('ANALOG:USED')).toEqual([labels.length]);
  expect(c3d.numbers('ANALOG:RATE')).toEqual(c3d.numbers('POINT:RATE'));
  expect(new Set(c3d.texts('ANALOG:UNITS'))).toEqual(new Set(['deg']));
  expect(
    [...c3d.numbers('ANALOG:SCALE'), ...c3d.numbers('ANALOG:GEN_SCALE')].every((scale) => scale === 1),
  ).toBe(true);
  expect(c3d.header).toMatchObject({ channels: labels.length, samplesPerFrame: 1 });
  const text = strFromU8(writeWith('angles-csv', recording)).replace(MADE, '');
  const rows = text.trimEnd().split('\r\n').slice(1);
  expect(rows).toHaveLength(24);
  for (const [i, row] of rows.entries()) {
    const [frame, person] = [Math.floor(i / 2), i % 2];
    const cells = row.split(',').slice(3, 3 + angleIds.length);
    // Points are where they were, in front of the samples.
    expect(c3d.point(frame, 33 * person + KNEE)[3]).toBe(frame === 5 ? -1 : 0);
    for (const [angle, cell] of cells.entries()) {
      const sample = c3d.sample(frame, person * angleIds.length + angle);
      if (cell === '') expect(sample).toBeNaN();
      else expect(Math.abs(sample - Number(cell))).toBeLessThan(0.006);
    }
  }
});

it('a table of angles has a row a frame and person, and empty cells where a keypoint is missing', () => {
  const recording = withLostKnee();
  const text = strFromU8(writeWith('angles-csv', recording));
  const [header = '', ...rows] = text.replace(MADE, '').trimEnd().split('\r\n');
  const names = header.split(',');
  expect(names.slice(0, 3)).toEqual(['time', 'frame', 'person']);
  expect(names.slice(3)).toEqual([...angleIds.map((id) => id.replace('-', '_')), 'made']);
  const expected = recording.frames.flatMap(({ index, time, people }) =>
    people.map(({ id, body }) => {
      if (!body) throw new Error('Actors have bodies.');
      return [time, index, id, ...angleIds.map((angle) => jointAngle(body, angle)), Number.NaN];
    }),
  );
  expect(rows).toHaveLength(expected.length);
  for (const [i, row] of rows.entries()) {
    const cells = row.split(',');
    expect(cells).toHaveLength(names.length);
    for (const [column, cell] of cells.entries()) {
      const value = expected[i]?.[column] ?? Number.NaN;
      if (Number.isNaN(value)) expect(cell).toBe('');
      else if (column < 3) expect(Number(cell)).toBe(value);
      else {
        expect(cell).toMatch(/^-?\d+\.\d\d$/);
        expect(cell).not.toBe('-0.00');
        expect(Math.abs(Number(cell) - value)).toBeLessThanOrEqual(0.005 + 1e-9);
      }
    }
  }
  const gap = rows.find((row) => row.split(',')[1] === '5')?.split(',');
  expect(gap?.filter((cell) => cell === '')).toHaveLength(4);
});
