import { expect, it } from 'vitest';
import { formats } from '../../../src/formats/exporters.ts';
import { exportKinds, formatsOfKind, kindOf } from '../../../src/formats/kinds.ts';

it('offers every format under one kind, and nothing else', () => {
  const offered = exportKinds.flatMap((kind) => [...formatsOfKind(kind)]);
  expect([...offered].sort()).toEqual(formats.map(({ id }) => id).sort());
  expect(new Set(offered).size).toBe(offered.length);
});

it('finds the kind of a format', () => {
  for (const kind of exportKinds) {
    for (const format of formatsOfKind(kind)) expect(kindOf(format)).toBe(kind);
  }
});
