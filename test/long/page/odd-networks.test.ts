import { describe, expect, it } from 'vitest';
import { dropNetworkFiles, look } from '../../helpers/dropped-network.ts';
import { hasRealWeights, readCodait, readReal } from '../../helpers/real-weights.ts';
import { hasSharedData } from '../../helpers/shared-data.ts';
import { usePages } from '../../helpers/use-pages.ts';

/** Eight looks with a network of megabytes on a CPU that others use, too. */
const PATIENCE = { timeout: 60_000 };

const pages = usePages();
const withoutGpu = usePages({ noGpu: true });

describe.skipIf(!hasRealWeights || !hasSharedData)('Networks as people have them, on the page', () => {
  it('where the demo actor can’t be drawn, how pictures are scaled is said to be a guess', async () => {
    await withoutGpu.onPage('', async (page) => {
      await dropNetworkFiles(page, readCodait());
      await expect.poll(async () => (await look(page)).model, PATIENCE).toMatch(/^imported-/);
      expect((await look(page)).notices.join('\n')).toMatch(
        /could not be tried, so BGR, −1\s…\s1 is a guess; open a picture .* The demo actor can't be drawn: .*WebGL 2/,
      );
    });
  });

  it('an ONNX network is refused for what it is', async () => {
    await pages.onPage('', async (page) => {
      await dropNetworkFiles(page, readReal('blazeface', 'ONNX/face_detection_front_128x128_barracuda.onnx'));
      await expect
        .poll(async () => (await look(page)).notices.join('\n'))
        .toMatch(/^face_detection_front_128x128_barracuda\.onnx is an ONNX network/);
      expect((await look(page)).model).toBe('mediapipe-pose-lite');
    });
  });
});
