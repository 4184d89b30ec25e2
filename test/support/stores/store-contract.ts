import { type Store, StoreConflict } from '../../../store/store.ts';

export async function toArray<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** `count` lines of about `length` characters, one after the other. */
export function* someLines(count: number, length: number): Generator<string> {
  for (let n = 0; n < count; n += 1) yield `${n} `.padEnd(length, 'x');
}

const KEYS = ['a/b/c.json', 'a.json', 'a/b.json', 'ab/c.json', 'a/b-c.json', 'b/z.json'];

/** What every store does, whatever it stands on. */
export function itIsAStore(storeOf: () => Store): void {
  let store: Store;
  beforeEach(() => {
    store = storeOf();
  });

  it('gives back what was put, to the character', async () => {
    const body = '{"name":"Zürich 😀","line":"\\u2028"}\r\n\u2028 end';
    await store.put('executions/e1/plan.json', body);
    expect((await store.get('executions/e1/plan.json'))?.body).toBe(body);
  });

  it('holds an empty object apart from none at all', async () => {
    await store.put('empty.txt', '');
    expect((await store.get('empty.txt'))?.body).toBe('');
    expect(await store.get('none.txt')).toBeUndefined();
    expect(await store.get('no/such/folder/none.txt')).toBeUndefined();
  });

  it('replaces an object, with another version for another content', async () => {
    const first = await store.put('a.json', 'one');
    expect((await store.get('a.json'))?.version).toBe(first);
    const second = await store.put('a.json', 'two');
    expect(second).not.toBe(first);
    expect(await store.get('a.json')).toEqual({ body: 'two', version: second });
  });

  it('streams lines, and none after the last', async () => {
    await store.put('a.jsonl', 'one\n\nthree\n');
    expect(await toArray(store.lines('a.jsonl'))).toEqual(['one', '', 'three']);
    await store.put('b.jsonl', 'one\ntwo');
    expect(await toArray(store.lines('b.jsonl'))).toEqual(['one', 'two']);
    await store.put('c.jsonl', '');
    expect(await toArray(store.lines('c.jsonl'))).toEqual([]);
  });

  it('throws for the lines of an object that is not there', async () => {
    await expect(toArray(store.lines('none.jsonl'))).rejects.toThrow();
  });

  it('writes lines that read back as they were, whatever characters are in them', async () => {
    const lines = ['a\u2028b\u2029c', 'd\re', '', '{"k":"\\n"}', '😀'.repeat(70_000)];
    await store.writeLines('x/lines.jsonl', lines);
    expect(await toArray(store.lines('x/lines.jsonl'))).toEqual(lines);
  });

  it('writes an object even for no lines', async () => {
    await store.writeLines('x/none.jsonl', []);
    expect((await store.get('x/none.jsonl'))?.body).toBe('');
  });

  it('refuses a line that would read back as two', async () => {
    await expect(store.writeLines('x/two.jsonl', ['one\ntwo'])).rejects.toThrow(RangeError);
    expect(await store.get('x/two.jsonl')).toBeUndefined();
  });

  it('writes 20 MB line by line, and shows nothing before the last one', async () => {
    const count = 20_000;
    await store.writeLines(
      'big.jsonl',
      (async function* () {
        for (const line of someLines(count, 1_000)) {
          if (line.startsWith(`${count - 1} `)) {
            expect(await store.get('big.jsonl')).toBeUndefined();
            expect(await toArray(store.list(''))).toEqual([]);
          }
          yield line;
        }
      })(),
    );
    let seen = 0;
    for await (const line of store.lines('big.jsonl')) {
      if (!line.startsWith(`${seen} `) || line.length !== 1_000) throw new Error(`line ${seen}`);
      seen += 1;
    }
    expect(seen).toBe(count);
  });

  it.each([
    ['the first', 0],
    ['the 15,000th', 15_000],
  ])('keeps what was there when writing breaks off at %s line', async (_, breakAt) => {
    await store.put('kept.jsonl', 'before\n');
    const broken = store.writeLines(
      'kept.jsonl',
      (function* () {
        let n = 0;
        for (const line of someLines(20_000, 1_000)) {
          if (n === breakAt) throw new Error('the source broke off');
          n += 1;
          yield line;
        }
      })(),
    );
    await expect(broken).rejects.toThrow('the source broke off');
    expect((await store.get('kept.jsonl'))?.body).toBe('before\n');
    expect(await toArray(store.list(''))).toEqual(['kept.jsonl']);
  });

  it('lists the keys under a prefix, all of them and no others', async () => {
    for (const key of KEYS) await store.put(key, key);
    const list = async (prefix: string) => (await toArray(store.list(prefix))).sort();
    expect(await list('')).toEqual([...KEYS].sort());
    expect(await list('a/')).toEqual(['a/b-c.json', 'a/b.json', 'a/b/c.json']);
    expect(await list('a/b')).toEqual(['a/b-c.json', 'a/b.json', 'a/b/c.json']);
    expect(await list('a/b/')).toEqual(['a/b/c.json']);
    expect(await list('none/')).toEqual([]);
    expect(await toArray(store.list('a/', 'a/b.json'))).toEqual(['a/b/c.json']);
    expect(await toArray(store.list('a/', 'a/b/c.json'))).toEqual([]);
    expect(await toArray(store.list('a/', 'a'))).toHaveLength(3);
  });
}

/** What S3 itself does, and readers of the ledger count on. */
export function itListsInOrder(storeOf: () => Store): void {
  it('lists in ascending order of the whole key', async () => {
    const store = storeOf();
    for (const key of KEYS) await store.put(key, key);
    expect(await toArray(store.list(''))).toEqual([...KEYS].sort());
  });
}

/** Conditional writes: the lease and the ledger stand on them. */
export function itWritesConditionally(storeOf: () => Store): void {
  let store: Store;
  beforeEach(() => {
    store = storeOf();
  });

  it('creates with `absent` only where there is nothing', async () => {
    const version = await store.put('leases/a.json', 'one', { absent: true });
    await expect(store.put('leases/a.json', 'two', { absent: true })).rejects.toThrow(
      StoreConflict,
    );
    expect(await store.get('leases/a.json')).toEqual({ body: 'one', version });
  });

  it('replaces with `version` only what was read', async () => {
    const first = await store.put('leases/a.json', 'one');
    const second = await store.put('leases/a.json', 'two', { version: first });
    await expect(store.put('leases/a.json', 'three', { version: first })).rejects.toThrow(
      StoreConflict,
    );
    expect(await store.get('leases/a.json')).toEqual({ body: 'two', version: second });
  });

  it('takes a `version` of an object that is gone for a conflict', async () => {
    const version = await store.put('leases/a.json', 'one');
    await expect(store.put('leases/b.json', 'two', { version })).rejects.toThrow(StoreConflict);
    expect(await store.get('leases/b.json')).toBeUndefined();
  });

  it('lets one of many through that create at once', async () => {
    const bodies = Array.from({ length: 8 }, (_, n) => `writer ${n}`);
    const puts = await Promise.allSettled(
      bodies.map(async (body) => store.put('leases/a.json', body, { absent: true })),
    );
    const winners = bodies.filter((_, n) => puts[n]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect((await store.get('leases/a.json'))?.body).toBe(winners[0]);
    expectConflictsOnly(puts);
  });

  it('lets one of many through that replace the same version at once', async () => {
    const version = await store.put('leases/a.json', 'zero');
    const bodies = Array.from({ length: 8 }, (_, n) => `writer ${n}`);
    const puts = await Promise.allSettled(
      bodies.map(async (body) => store.put('leases/a.json', body, { version })),
    );
    const winners = bodies.filter((_, n) => puts[n]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect((await store.get('leases/a.json'))?.body).toBe(winners[0]);
    expectConflictsOnly(puts);
  });
}

function expectConflictsOnly(puts: readonly PromiseSettledResult<string>[]): void {
  for (const put of puts) {
    if (put.status === 'rejected') expect(put.reason).toBeInstanceOf(StoreConflict);
  }
}
