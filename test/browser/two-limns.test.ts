import { expect, it } from 'vitest';
import { sampleNodes } from '../helpers/sample-graph.ts';
import { useHarness } from '../helpers/use-harness.ts';
import { constant, graphDef } from '../helpers/write-graph-def.ts';

const watched = useHarness();

/** Networks of the same maps, each a file of its own. */
const networks = [0, 1].map((i) =>
  Buffer.from(graphDef([...sampleNodes(), constant('unused', [1], Float32Array.of(i))])).toString('base64'),
);

it('Two Limns on a page have networks of their own, and neither sees the other’s', async () => {
  const { ids, kept, known, paths, used, refused, left, names } = await watched.page.evaluate(
    async (networks) => {
      const { limn, toBlob } = window.harness;
      const limbs = [{ from: 'nose', to: 'left_eye', x: 4, y: 5 }];
      const heatmaps = ['left_eye', 'nose', null];
      const description = new File([JSON.stringify({ skeleton: 'coco-17', heatmaps, limbs })], 'net.json');
      const scaling = { order: 'rgb', scale: 1, shift: 0 } as const;
      const two = ['a', 'b'].map((name) => limn.createLimn({ name }));
      const infos = [];
      for (const [i, own] of two.entries()) {
        const network = new File([toBlob(networks[i] ?? '')], 'net.pb');
        infos.push(await own.importModel([network, description], { keep: true, scaling }));
      }
      const ids = infos.map(({ id }) => id);
      const ownOf = (each: Pick<typeof limn, 'models'>) =>
        each.models().flatMap(({ id, origin }) => (origin === 'own' ? [id] : []));

      const filesBelow = async (folder: FileSystemDirectoryHandle, path = ''): Promise<string[]> => {
        const found: string[] = [];
        for await (const [name, handle] of folder.entries()) {
          if (handle.kind === 'file') found.push(path);
          else found.push(...(await filesBelow(handle as FileSystemDirectoryHandle, `${path}/${name}`)));
        }
        return [...new Set(found)].sort();
      };
      const root = await navigator.storage.getDirectory();
      const paths = await filesBelow(root);

      // Its workers read the network from the folder of their Limn.
      const demo = limn.openDemo({ width: 64, height: 64 });
      const { image } = await demo.frame(0);
      demo.close();
      const analyze = (own: Pick<typeof limn, 'analyze'> | undefined) =>
        own?.analyze(image, { model: ids[0] ?? '', engine: 'wasm', netResolution: '64x64' }).then(
          ({ info }) => info.runs.map(({ model }) => model),
          (error: Error) => error.message,
        );
      const used = await analyze(two[0]);
      const refused = [await analyze(two[1]), await analyze(limn)];
      image.close();

      // What another has stays where it is.
      await two[1]?.deleteModel(ids[0] ?? '');
      const kept = await filesBelow(root);
      await two[0]?.deleteModel(ids[0] ?? '');
      const names = ['recordings/../..', 'ä', 'x'.repeat(65)].map((name) => {
        try {
          return limn.createLimn({ name }) && 'created';
        } catch (error) {
          return (error as Error).message;
        }
      });
      return {
        ids,
        kept,
        known: [...two, limn].map(ownOf),
        paths,
        used,
        refused,
        left: await filesBelow(root),
        names,
      };
    },
    networks,
  );
  const [one = '', other = ''] = ids;
  expect(one).not.toBe(other);
  expect(paths).toEqual([`/limn/named/a/networks/${one}`, `/limn/named/b/networks/${other}`]);
  expect(used).toEqual([one]);
  for (const message of refused) expect(message).toContain(`There is no model "${one}"`);
  expect(kept).toEqual(paths);
  expect(left).toEqual([`/limn/named/b/networks/${other}`]);
  expect(known).toEqual([[], [other], []]);
  for (const message of names) expect(message).toMatch(/^options\.name is ".*"; it must be up to 64 letters/);
});

it('A Limn has its files from the folder that it is told', async () => {
  const { runs, lost } = await watched.page.evaluate(async () => {
    const { limn } = window.harness;
    const demo = limn.openDemo({ seed: 2, width: 320, height: 240 });
    const { image } = await demo.frame(0);
    demo.close();
    const analyzeWith = (assets: string) =>
      limn
        .createLimn({ assets })
        .analyze(image, { engine: 'tasks-wasm' })
        .then(
          ({ info }) => info.runs.map(({ engine }) => engine),
          (error: Error) => error.message,
        );
    const runs = await analyzeWith(new URL('assets', location.href).href);
    const lost = await analyzeWith('elsewhere/');
    image.close();
    return { runs, lost };
  });
  expect(runs).toEqual(['tasks-wasm']);
  // Its workers, too.
  expect(lost).toMatch(/one of Limn’s files could not be loaded.*npx limn assets public\/limn/);
});
