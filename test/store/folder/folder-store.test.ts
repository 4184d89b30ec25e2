import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakLock } from '../../../store/folder/file-lock.ts';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import type { Store } from '../../../store/store.ts';
import {
  itIsAStore,
  itListsInOrder,
  itWritesConditionally,
  toArray,
} from '../../support/stores/store-contract.ts';

let root: string;
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'orgsweep-store-'));
  store = makeFolderStore(root);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('the folder store', () => {
  itIsAStore(() => store);
  itListsInOrder(() => store);
  itWritesConditionally(() => store);
});

describe('what only a folder can get wrong', () => {
  it.each(['../x.json', 'a/../../x.json', '/etc/x.json', 'a\\..\\x.json', 'a//b', 'a/', '', './a'])(
    'refuses the key %j, which could leave the folder or mean two things',
    async (key) => {
      await expect(store.put(key, 'x')).rejects.toThrow(RangeError);
      await expect(store.get(key)).rejects.toThrow(RangeError);
      await expect(store.writeLines(key, [])).rejects.toThrow(RangeError);
      expect(() => store.lines(key)).toThrow(RangeError);
    },
  );

  it.each(['../', '/etc/', 'a/../b'])('refuses to list %j', (prefix) => {
    expect(() => store.list(prefix)).toThrow(RangeError);
  });

  it('says where the file is, for a person to open', async () => {
    await store.put('executions/e1/summary.txt', 'all is well');
    expect(store.locationOf('executions/e1/summary.txt')).toBe(
      join(root, 'executions', 'e1', 'summary.txt'),
    );
  });

  it('lists nothing in a folder that is not there yet', async () => {
    expect(await toArray(makeFolderStore(join(root, 'not-yet')).list(''))).toEqual([]);
  });

  it('throws what is neither there nor missing', async () => {
    await mkdir(join(root, 'a.json'));
    await expect(store.get('a.json')).rejects.toThrow('EISDIR');
  });

  it('neither lists nor leaves working files', async () => {
    const version = await store.put('a/b.json', 'one', { absent: true });
    await store.put('a/b.json', 'two', { version });
    await expect(store.put('a/b.json', 'three', { version })).rejects.toThrow();
    await expect(store.put('a/b.json', 'three', { absent: true })).rejects.toThrow();
    await store.writeLines('a/c.jsonl', ['x']);
    expect(await readdir(join(root, 'a'))).toEqual(['b.json', 'c.jsonl']);

    await writeFile(join(root, 'a', '.tmp-of-a-writer-that-died'), 'half');
    await writeFile(join(root, 'a', '.lock-b.json'), '');
    expect(await toArray(store.list(''))).toEqual(['a/b.json', 'a/c.jsonl']);
  });

  it('waits for a writer that holds the lock', async () => {
    const version = await store.put('a.json', 'one');
    const lock = join(root, '.lock-a.json');
    await writeFile(lock, '');
    const put = store.put('a.json', 'two', { version });
    const first = await Promise.race([put, new Promise((go) => setTimeout(go, 150, 'waiting'))]);
    expect(first).toBe('waiting');
    expect((await store.get('a.json'))?.body).toBe('one');
    await rm(lock);
    await put;
    expect((await store.get('a.json'))?.body).toBe('two');
  });

  it('breaks the lock of a writer that died 10 seconds ago, for one of the writers that wait', async () => {
    const version = await store.put('a.json', 'one');
    const lock = join(root, '.lock-a.json');
    await writeFile(lock, '');
    const elevenSecondsAgo = Date.now() / 1000 - 11;
    await utimes(lock, elevenSecondsAgo, elevenSecondsAgo);
    const puts = await Promise.allSettled(
      ['two', 'three', 'four'].map(async (body) => store.put('a.json', body, { version })),
    );
    expect(puts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(root)).toEqual(['a.json']);
  });

  it('breaks a lock whose time lies in the future once it was watched for 10 seconds', async () => {
    const version = await store.put('a.json', 'one');
    const lock = join(root, '.lock-a.json');
    await writeFile(lock, '');
    const inAnHour = Date.now() / 1000 + 3_600;
    await utimes(lock, inAnHour, inAnHour);
    const start = performance.now();
    const own = performance.now.bind(performance);
    performance.now = () => start + 50 * (own() - start);
    await store.put('a.json', 'two', { version }).finally(() => (performance.now = own));
    expect(await readdir(root)).toEqual(['a.json']);
  }, 3_000);

  it('puts a lock back that is not the stale one: a faster writer has broken that already', async () => {
    const lock = join(root, '.lock-a.json');
    await writeFile(lock, '');
    await breakLock(lock, 'the identity of the stale one');
    expect(await readdir(root)).toEqual(['.lock-a.json']);
  });
});
