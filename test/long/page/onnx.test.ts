import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dropNetworkFiles, look } from '../../helpers/dropped-network.ts';
import { rtmposeBytes } from '../../helpers/onnx-networks.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { button, drop, openAdvanced, usePages } from '../../helpers/use-pages.ts';

const PATIENCE = { timeout: 60_000 };
const pages = usePages();

describe.skipIf(!hasSharedData)('ONNX networks on the page', () => {
  it('a detector that is dropped finds people for a network that looks at one at a time', async () => {
    await pages.onPage('', async (page) => {
      const programs: string[] = [];
      page.context().on('request', (request) => {
        if (/ort-wasm[^/]*\.wasm/.test(request.url())) programs.push(request.url());
      });
      const yolox = { name: 'yolox_nano.onnx', bytes: readFileSync(sharedPath('onnx/yolox_nano.onnx')) };
      await dropNetworkFiles(page, [yolox]);
      await expect
        .poll(async () => (await look(page)).notices.join('\n'), PATIENCE)
        .toMatch(/yolox_nano\.onnx is read\. Finds people, without keypoints.*It is used beside a network/);
      expect((await look(page)).model).toBe('mediapipe-pose-lite');
      // It is told by what its file says: nothing has run yet.
      expect(programs).toEqual([]);

      const bytes = Buffer.from(rtmposeBytes({ width: 192, height: 256 }));
      await dropNetworkFiles(page, [{ name: 'rtmpose.onnx', bytes }]);
      await expect.poll(async () => (await look(page)).model, PATIENCE).toMatch(/^imported-/);
      await drop(page, sharedPath('images/tfpose_p1.jpg'));
      await expect.poll(async () => (await look(page)).people, PATIENCE).toBe(1);
      expect(await look(page)).toMatchObject({ engine: 'ort-wasm' });
      expect(programs.length).toBeGreaterThan(0);

      await openAdvanced(page);
      await button(page, 'All networks …').click();
      const dialog = page.getByRole('dialog', { name: 'Networks' });
      await dialog.getByRole('button', { name: 'yolox_nano.onnx' }).click();
      await expect.poll(() => dialog.innerText()).toMatch(/Operators\s+Conv × \d+/);
      const text = await dialog.innerText();
      expect(text).toMatch(/Input\s+images: 1 × 3 × 416 × 416/);
      expect(text).toMatch(/Outputs\s+output: 1 × 3549 × 85/);
      expect(text).toMatch(/Keypoints\s+none: boxes around people/);
      expect(text).toMatch(/Picture\s+416 × 416, BGR/);
    });
  });
});
