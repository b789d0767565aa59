import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Checks the device with some models, and the report with what is known of a machine with a software GPU. */
export async function expectCheck(page: Page, models: string[]): Promise<void> {
  const { report, shares, markdown } = await page.evaluate(async (models) => {
    const shares: number[] = [];
    const report = await window.limn.checkDevice({
      models,
      frames: 6,
      onProgress: ({ share }) => void shares.push(share),
    });
    return { report, shares, markdown: window.limn.describeCheck(report) };
  }, models);
  expect(report.rows.map(({ model, engine }) => `${model} ${engine}`)).toEqual(
    models.flatMap((model) =>
      ['tasks-webgl', 'tasks-wasm', 'litert-webgpu', 'litert-wasm'].map((engine) => `${model} ${engine}`),
    ),
  );
  for (const row of report.rows) {
    const name = `${row.model} on ${row.engine}`;
    expect(row.runs, name).toBe(true);
    expect(row.medianMs, name).toBeGreaterThan(0);
    expect(row.p95Ms, name).toBeGreaterThanOrEqual(row.medianMs ?? 0);
    expect(row.firstResultMs, name).toBeGreaterThan(row.medianMs ?? 0);
    expect(row.accuracy?.medianPixels, name).toBeLessThan(8);
    expect(row.isSoftwareGpu, name).toBe(/webg/.test(row.engine));
  }
  const bodies = report.rows.filter(({ model }) => model === 'mediapipe-pose-lite');
  for (const { accuracy } of bodies) expect(accuracy?.within).toBeGreaterThan(0.9);
  for (const { model, engine, difference } of report.rows) {
    if (model === 'mediapipe-pose-lite' || engine.startsWith('litert')) {
      expect(difference?.mean, `${model} on ${engine}`).toBeLessThan(2);
    }
  }
  expect(bodies.find(({ engine }) => engine === 'tasks-wasm')).toMatchObject({
    difference: { largest: 0, mean: 0 },
    timesFaster: 1,
  });
  expect(report.facts).toMatchObject({ isIsolated: true, webgl: { isSoftware: true } });
  expect(report.facts.codecs.find(({ label }) => label === 'VP9')).toMatchObject({ decodes: true });
  expect(report.lacks.map(({ what }) => what)).toContain('A real GPU behind WebGL');
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(markdown).toContain('## What is missing');
}
