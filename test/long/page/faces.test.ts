import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { drop, saveExport, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();
const PATIENCE = { timeout: 30_000 };

describe.skipIf(!hasSharedData)('Faces, on the page', () => {
  it('are found once the switch is on, and go out with the rest', () =>
    onPage('?engine=wasm&people=2&finder=mediapipe&format=limn-json', async (page) => {
      const sets = () =>
        page.evaluate(() =>
          document
            .querySelector<LimnApp>('limn-app')
            ?.session.state.shown.people.map(({ body, face }) => [body?.set, face?.set ?? null]),
        );
      await page.keyboard.press('n');
      await page.getByRole('switch', { name: 'Faces' }).click();
      await drop(page, sharedPath('images/tfpose_p2.jpg'));
      await expect.poll(sets, PATIENCE).toEqual(new Array(2).fill(['blazepose-33', 'face-478']));
      expect(new URL(page.url()).searchParams.get('faces')).toBe('1');
      const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
      const { info, frames } = JSON.parse(readFileSync(await download.path(), 'utf8'));
      expect(info.runs.at(-1)).toMatchObject({ faces: true });
      expect(
        frames[0].people.map(({ face }: { face: { keypoints: unknown[] } }) => face.keypoints.length),
      ).toEqual([478, 478]);
    }));
});
