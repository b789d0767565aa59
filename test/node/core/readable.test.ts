import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { root } from '../../../config/ensure-installed.js';
import { fixedNumber, readableMoment, readableNumber, readIn } from '../../../src/core/texts/readable.ts';
import { formatNumber, formatPrecise, formatShort, formatTime } from '../../../src/ui/messages/format.ts';

afterEach(() => readIn('en-GB'));

it('writes numbers and moments as English has them', () => {
  expect([0, 1234.5, 1e6, -2].map(readableNumber)).toEqual(['0', '1,234.5', '1,000,000', '-2']);
  // Without a zone a moment is in that of the reader.
  expect(readableMoment('2026-11-05T14:05:00')).toBe('5 Nov 2026, 14:05');
  expect(readableMoment('some day')).toBe('some day');
});

it('writes them as the language of the browser has them, once it is told', () => {
  readIn('de-DE');
  expect([0, 1234.5, 1e6].map(readableNumber)).toEqual(['0', '1.234,5', '1.000.000']);
  expect(readableMoment('2026-11-05T14:05:00')).toBe('05.11.2026, 14:05');
  // Thousands are apart in sentences only, not in tables.
  expect(fixedNumber(1234.5, 2)).toBe('1234,50');
  expect(formatNumber(-0.04, 1)).toBe('0,0');
  expect(formatNumber(-1.25, 2)).toBe('−1,25');
  expect(formatTime(65.5)).toBe('1:05,50');
  expect([formatShort(29.97, 1), formatShort(30, 1)]).toEqual(['30', '30']);
  expect([formatPrecise(0.01234, 2), formatPrecise(123.4, 2), formatPrecise(0, 2)]).toEqual([
    '0,012',
    '120',
    '0,0',
  ]);
  expect(() => readIn('C')).toThrow(RangeError);
  expect(formatTime(65.5)).toBe('1:05,50');
});

it('makes no formatter anew for every number', () => {
  const { NumberFormat } = Intl;
  let made = 0;
  Intl.NumberFormat = new Proxy(NumberFormat, {
    construct: (target, given) => {
      made++;
      return new target(...given);
    },
  });
  try {
    readIn('fr');
    const before = made;
    for (let i = 0; i < 1000; i++) {
      formatTime(i);
      formatNumber(i, 1);
      readableNumber(i);
    }
    expect(made - before).toBe(2);
  } finally {
    Intl.NumberFormat = NumberFormat;
  }
});

it('is the only place that writes by a locale, so that the page does it in one way', () => {
  const others = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) =>
      /\.toLocale(?:Date|Time)?String\(|Intl\.(?:Number|DateTime|RelativeTime|List)Format/.test(
        readFileSync(join(root, 'src', name), 'utf8'),
      ),
    );
  // That `Intl` takes the browser's language at all is seen to there.
  expect(others.sort()).toEqual(['core/texts/readable.ts', 'ui/usable-language.ts']);
});
