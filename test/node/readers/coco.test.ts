import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../src/core/recording.ts';
import { readRecordings } from '../../../src/readers/registry.ts';
import { hasSharedData, readShared } from '../../helpers/shared-data.ts';

function read(name: string): Recording | undefined {
  return readRecordings([{ name, bytes: readShared(`faults/${name}`) }])[0];
}

describe.skipIf(!hasSharedData)('COCO files as others write them', () => {
  it('counts a score over 1 as 1 and keeps the others', () => {
    const points = read('rtmpose_results.json')?.frames[0]?.people[0]?.body?.points;
    expect(points?.[2]).toBeCloseTo(0.872, 3);
    expect(points?.[6 * 3 + 2]).toBe(1);
  });

  it('refuses by name the keypoints of another skeleton', () => {
    expect(() => read('mmpose_h36m_coco.json')).toThrow(/it has no|not those of COCO/);
  });

  it.each([
    'official_layout.json',
    'mmpose_test_coco.json',
    'catfirst_results.json',
    'mixed_bbox.json',
    'cvat_order.json',
  ])('reads %s', (name) => {
    const people = read(name)?.frames.flatMap((frame) => frame.people) ?? [];
    expect(people.length).toBeGreaterThan(0);
  });

  it('takes a category that names no keypoints for COCO, and keeps all frames', () => {
    expect(read('cocoframes.json')?.frames).toHaveLength(45);
  });

  it('makes no people of annotations whose keypoints are all unmarked', () => {
    const people = read('official_layout.json')?.frames.flatMap((frame) => frame.people) ?? [];
    expect(people.every(({ body }) => body?.points.some((value, at) => at % 3 === 2 && value > 0))).toBe(
      true,
    );
  });
});
