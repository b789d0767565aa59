import { afterEach, expect, it, vi } from 'vitest';
import { HandedOver, serve } from '../../src/core/port/serve.ts';
import { DEFAULT_ACTOR_OPTIONS } from '../../src/sources/actor/actor-options.ts';
import type { ActorCalls } from '../../src/sources/actor/actor-protocol.ts';
import { ActorSource } from '../../src/sources/actor/actor-source.ts';
import { CameraSource } from '../../src/sources/camera/camera.ts';
import { PicturesSource } from '../../src/sources/pictures/pictures-source.ts';
import type { SourceFrame } from '../../src/sources/source.ts';
import { uncopiedWorker } from '../helpers/served-worker.ts';
import { examineSource, faultsOf, type OpenedSource } from './examine-source.ts';

/*
 * The contract of `FrameSource`, for sources whose platform can be stood in for; `test/browser/video.test.ts` looks at videos
 * by the same rules.
 */

const FRAMES = 4;
const SIZE = { width: 4, height: 4, displayWidth: 4, displayHeight: 4 };

/** Pictures that know how many of them are open. */
class Pictures {
  #open = new Set<object>();

  create(timestamp = 0): never {
    const picture = {
      ...SIZE,
      timestamp,
      close: () => {
        expect(this.#open.delete(picture), 'a picture is closed once').toBe(true);
      },
    };
    this.#open.add(picture);
    // As far as sources look at pictures: Node has none.
    return picture as never;
  }

  readonly count = (): number => this.#open.size;
  readonly isOpen = ({ image }: SourceFrame): boolean => this.#open.has(image);
}

async function openCamera(): Promise<OpenedSource> {
  const pictures = new Pictures();
  const track = Object.assign(new EventTarget(), {
    label: 'camera',
    getSettings: () => ({ frameRate: 100 }),
    stop: () => undefined,
  });
  const stream = { getVideoTracks: () => [track], getTracks: () => [track] };
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.resolve(stream) } });
  let at = 5_000_000;
  class Processor {
    #isCancelled = false;
    readonly readable = new ReadableStream(
      {
        pull: async (controller) => {
          await new Promise((resolve) => setTimeout(resolve, 3));
          if (this.#isCancelled) return;
          at += 10_000;
          controller.enqueue(pictures.create(at));
        },
        cancel: () => {
          this.#isCancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
  }
  vi.stubGlobal('MediaStreamTrackProcessor', Processor);
  return { source: await CameraSource.open(), countOpen: pictures.count, isOpen: pictures.isOpen };
}

async function openActor(): Promise<OpenedSource> {
  const pictures = new Pictures();
  const createWorker = (): Worker =>
    uncopiedWorker((endpoint) => {
      serve<ActorCalls>(endpoint, {
        open: () => undefined,
        draw: () => new HandedOver({ image: pictures.create(), truth: [] }, []),
      });
    });
  const source = new ActorSource({ ...DEFAULT_ACTOR_OPTIONS, frameRate: 100 }, createWorker);
  return { source, countOpen: pictures.count, isOpen: pictures.isOpen };
}

/** @param kind with more frames than are taken */
function openPictures(kind: 'single' | 'sequence') {
  return async (): Promise<OpenedSource> => {
    const pictures = new Pictures();
    const decode = async () => ({
      image: pictures.create(),
      width: 4,
      height: 4,
      fieldOfView: null,
      isFirstOfMany: false,
    });
    const source = await PicturesSource.open({
      kind,
      name: 'pictures',
      byteLength: null,
      frames: Array.from({ length: 2 * FRAMES }, (_, index) => ({
        name: `${index}.png`,
        index,
        time: index * 2,
        decode,
      })),
      duration: 4 * FRAMES,
      rate: kind === 'single' ? null : 0.5,
      notes: [],
      incomplete: null,
      close: () => undefined,
    });
    return { source, countOpen: pictures.count, isOpen: pictures.isOpen };
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ['a camera', openCamera],
  ['the demo', openActor],
  ['single pictures', openPictures('single')],
  ['a film of pictures', openPictures('sequence')],
])('%s gives frames that have one owner, in the order of their times, and none after its end', async (_, open) => {
  expect(faultsOf(await examineSource(open, FRAMES))).toEqual([]);
});
