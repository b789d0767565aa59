import { describe, expect, it } from 'vitest';
import { createDeferred } from '../../../src/core/async/async.ts';
import { DecoderTurns, mixesFrames } from '../../../src/sources/video/decoder-turn.ts';

describe('A browser', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15',
      true,
    ],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/149.0 Mobile', true],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
      false,
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', false],
  ])('says whether decoders mix up their frames: %s: %s', (userAgent, mixes) => {
    expect(mixesFrames(userAgent)).toBe(mixes);
  });
});

/** What has happened by the time that all which can happen has. */
async function settle(log: readonly string[]): Promise<readonly string[]> {
  await new Promise((resolve) => setTimeout(resolve));
  return [...log];
}

describe('Where decoders mix up their frames', () => {
  it('analyses and films decode one after the other, and the stage when they are done', async () => {
    const turns = new DecoderTurns(true);
    const log: string[] = [];
    const first = turns.take();
    const second = turns.take();
    void first?.hasCome.then(() => log.push('first'));
    void second?.hasCome.then(() => log.push('second'));
    void turns.onStage(async () => log.push('stage'));
    expect(await settle(log)).toEqual(['first']);
    first?.end();
    expect(await settle(log)).toEqual(['first', 'second']);
    expect(turns.isTaken).toBe(true);
    second?.end();
    expect(await settle(log)).toEqual(['first', 'second', 'stage']);
    expect(turns.isTaken).toBe(false);
  });

  it('one that is given up before its turn has come lets nobody before the one at work', async () => {
    const turns = new DecoderTurns(true);
    const log: string[] = [];
    const [first, second, third] = [turns.take(), turns.take(), turns.take()];
    void third?.hasCome.then(() => log.push('third'));
    second?.end();
    expect(await settle(log)).toEqual([]);
    first?.end();
    expect(await settle(log)).toEqual(['third']);
  });

  it('an analysis waits for the frame that the stage decodes, even if that fails', async () => {
    const turns = new DecoderTurns(true);
    const log: string[] = [];
    const frame = createDeferred<void>();
    const shown = turns.onStage(() => frame.promise);
    void turns.take()?.hasCome.then(() => log.push('analysis'));
    expect(await settle(log)).toEqual([]);
    frame.reject(new Error('damaged'));
    await expect(shown).rejects.toThrow('damaged');
    expect(await settle(log)).toEqual(['analysis']);
  });
});

it('Elsewhere nobody waits for anybody', async () => {
  const turns = new DecoderTurns(false);
  expect(turns.take()).toBeNull();
  expect(turns.isTaken).toBe(false);
  expect(await turns.onStage(async () => 'shown')).toBe('shown');
});
