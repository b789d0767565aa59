import { describe, expect, it } from 'vitest';
import { type Dropped, readDroppedFiles } from '../../../src/ui/shell/dropped-files.ts';

type Item = Dropped['items'] extends Iterable<infer T> ? T : never;
/** A file, a folder, or a file that can't be read. */
type Tree = { readonly [name: string]: Tree } | File | null;

const PORTION = 2;

/** As browsers give dropped things: folders in portions, files on request. */
function entryOf(name: string, tree: Tree, path = `/${name}`): FileSystemEntry {
  const base = { name, fullPath: path, isFile: false, isDirectory: false } as FileSystemEntry;
  if (tree === null || tree instanceof File) {
    const file = (resolve: (file: File) => void, reject: (error: Error) => void) =>
      tree ? resolve(tree) : reject(new DOMException('gone', 'NotFoundError'));
    return { ...base, isFile: true, file } as FileSystemEntry;
  }
  const createReader = () => {
    const entries = Object.entries(tree).map(([child, content]) =>
      entryOf(child, content, `${path}/${child}`),
    );
    return {
      readEntries: (resolve: (some: FileSystemEntry[]) => void) => resolve(entries.splice(0, PORTION)),
    };
  };
  return { ...base, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

function dropped(
  trees: Readonly<Record<string, Tree>>,
  text: Readonly<Record<string, string>> = {},
): Dropped {
  const items = Object.entries(trees).map(
    ([name, tree]): Item => ({
      kind: 'file',
      webkitGetAsEntry: () => entryOf(name, tree),
      getAsFile: () => (tree instanceof File ? tree : null),
    }),
  );
  return { items, getData: (type) => text[type] ?? '' };
}

const file = (name: string): File => new File(['x'], name);

describe('What is dropped', () => {
  it('gives the files of folders with their paths', async () => {
    const { files, said } = await readDroppedFiles(
      dropped({
        'a.mp4': file('a.mp4'),
        'Ordner 1': {
          '1.png': file('1.png'),
          tief: { '画.png': file('画.png') },
          '2.png': file('2.png'),
          leer: {},
        },
      }),
    );
    expect(files.map(({ name }) => name)).toEqual([
      'a.mp4',
      'Ordner 1/1.png',
      'Ordner 1/tief/画.png',
      'Ordner 1/2.png',
    ]);
    expect(said).toEqual([]);
  });

  it('and is too much, is said', async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.png`, file(`${i}.png`)]));
    const { files, said } = await readDroppedFiles(dropped({ many }), 5);
    expect(files).toHaveLength(5);
    expect(said).toEqual(['Only the first 5 files of what was dropped were looked at.']);
    expect((await readDroppedFiles(dropped({ many }), 9)).said).toEqual([]);
  });

  it('and can’t be read, is named, and the others are there', async () => {
    const { files, said } = await readDroppedFiles(
      dropped({ pics: { 'gone.png': null, 'here.png': file('here.png') } }),
    );
    expect(files.map(({ name }) => name)).toEqual(['pics/here.png']);
    expect(said.join()).toMatch(/^pics\/gone\.png can't be read/);
    await expect(readDroppedFiles(dropped({ pics: { 'gone.png': null } }))).rejects.toThrow(
      /pics\/gone\.png can't/,
    );
  });

  it.each([
    [dropped({ leer: { nichts: {} } }), /There is no file in leer\./],
    [
      dropped({}, { 'text/uri-list': 'https://example.org/a.mp4' }),
      /address, not a file, and Limn fetches nothing/,
    ],
    [dropped({}, { 'text/plain': 'hello' }), /text, not a file/],
  ])('and has no file in it, gets a sentence: %#', async (nothing, sentence) => {
    await expect(readDroppedFiles(nothing)).rejects.toThrow(sentence);
  });
});
