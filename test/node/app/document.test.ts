import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Document, DocumentContent } from '../../../src/app/document/document.ts';
import { Documents } from '../../../src/app/document/documents.ts';
import { Stage } from '../../../src/app/stage/stage.ts';
import { StageDocument } from '../../../src/app/stage/stage-document.ts';
import { createState, type State } from '../../../src/app/state.ts';
import type { Edit } from '../../../src/motion/corrections/edit.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import { decodeBatch } from '../../../src/recording/log/frame-codec.ts';
import type { RecordingHandle } from '../../../src/recording/recording-handle.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform, walkingFrames } from '../../helpers/memory-platform.ts';
import { info } from '../../helpers/people.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';

const FRAMES = 64;
/** As in a mirror: what was worked on is told by where it is. */
const STEPS = [{ kind: 'mirror' }] as const;
const POLL = { timeout: 5000 };

let files: MemoryFiles;
let store: StoreClient;
let documents: Documents;
let staged: StageDocument;
let state: State;
/** The recording on the stage, as what tracks it has it. */
let tracked: RecordingHandle;
let notices: string[];
let platform: ReturnType<typeof memoryPlatform>;
beforeEach(async () => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  platform = memoryPlatform();
  notices = [];
  state = createState();
  state.settings.value = { ...state.settings.value, smooth: false };
  store = new StoreClient(platform);
  await keepWalk(store, 'walk', FRAMES, 'running');
  await keepWalk(store, 'other', FRAMES);
  const reporter = quietReporter(notices);
  documents = new Documents(() => store, platform, state, reporter);
  staged = new StageDocument(platform, state, new Stage(state), documents, reporter);
  staged.hold(await documents.open('walk', 'stage'));
  tracked = await store.recordings.open('walk', 'tracking');
});
afterEach(async () => {
  staged.close();
  tracked.close();
  await vi.waitFor(() => expect(files.openCount).toBe(0));
  expect(store.recordings.count).toBe(0);
  store.close();
  vi.unstubAllGlobals();
});

async function trackMore(count: number): Promise<void> {
  for (const batch of encodeFrames(walkingFrames(count, tracked.frames))) await tracked.append(batch);
}

function shown(): Document {
  const document = state.document.peek();
  if (!document) throw new Error('Nothing is on the stage.');
  return document;
}

const MEASURED_AT = (index: number): number => 100 + index - 10;
/** Where the first keypoint is in a frame of a document; `null`: the frame isn't there. */
const xAt = ({ frames }: Document, index: number): number | null => {
  const frame = frames.at(index / 30 + 1e-3);
  return frame?.index === index ? (frame.people[0]?.body?.points[0] ?? null) : null;
};
const shownAt = (index: number): number | null => xAt(shown(), index);
const isWorkedOn = (x: number | null): boolean => x !== null && x > info.width / 2;

async function read(id: string): Promise<DocumentContent> {
  const document = await documents.open(id, 'export');
  try {
    return await document.read();
  } finally {
    document.close();
  }
}

const exported = async (): Promise<number[]> =>
  (await read('walk')).frames.flatMap((each) => decodeBatch(each).frames.map(({ index }) => index));

const keepSteps = async (): Promise<void> => {
  await shown().motion.try(STEPS);
  shown().motion.keep();
  await vi.waitFor(() => expect(isWorkedOn(shownAt(FRAMES - 1))).toBe(true));
};

describe('The motion of a document', () => {
  it('that is tracked still has a skeleton in every later frame, and in the end is all worked on', async () => {
    await keepSteps();
    await trackMore(32);
    await vi.waitFor(() => expect(shownAt(FRAMES + 31)).toBeCloseTo(MEASURED_AT(FRAMES + 31), 3));
    expect(isWorkedOn(shownAt(FRAMES - 1))).toBe(true);
    expect(shown().range.value).toEqual([0, (FRAMES + 31) / 30]);
    expect(shown().frames.neighbour((FRAMES - 1) / 30, 1)?.index).toBe(FRAMES);
    await vi.waitFor(() => expect(isWorkedOn(shownAt(FRAMES + 31))).toBe(true), POLL);
    expect(shown().motion.base.value?.stored).toBe(shown().revision.stored);
    expect(await exported()).toEqual([...Array(FRAMES + 32).keys()]);
    expect(notices).toEqual([]);
  });

  it('is written of all that is stored by then, whatever was tried and kept before', async () => {
    await keepSteps();
    expect(await exported()).toHaveLength(FRAMES);
    await trackMore(40);
    expect(await exported()).toEqual([...Array(FRAMES + 40).keys()]);
    const runs = platform.motionRuns;
    expect(await exported()).toHaveLength(FRAMES + 40);
    // What nothing has changed for isn't done again.
    expect(platform.motionRuns).toBe(runs);
  });

  it('is cut, stays so, and undone is whole again, with what came meanwhile', async () => {
    await shown().motion.try([{ kind: 'trim', from: 0, to: 1 }]);
    shown().motion.keep();
    await vi.waitFor(() => expect(shown().range.value).toEqual([0, 1]));
    expect(shownAt(40)).toBe(null);
    await trackMore(32);
    shown().undo();
    await vi.waitFor(() => expect(shownAt(FRAMES + 31)).toBeCloseTo(MEASURED_AT(FRAMES + 31), 3));
    expect(shown().range.value).toEqual([0, (FRAMES + 31) / 30]);
  });

  it('is that of the one recording, in whichever document it was worked on', async () => {
    await keepSteps();
    const runs = platform.motionRuns;
    const another = await documents.open('walk', 'comparison');
    expect(await another.begin()).toBe(true);
    expect(isWorkedOn(xAt(another, FRAMES - 1))).toBe(true);
    expect(platform.motionRuns).toBe(runs);
    another.close();
  });

  it('that is closed while it is worked on shows nothing any more, and says nothing', async () => {
    const another = await documents.open('other', 'comparison');
    const trying = another.motion.try(STEPS);
    const onShown = vi.fn();
    another.onShown = onShown;
    another.close();
    await trying;
    expect(another.motion.base.value).toBe(null);
    expect(onShown).not.toHaveBeenCalled();
    expect(notices).toEqual([]);
  });
});

const SWAP: Edit = { kind: 'swap-people', personId: 0, otherId: 5 };
const idIn = (document: Document): number | undefined => document.frames.at(1)?.people[0]?.id;

describe('Corrections of a document', () => {
  it('are seen at once, undone and redone, and there again when it is opened the next time', async () => {
    const { revision } = shown();
    await vi.waitFor(() => expect(idIn(shown())).toBe(0));
    shown().add(SWAP);
    expect(shown().history.value.edits).toEqual([SWAP]);
    expect(idIn(shown())).toBe(5);
    expect(shown().revision).toEqual({ ...revision, edits: revision.edits + 1 });
    shown().undo();
    // There is nothing more to undo.
    shown().undo();
    expect(idIn(shown())).toBe(0);
    shown().redo();
    expect(shown().revision.edits).toBe(revision.edits + 3);
    staged.clear();
    staged.hold(await documents.open('walk', 'stage'));
    expect(shown().history.value).toEqual({ edits: [SWAP], undone: [] });
    await vi.waitFor(() => expect(idIn(shown())).toBe(5));
    expect((await read('walk')).edits).toEqual([SWAP]);
  });

  it('are those of the one recording in all of its documents, but where it is looked at as measured', async () => {
    const corrected = await documents.open('walk', 'comparison');
    const measured = await documents.open('walk', 'comparison', { isAsMeasured: true });
    await Promise.all([corrected.begin(), measured.begin()]);
    await vi.waitFor(() => expect([idIn(corrected), idIn(measured)]).toEqual([0, 0]));
    shown().add(SWAP);
    expect([idIn(corrected), idIn(measured)]).toEqual([5, 0]);
    corrected.close();
    measured.close();
  });

  it('can’t be made where another tab has it, which is said', async () => {
    staged.clear();
    const handle = await store.recordings.open('other', 'stage');
    vi.spyOn(handle, 'elsewhere', 'get').mockReturnValue('It is open in another tab.');
    vi.spyOn(store.recordings, 'open').mockResolvedValueOnce(handle);
    staged.hold(await documents.open('other', 'stage'));
    expect(notices).toEqual([expect.stringMatching(/^other\.mp4 can only be looked at here.*another tab/)]);
    shown().add(SWAP);
    expect(shown().edits).toEqual([]);
    expect(notices).toHaveLength(2);
  });
});

describe('Two documents', () => {
  const QUERY = {
    from: 0,
    to: FRAMES / 30,
    bins: 10_000,
    series: [{ kind: 'keypoint', personId: 0, part: 'body', keypoint: 0, quantity: 'x' }],
  } as const;

  it('are compared over time, also when one is corrected or worked on', async () => {
    const { timeline, comparison } = staged;
    timeline.look(QUERY);
    await comparison.begin('other', 'other');
    await vi.waitFor(() => expect(timeline.difference.value?.both).toBe(FRAMES));
    await shown().motion.try([{ kind: 'trim', from: 0, to: 1 }]);
    await vi.waitFor(() => expect(timeline.difference.value?.both).toBe(31));
    shown().motion.endPreview();
    await vi.waitFor(() => expect(timeline.difference.value?.both).toBe(FRAMES));
    shown().add({ kind: 'delete-person', personId: 0 });
    await vi.waitFor(() => expect(timeline.difference.value).toMatchObject({ both: 0, onlySecond: FRAMES }));
  });

  it('may be of one recording: as it is, and as it was before corrections', async () => {
    await keepSteps();
    const { comparison } = staged;
    await comparison.begin('walk', 'before');
    const before = (): number | undefined => comparison.peopleAt(1)[0]?.body?.points[0];
    await vi.waitFor(() => expect(before()).toBeCloseTo(MEASURED_AT(30), 3));
    expect(isWorkedOn(shownAt(30))).toBe(true);
    comparison.end();
    expect(comparison.peopleAt(1)).toEqual([]);
  });

  it('are both followed while they are tracked, and worked on again', async () => {
    await tracked.edit({ type: 'edit', edit: { kind: 'process', steps: STEPS } });
    staged.hold(await documents.open('other', 'stage'));
    const { comparison } = staged;
    await comparison.begin('walk', 'walk');
    const otherAt = (index: number): number =>
      comparison.peopleAt(index / 30)[0]?.body?.points[0] ?? Number.NaN;
    expect(isWorkedOn(otherAt(FRAMES - 1))).toBe(true);
    await trackMore(32);
    await vi.waitFor(() => expect(otherAt(FRAMES + 31)).toBeCloseTo(MEASURED_AT(FRAMES + 31), 3));
    await vi.waitFor(() => expect(isWorkedOn(otherAt(FRAMES + 31))).toBe(true), POLL);
  });

  it('leave nothing open: superseded, damaged, or taken off the stage', async () => {
    const { comparison } = staged;
    const open = (): readonly string[] => [
      ...store.recordings.purposesOf('walk'),
      ...store.recordings.purposesOf('other'),
    ];
    await Promise.all([comparison.begin('other', 'a'), comparison.begin('other', 'b')]);
    expect(open()).toEqual(['stage', 'tracking', 'comparison']);
    // The same recording is opened anew, as when its video is gone on with.
    staged.hold(await documents.open('walk', 'stage'));
    expect(open()).toEqual(['tracking', 'stage', 'comparison']);
    await expect(comparison.begin('none', 'none')).rejects.toThrow();
    staged.hold(await documents.open('other', 'stage'));
    expect(open()).toEqual(['tracking', 'stage']);
    await exported();
    staged.clear();
    expect(open()).toEqual(['tracking']);
    expect(state.document.value).toBe(null);
  });
});
