import { describe, expect, it } from 'vitest';
import { blendshapeNames } from '../../../../src/core/blendshapes.ts';
import type { Pose } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { mirror } from '../../../../src/motion/arranging/mirror.ts';
import { decodeBatch, encodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import { info, personAt } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const scores = Float32Array.from(blendshapeNames, (_, i) => i / 64);
const bare: Pose = {
  set: 'face-478',
  points: Float32Array.from({ length: 478 * 3 }, (_, i) => (i % 3 === 2 ? 0.75 : 100 + i)),
  world: null,
  handedness: null,
};
const face: Pose = { ...bare, blendshapes: scores };
const recording = new Recording(info, [
  { index: 0, time: 0, people: [{ ...personAt(3, 100, 200), face }, personAt(4, 300, 200)] },
  { index: 1, time: 0.1, people: [{ ...personAt(3, 100, 200), face: bare }] },
]);
const jsonOf = (each: Recording): string => new TextDecoder().decode(writeWith('limn-json', each));
const readJson = (text: string): Recording =>
  readRecording([{ name: 'a.limn.json', bytes: new TextEncoder().encode(text) }]);
const faceOf = (frames: Recording['frames'], frame: number): Pose | undefined =>
  frames[frame]?.people[0]?.face;

describe('Blendshapes', () => {
  it('are 51 of ARKit’s and the neutral face, each named once', () => {
    expect(new Set(blendshapeNames).size).toBe(52);
    expect(blendshapeNames[0]).toBe('_neutral');
  });

  it('come back out of Limn JSON by name, and stay away where nobody looked', () => {
    const text = jsonOf(recording);
    const plain = JSON.parse(text).frames[0].people[0].face.blendshapes;
    expect(plain.jawOpen).toBe(blendshapeNames.indexOf('jawOpen') / 64);
    const { frames } = readJson(text);
    expect(faceOf(frames, 0)?.blendshapes).toEqual(scores);
    expect(faceOf(frames, 1)).not.toHaveProperty('blendshapes');
  });

  it.each([
    ['a score beyond 1', '"jawOpen":0.390625', '"jawOpen":1.5', 'jawOpen'],
    ['one that is missing', '"jawOpen":0.390625,', '', 'jawOpen'],
    ['one that is none', '"jawOpen":', '"tongueOut":0,"jawOpen":', 'tongueOut'],
  ])('are refused in Limn JSON with %s', (_, from, to, named) => {
    const text = jsonOf(recording);
    expect(text).toContain(from);
    expect(() => readJson(text.replace(from, to))).toThrow(named);
  });

  it('belong to faces of 478 points only', () => {
    const body = { ...personAt(3, 100, 200).body, blendshapes: scores } as Pose;
    const wrong = new Recording(info, [{ index: 0, time: 0, people: [{ ...personAt(3, 100, 200), body }] }]);
    expect(() => readJson(jsonOf(wrong))).toThrow('only faces of 478 points have blendshapes');
  });

  it('come back out of the log, beside marks', () => {
    const marks = Uint8Array.from({ length: 478 }, (_, i) => i % 3);
    const marked = { ...face, marks };
    const people = [{ ...personAt(3, 100, 200), face: marked }, personAt(4, 300, 200)];
    const batch = { piece: 0, isLast: true, frames: [{ index: 0, time: 0, people }] };
    const [frame] = decodeBatch(encodeBatch(batch)).frames;
    expect(frame?.people[0]?.face).toEqual(marked);
    expect(frame?.people[1]?.body).toEqual(people[1]?.body);
    expect(frame?.people[1]).not.toHaveProperty('face');
  });

  it('have a column each in CSV, empty where there are none', () => {
    const [head = '', ...rows] = new TextDecoder().decode(writeWith('csv', recording)).split('\r\n');
    const columns = head.split(',');
    const at = columns.indexOf('blendshape__neutral');
    expect(columns.slice(at, at + 52)).toEqual(blendshapeNames.map((name) => `blendshape_${name}`));
    const cells = rows.map((row) => row.split(',').slice(at, at + 52));
    expect(cells[0]?.map(Number)).toEqual([...scores]);
    for (const none of cells.slice(1, 3)) expect(none).toEqual(blendshapeNames.map(() => ''));
    const without = new Recording(info, recording.frames.slice(1));
    expect(new TextDecoder().decode(writeWith('csv', without))).not.toContain('blendshape');
  });

  it('change sides in a mirror', () => {
    const turned = faceOf(mirror(recording).frames, 0)?.blendshapes;
    const at = (name: (typeof blendshapeNames)[number]): number => blendshapeNames.indexOf(name);
    expect(turned?.[at('eyeLookInLeft')]).toBe(scores[at('eyeLookInRight')]);
    expect(turned?.[at('mouthRight')]).toBe(scores[at('mouthLeft')]);
    expect(turned?.[at('jawOpen')]).toBe(scores[at('jawOpen')]);
  });
});
