import { strFromU8 } from 'fflate';
import { expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import { angleIds, jointAngle } from '../../../../src/motion/kinematics/angles.ts';
import { blazepose33 } from '../../../../src/skeletons/sets/blazepose33.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

/** A cell of JSON that says how the file was made. */
const MADE = /"\{""format"":""limn-making.*?"(?=\r\n)/;
const KNEE = blazepose33.keypoints.indexOf('left_knee');

it('a table of angles has a row a frame and person, and empty cells where a keypoint is missing', () => {
  const { info, frames } = actorRecording(12);
  const recording = new Recording(
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
