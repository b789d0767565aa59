import { it } from 'vitest';
import { expectCheck } from '../../helpers/check-report.ts';
import { usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();

it('says of every engine whether it runs, how right it is and how fast, for bodies and for hands', () =>
  onPage('', (page) => expectCheck(page, ['mediapipe-pose-lite', 'mediapipe-hands'])));
