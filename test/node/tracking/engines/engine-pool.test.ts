import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EnginePool, type PooledEngine } from '../../../../src/tracking/engines/engine-pool.ts';
import { IDLE_MS, IdleEngines } from '../../../../src/tracking/engines/idle-engines.ts';

/** Engines that are open, by when they were opened. */
const open = new Set<FakeEngine>();

class FakeEngine implements PooledEngine {
  isSpent = false;
  health: boolean | 'silent' = true;
  rests = 0;

  constructor() {
    open.add(this);
  }

  isWell(): Promise<boolean> {
    const { health } = this;
    return health === 'silent' ? new Promise(() => undefined) : Promise.resolve(health);
  }

  rest(): void {
    this.rests++;
  }

  close(): void {
    open.delete(this);
  }
}

const create = (): FakeEngine => new FakeEngine();
const createPool = (most = 3) => {
  const idle = new IdleEngines(most);
  return { idle, pool: new EnginePool<FakeEngine>(idle) };
};

beforeEach(() => {
  open.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('an engine is used by one after the other, and by nobody else at the same time', async () => {
  const { pool } = createPool();
  const first = await pool.take('lite', create);
  const beside = await pool.take('lite', create);
  expect(beside).not.toBe(first);
  pool.give(first);
  expect(first.rests).toBe(1);
  expect(await pool.take('lite', create)).toBe(first);
  expect(open.size).toBe(2);
});

it('who wants another one gets another one', async () => {
  const { pool } = createPool();
  const lite = await pool.take('lite', create);
  pool.give(lite);
  const full = await pool.take('full', create);
  expect(full).not.toBe(lite);
  pool.give(full);
  expect(await pool.take('lite', create)).toBe(lite);
});

it('after a while without use nothing is left', async () => {
  const { pool, idle } = createPool();
  const engines = await Promise.all(['a', 'a', 'b'].map((key) => pool.take(key, create)));
  for (const engine of engines) pool.give(engine);
  await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
  expect(open.size).toBe(3);
  const again = await pool.take('b', create);
  await vi.advanceTimersByTimeAsync(1);
  expect([...open]).toEqual([again]);
  pool.give(again);
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  expect([open.size, idle.size]).toEqual([0, 0]);
});

it('of too many that nobody uses, those end first that rest for the longest time', async () => {
  const { pool } = createPool(2);
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((key) => pool.take(key, create)));
  for (const engine of [b, a, c]) if (engine) pool.give(engine);
  expect([...open]).toEqual([a, c]);
});

it('one that has died is closed, and so are those that rest', async () => {
  const { pool } = createPool();
  const [dead, resting] = await Promise.all([pool.take('a', create), pool.take('b', create)]);
  pool.give(resting);
  dead.isSpent = true;
  pool.give(dead);
  expect(open.size).toBe(0);
  expect(await pool.take('a', create)).not.toBe(dead);
});

it.each([
  ['dies', (engine: FakeEngine) => Object.assign(engine, { isSpent: true })],
  ['loses its GPU', (engine: FakeEngine) => Object.assign(engine, { health: false })],
  ['hangs', (engine: FakeEngine) => Object.assign(engine, { health: 'silent' })],
])('one that %s while it rests is not given out', async (_, harm) => {
  const { pool } = createPool();
  const engine = await pool.take('a', create);
  pool.give(engine);
  harm(engine);
  const taking = pool.take('a', create);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await taking).not.toBe(engine);
  expect(open.has(engine)).toBe(false);
});

it('where there is no memory for another one, those that rest make room', async () => {
  const { pool } = createPool();
  const resting = await pool.take('a', create);
  pool.give(resting);
  const needsRoom = () => {
    if (open.size > 0) throw new Error('Out of memory.');
    return create();
  };
  const engine = await pool.take('b', needsRoom);
  expect([...open]).toEqual([engine]);
  await expect(pool.take('c', needsRoom)).rejects.toThrow('Out of memory.');
});
