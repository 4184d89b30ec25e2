import { type LinesFile, readLinesFile, SpilledLines } from '../../store/spilled-lines.ts';
import { makeMemoryStore } from '../support/stores/memory-store.ts';

const keyOf = (digest: string) => `lines/${digest}.jsonl`;
const LINES = Array.from({ length: 50 }, (_, i) => `line ${i} ü\u2028`);

async function spilled(store = makeMemoryStore(), mostCharacters = 100, lines = LINES) {
  const own = new SpilledLines(store, keyOf, mostCharacters);
  for (const line of lines) await own.add(line);
  return { store, own };
}

async function all(own: SpilledLines): Promise<string[]> {
  const lines: string[] = [];
  for await (const group of own.groups()) lines.push(...group);
  return lines;
}

async function keysIn(store: ReturnType<typeof makeMemoryStore>): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list('')) keys.push(key);
  return keys;
}

it('lines that fit in memory are in no file', async () => {
  const { store, own } = await spilled(makeMemoryStore(), 10_000);
  expect([own.files, await keysIn(store)]).toEqual([[], []]);
  expect(await all(own)).toEqual(LINES);
});

it('lines that are too many for memory go to files, and come back in their order', async () => {
  const { store, own } = await spilled();
  expect(own.files.length).toBeGreaterThan(2);
  expect(own.rest.join('').length).toBeLessThanOrEqual(100);
  expect(await keysIn(store)).toHaveLength(own.files.length);
  expect(await all(own)).toEqual(LINES);
  await own.spill();
  expect([own.rest, await all(own)]).toEqual([[], LINES]);
});

it('two that spill to the same place do not disturb each other', async () => {
  const { store, own } = await spilled();
  const others = LINES.map((line) => `other ${line}`);
  const { own: other } = await spilled(store, 100, others);
  expect([await all(own), await all(other)]).toEqual([LINES, others]);
});

it.each<[string, (store: ReturnType<typeof makeMemoryStore>, key: string) => unknown]>([
  [
    'was changed',
    async (store, key) => store.put(key, store.textOf(key).replace('line 0', 'line 9')),
  ],
  ['has a line more', async (store, key) => store.put(key, `${store.textOf(key)}line\n`)],
  ['lacks its end', async (store, key) => store.put(key, store.textOf(key).slice(0, -1))],
  ['is empty', async (store, key) => store.put(key, '')],
  ['is gone', (store, key) => store.delete(key)],
])('a file that %s is refused as a whole', async (_, change) => {
  const { store, own } = await spilled();
  const [first] = own.files as [LinesFile];
  await change(store, keyOf(first.digest));
  await expect(readLinesFile(store, keyOf, first)).rejects.toMatchObject({
    name: 'RecordTampered',
    message: expect.stringContaining(store.locationOf(keyOf(first.digest))) as string,
  });
  await expect(all(own)).rejects.toThrow('somebody changed it');
});

it('a line that would be read as two is refused', async () => {
  await expect(spilled(makeMemoryStore(), 100, ['one\ntwo'])).rejects.toThrow(RangeError);
});
