import {afterAll, expect, test} from 'vitest';
import {Pool} from '../../../builder/workers/pool.ts';

const pool = new Pool(2);
afterAll(() => pool.close());

/** A file that ended before it was read: a worker gives it back as it is. */
const inputOf = (name: string) => [{path: name, ended: {outcome: 'failed' as const, reason: name}}];

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of results) found.push(each);
  return found;
}

test('map gives results in the order of its items and takes inputs only as workers become free', async () => {
  const names = Array.from({length: 50}, (_, i) => `file ${i}`);
  let made = 0;
  let given = 0;
  const results = pool.map('importBatch', names, (name) => {
    made++;
    expect(made - given).toBeLessThanOrEqual(pool.size * 4 + 1);
    return inputOf(name);
  });
  for await (const [name, [{reason}]] of results) expect([name, reason]).toEqual([names[given], names[given++]]);
  expect(given).toBe(50);
});

test('mapCostliestFirst begins with what costs most and gives results in the order of its items', async () => {
  const names = ['b', 'dddd', 'a', 'ccc'];
  const begun: string[] = [];
  const results = pool.mapCostliestFirst(
    'importBatch',
    names,
    (name) => {
      begun.push(name);
      return inputOf(name);
    },
    (name) => name.length,
  );
  expect((await all(results)).map(([name]) => name)).toEqual(names);
  expect(begun).toEqual(['dddd', 'ccc', 'b', 'a']);
});

test('an input that cannot be made is thrown where its turn comes, and the pool goes on', async () => {
  const names = Array.from({length: 20_000}, (_, i) => `file ${i}`);
  const broken = pool.mapCostliestFirst(
    'importBatch',
    names,
    (name) => {
      if (name !== 'file 0') throw new Error(`no input for ${name}`);
      return inputOf(name);
    },
    () => 1,
  );
  expect((await broken.next()).value?.[0]).toBe('file 0');
  await expect(broken.next()).rejects.toThrow('no input for file 1');
  expect(await all(pool.map('importBatch', ['again'], inputOf))).toHaveLength(1);
});

test('close lets workers finish the tasks that they have, and gives them no more', async () => {
  const closing = new Pool(1);
  const results = closing.map('importBatch', ['first', 'second'], inputOf);
  const first = results.next();
  await closing.close();
  expect(await Promise.race([first, 'lost'])).toMatchObject({value: ['first', [{reason: 'first'}]]});
  await expect(closing.map('importBatch', ['third'], inputOf).next()).rejects.toThrow('the worker pool is closed');
});
