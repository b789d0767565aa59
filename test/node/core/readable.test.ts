import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../config/ensure-installed.js';
import { readableMoment, readableNumber } from '../../../src/core/texts/readable.ts';

it('writes numbers and moments as English has them', () => {
  expect([0, 1234.5, 1e6, -2].map(readableNumber)).toEqual(['0', '1,234.5', '1,000,000', '-2']);
  // Without a zone a moment is in that of the reader.
  expect(readableMoment('2026-11-05T14:05:00')).toBe('5 Nov 2026, 14:05');
  expect(readableMoment('some day')).toBe('some day');
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
