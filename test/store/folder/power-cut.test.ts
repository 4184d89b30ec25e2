import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import type { Store } from '../../../store/store.ts';
import {
  NotedDisk,
  NOTHING_UNSYNCED,
  ONLY_NAMES,
  type Survival,
} from '../../support/stores/power-cut.ts';

const KEY = 'executions/e1/work/ledger/111122223333/eu-west-1/000001.json';

let parent: string;
let root: string;
let noted: NotedDisk;
let store: Store;
beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'orgsweep-cut-'));
  // Not there yet: the first execution makes it.
  root = path.join(parent, 'out');
  noted = new NotedDisk(parent);
  store = makeFolderStore(root, noted.disk);
});
afterEach(async () => {
  await rm(parent, { recursive: true });
});

/** What is under the key after a cut at any moment from `from` on; undefined: nothing. */
function leftUnder(key: string, from: number, survival: Survival): (string | undefined)[] {
  const moments = noted.acts.length - from + 1;
  return Array.from({ length: moments }, (_, n) =>
    noted.after(from + n, survival).get(`out/${key}`),
  );
}

const survival = fc
  .record({ name: fc.infiniteStream(fc.boolean()), content: fc.infiniteStream(fc.boolean()) })
  .map(({ name, content }): Survival => {
    return { name: () => name.next().value, content: () => content.next().value };
  });

describe('a power cut', () => {
  it('loses nothing that was written: not the file, nor any new folder above it', async () => {
    await store.put(KEY, 'intent');
    for (const lost of [NOTHING_UNSYNCED, ONLY_NAMES])
      expect(leftUnder(KEY, noted.acts.length, lost)).toEqual(['intent']);
    await store.writeLines('executions/e1/work/findings/a.jsonl', ['one', 'two']);
    expect(leftUnder('executions/e1/work/findings/a.jsonl', noted.acts.length, ONLY_NAMES)).toEqual(
      ['one\ntwo\n'],
    );
  });

  it('leaves the old object or the new one at any moment, and no empty file', async () => {
    const version = await store.put(KEY, 'old');
    await store.put('absent.json', 'made', { absent: true });
    const from = noted.acts.length;
    const second = await store.put(KEY, 'new', { version });
    await store.put('plain.json', 'plain');
    await store.put('absent-too.json', 'made too', { absent: true });
    await store.writeLines('lines.jsonl', ['line']);
    fc.assert(
      fc.property(survival, (kept) => {
        for (const left of leftUnder(KEY, from, kept)) expect(['old', 'new']).toContain(left);
        for (const [key, body] of [
          ['absent.json', 'made'],
          ['plain.json', 'plain'],
          ['absent-too.json', 'made too'],
          ['lines.jsonl', 'line\n'],
        ] as const)
          for (const left of leftUnder(key, 0, kept)) expect([undefined, body]).toContain(left);
      }),
      { numRuns: 30 },
    );
    expect((await store.get(KEY))?.version).toBe(second);
  });

  it('loses nothing of what many wrote at once into folders that none of them had found', async () => {
    const keys = Array.from({ length: 12 }, (_, n) => `work/${n % 3}/${n % 2}/${n}.json`);
    await Promise.all(
      keys.map(async (key) => {
        await store.put(key, key);
        const left = noted.after(noted.acts.length, NOTHING_UNSYNCED);
        expect(left.get(`out/${key}`)).toBe(key);
      }),
    );
  });

  it('loses nothing of what was written into a folder that another process has just made', async () => {
    // It may die between its mkdir and its sync.
    await noted.disk.mkdir(path.join(root, 'work', 'a'));
    await store.put('work/a/1.json', 'one');
    expect(leftUnder('work/a/1.json', noted.acts.length, NOTHING_UNSYNCED)).toEqual(['one']);
  });

  it('loses nothing of what was written again after somebody took the folder away', async () => {
    await store.put('history/a.json', 'one');
    await rm(path.join(root, 'history'), { recursive: true });
    noted.acts.push({ act: 'RM', path: path.join(root, 'history') });
    await store.put('history/a.json', 'two');
    expect(leftUnder('history/a.json', noted.acts.length, NOTHING_UNSYNCED)).toEqual(['two']);
  });

  it('is paid for with two syncs an object, and one for each new folder', async () => {
    const syncs = () => noted.acts.filter(({ act }) => act === 'SYNC').length;
    await store.put('a/b/1.json', 'x');
    expect(syncs()).toBe(2 + 3);
    await store.put('a/b/2.json', 'x', { absent: true });
    expect(syncs()).toBe(2 + 3 + 2);
    await store.put('a/c/3.json', 'x');
    expect(syncs()).toBe(2 + 3 + 2 + 3);
  });
});
