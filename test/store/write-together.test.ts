import { makeFailingStore } from '../support/stores/failing-store.ts';
import { makeMemoryStore } from '../support/stores/memory-store.ts';
import { writeTogether } from '../../store/write-together.ts';

async function* pairs(count: number, length = 1): AsyncGenerator<readonly [string, string]> {
  for (let i = 0; i < count; i += 1) yield [`a${i}`, `b${i}`.padEnd(length)];
}

async function bodyOf(store: ReturnType<typeof makeMemoryStore>, key: string) {
  return (await store.get(key))?.body;
}

it('writes two objects of lines in one pass, the second with a heading', async () => {
  const store = makeMemoryStore();
  await writeTogether(store, ['first', 'second'], 'heading', pairs(2));
  expect(await bodyOf(store, 'first')).toBe('a0\na1\n');
  expect(await bodyOf(store, 'second')).toBe('heading\nb0\nb1\n');
});

it('writes nothing but the heading of nothing', async () => {
  const store = makeMemoryStore();
  await writeTogether(store, ['first', 'second'], 'heading', pairs(0));
  expect([await bodyOf(store, 'first'), await bodyOf(store, 'second')]).toEqual(['', 'heading\n']);
});

it('waits for the slower writer, and never holds many lines', async () => {
  const store = makeMemoryStore();
  let [made, read, most] = [0, 0, 0];
  async function* counted() {
    for await (const pair of pairs(2000, 1000)) {
      made += 1;
      yield pair;
    }
  }
  const slow = {
    writeLines: async (key: string, lines: AsyncIterable<string> | Iterable<string>) => {
      if (key === 'first') return store.writeLines(key, lines);
      async function* one() {
        for await (const line of lines) {
          read += 1;
          most = Math.max(most, made - read);
          if (read % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
          yield line;
        }
      }
      return store.writeLines(key, one());
    },
  };
  await writeTogether(slow, ['first', 'second'], 'heading', counted());
  expect((await bodyOf(store, 'second'))?.split('\n')).toHaveLength(2002);
  // 256 KiB of lines of 1,000 characters.
  expect(most).toBeLessThan(300);
});

it.each([
  [1, 'first'],
  [2, 'second'],
])('throws where write %s breaks off, and leaves neither', async (at, key) => {
  const store = makeMemoryStore();
  const failing = makeFailingStore({ at, written: false, dies: 'once' }).wrap(store);
  await expect(writeTogether(failing, ['first', 'second'], 'heading', pairs(3))).rejects.toThrow(
    `write ${at} failed: ${key}`,
  );
  expect([await bodyOf(store, 'first'), await bodyOf(store, 'second')]).toEqual([
    undefined,
    undefined,
  ]);
});

it('leaves neither where what they are made of breaks off', async () => {
  const store = makeMemoryStore();
  async function* broken() {
    yield* pairs(1);
    throw new Error('no more');
  }
  await expect(writeTogether(store, ['first', 'second'], 'heading', broken())).rejects.toThrow(
    'no more',
  );
  expect([await bodyOf(store, 'first'), await bodyOf(store, 'second')]).toEqual([
    undefined,
    undefined,
  ]);
});
