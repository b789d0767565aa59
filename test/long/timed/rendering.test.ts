import { expect, it } from 'vitest';
import type { LimnElement } from '../../../src/ui/limn-element.ts';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { moreFrames } from '../../helpers/status.ts';
import { usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();

it('renders nothing anew for every frame', () =>
  onPage('?source=demo&engine=wasm', async (page) => {
    await moreFrames(page, 5);
    const counts = await page.evaluate(async () => {
      const rendered: Record<string, number> = {};
      const app = document.querySelector<LimnApp>('limn-app');
      const within = (root: ParentNode): LimnElement[] =>
        [...root.querySelectorAll<LimnElement>('*')].flatMap((each) => [
          ...(each.localName.startsWith('limn-') ? [each] : []),
          ...(each.shadowRoot ? within(each.shadowRoot) : []),
        ]);
      for (const element of app ? within(app.renderRoot) : []) {
        rendered[element.localName] = 0;
        element.addController({
          hostUpdate: () => {
            rendered[element.localName] = (rendered[element.localName] ?? 0) + 1;
          },
        });
      }
      const before = app?.session.state.shown.version ?? 0;
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return { rendered, frames: (app?.session.state.shown.version ?? 0) - before };
    });
    expect(counts.frames).toBeGreaterThan(12);
    const {
      'limn-status': status,
      'limn-people': people,
      'limn-room-marks': marks,
      ...others
    } = counts.rendered;
    // They go with the room's camera, which follows live people: at most once a frame.
    expect(marks).toBeLessThanOrEqual(counts.frames);
    // What runs, how fast, and in how many frames somebody is seen changes twice a second.
    expect(status).toBeLessThanOrEqual(8);
    expect(people).toBeLessThanOrEqual(8);
    expect(Object.keys(others).length).toBeGreaterThan(10);
    expect(Object.entries(others).filter(([, times]) => times > 2)).toEqual([]);
  }));
