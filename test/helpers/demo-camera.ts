import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Writes what Chromium's fake camera shows again and again: a demo actor. @param page Limn's */
export async function writeDemoCamera(page: Page, path: string, frames = 60): Promise<void> {
  const pictures = await page.evaluate(async (count) => {
    const demo = window.limn.openDemo({ seed: 2, width: 640, height: 480 });
    const canvas = new OffscreenCanvas(640, 480);
    const files: number[][] = [];
    for (let i = 0; i < count; i++) {
      const { image } = await demo.frame(i);
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      image.close();
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
      files.push([...new Uint8Array(await blob.arrayBuffer())]);
    }
    demo.close();
    return files;
  }, frames);
  writeFileSync(path, Buffer.concat(pictures.map((bytes) => Buffer.from(bytes))));
}
