import { afterEach, describe, expect, it } from 'vitest';
import { AbortError, isAbort, LimnError } from '../../src/core/errors.ts';
import { Port, type PortEndpoint } from '../../src/core/port/port.ts';
import { HandedOver, type ServeOptions, type Services, serve } from '../../src/core/port/serve.ts';

interface Calls {
  add(a: number, b: number): number;
  fail(kind: 'limn' | 'abort' | 'range' | 'text' | 'circle'): void;
  /** Answers when it is let go on. */
  wait(name: string): string;
  count(to: number): void;
  fill(buffer: ArrayBuffer): ArrayBuffer;
  note(text: string): void;
}

interface Events {
  noted: { readonly text: string };
}

/*
 * The contract of a port: calls, their progress, what is handed over and what goes wrong come through whatever has
 * `postMessage`, and nobody waits for ever.
 */

type Connection = readonly [near: PortEndpoint, far: PortEndpoint];

/** Whatever posts messages, as both of its ends. */
const CONNECTIONS: Readonly<Record<string, () => Connection>> = {
  'a MessageChannel': () => {
    const { port1, port2 } = new MessageChannel();
    return [port1, port2];
  },
  // As a worker and its scope are to one another: two objects, each of which the other's messages come to.
  'a worker and its scope': () => {
    const ends = [0, 1].map((): PortEndpoint => ({ onmessage: null, postMessage: () => undefined }));
    const [near, far] = ends;
    if (!near || !far) throw new Error('There are two ends.');
    const post =
      (to: PortEndpoint): PortEndpoint['postMessage'] =>
      (message, transfer) => {
        const data: unknown = structuredClone(message, { transfer: [...(transfer ?? [])] });
        setImmediate(() => (to.onmessage as ((event: object) => void) | null)?.({ data }));
      };
    return [Object.assign(near, { postMessage: post(far) }), Object.assign(far, { postMessage: post(near) })];
  },
};

const open: { close(): void }[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

interface Side {
  readonly begun: string[];
  readonly waiting: Map<string, () => void>;
  readonly kept: { buffer: ArrayBuffer | null };
}

function converse(connect: () => Connection, options: ServeOptions<Calls> = {}) {
  const [near, far] = connect();
  const side: Side = { begun: [], waiting: new Map(), kept: { buffer: null } };
  const heard: string[] = [];
  const services: Services<Calls> = {
    add: (_, a, b) => a + b,
    fail: (_, kind) => {
      const circle = new Error('round');
      circle.cause = circle;
      if (kind === 'limn')
        throw new LimnError('It is full. Delete something.', { cause: new TypeError('deep') });
      if (kind === 'abort') throw new DOMException('It was cancelled.', 'AbortError');
      if (kind === 'range') throw new RangeError('too far');
      if (kind === 'circle') throw circle;
      throw 'only a text';
    },
    wait: async (call, name) => {
      side.begun.push(name);
      await new Promise<void>((resolve) => side.waiting.set(name, resolve));
      call.throwIfAborted();
      return name;
    },
    count: (call, to) => {
      for (let i = 1; i <= to; i++) call.report(i);
    },
    fill: (_, buffer) => {
      side.kept.buffer = buffer;
      new Uint8Array(buffer).fill(7);
      // Two views of it may be named: it is handed over once.
      return new HandedOver(buffer, [buffer, buffer]);
    },
    note: (_, text) => emit('noted', { text }),
  };
  const emit = serve<Calls, Events>(far, services, options);
  const port = new Port<Calls, Events>(near, {
    name: 'The other side',
    on: { noted: ({ text }) => heard.push(text) },
  });
  open.push(port, { close: () => far.close?.() });
  return { port, side, heard };
}

describe.each(Object.entries(CONNECTIONS))('a port through %s', (_, connect) => {
  it('has calls answered, in whatever order they are done', async () => {
    const { port, side } = converse(connect);
    const order: string[] = [];
    const calls = ['slow', 'quick'].map(async (name) => order.push(await port.call('wait', [name])));
    expect(await port.call('add', [2, 3])).toBe(5);
    expect(port.pending).toBe(2);
    side.waiting.get('quick')?.();
    await calls[1];
    side.waiting.get('slow')?.();
    await Promise.all(calls);
    expect(order).toEqual(['quick', 'slow']);
    expect(port.pending).toBe(0);
  });

  it('brings errors with their class and cause', async () => {
    const { port } = converse(connect);
    const thrown = async (kind: Parameters<Calls['fail']>[0]) =>
      port.call('fail', [kind]).then(
        () => null,
        (error: unknown) => error,
      );
    const limn = await thrown('limn');
    expect(limn).toBeInstanceOf(LimnError);
    expect(limn).toMatchObject({
      message: 'It is full. Delete something.',
      cause: { name: 'TypeError', message: 'deep' },
    });
    const abort = await thrown('abort');
    expect(abort).toBeInstanceOf(AbortError);
    expect(isAbort(abort)).toBe(true);
    expect(await thrown('range')).toMatchObject({ name: 'RangeError', message: 'too far' });
    expect(await thrown('text')).toMatchObject({ message: 'only a text' });
    expect(await thrown('circle')).toMatchObject({ message: 'round', cause: { message: 'round' } });
  });

  it('tells how a call goes, and what nobody has asked for', async () => {
    const { port, heard } = converse(connect);
    const shares: number[] = [];
    await port.call('count', [3], { onProgress: (share: number) => shares.push(share) });
    expect(shares).toEqual([1, 2, 3]);
    port.tell('note', ['by the way']);
    await port.call('add', [0, 0]);
    expect(heard).toEqual(['by the way']);
  });

  it('hands over what it is told to, both ways', async () => {
    const { port, side } = converse(connect);
    const buffer = new ArrayBuffer(8);
    const back = await port.call('fill', [buffer], { transfer: [buffer] });
    expect(buffer.byteLength).toBe(0);
    expect([...new Uint8Array(back)]).toEqual([7, 7, 7, 7, 7, 7, 7, 7]);
    expect(side.kept.buffer?.byteLength).toBe(0);
  });

  it('gives a call up at once, tells the other side, and ignores what still comes', async () => {
    const { port, side } = converse(connect);
    const abort = new AbortController();
    const reason = new Error('No longer wanted');
    const call = port.call('wait', ['long'], { signal: abort.signal });
    await port.call('add', [0, 0]);
    abort.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(port.pending).toBe(0);
    const late = new AbortController();
    const filling = port.call('fill', [new ArrayBuffer(4)], { signal: late.signal });
    late.abort();
    await expect(filling).rejects.toThrow('aborted');
    side.waiting.get('long')?.();
    expect(await port.call('add', [2, 3])).toBe(5);
    expect(port.pending).toBe(0);
    await expect(port.call('add', [1, 1], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('has calls done one after the other where that is asked for, but for those given up meanwhile', async () => {
    const { port, side } = converse(connect, { isInTurn: (name) => name === 'wait' });
    const abort = new AbortController();
    const first = port.call('wait', ['first']);
    const second = port.call('wait', ['second'], { signal: abort.signal });
    const third = port.call('wait', ['third']);
    // What needs no turn doesn't wait.
    expect(await port.call('add', [1, 1])).toBe(2);
    expect(side.begun).toEqual(['first']);
    abort.abort();
    await expect(second).rejects.toThrow();
    await port.call('add', [0, 0]);
    side.waiting.get('first')?.();
    expect(await first).toBe('first');
    await expect.poll(() => side.begun).toEqual(['first', 'third']);
    side.waiting.get('third')?.();
    expect(await third).toBe('third');
  });

  it('tells all who wait when it is closed, and takes nothing more', async () => {
    const { port } = converse(connect);
    const call = port.call('wait', ['for ever']);
    port.close();
    await expect(call).rejects.toSatisfy(isAbort);
    await expect(port.call('add', [1, 1])).rejects.toSatisfy(isAbort);
    port.tell('note', ['unheard']);
    expect(port.isClosed).toBe(true);
  });
});

it('a port says when the other side has stopped by itself', async () => {
  let terminated = 0;
  const worker: PortEndpoint = {
    onmessage: null,
    onerror: null,
    postMessage: () => undefined,
    terminate: () => terminated++,
  };
  const stopped: string[] = [];
  const port = new Port<Calls>(worker, {
    name: 'The counting worker',
    onStopped: ({ message }) => stopped.push(message),
  });
  const call = port.call('add', [1, 1]);
  let isPrevented = false;
  const event = { message: 'out of memory', preventDefault: () => (isPrevented = true) };
  (worker.onerror as (event: object) => void)(event);
  await expect(call).rejects.toThrow('The counting worker stopped (out of memory).');
  (worker.onerror as (event: object) => void)(event);
  expect(stopped).toEqual(['The counting worker stopped (out of memory).']);
  expect(terminated).toBe(1);
  expect(isPrevented).toBe(true);
});
