import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AppendFile, openToAppend } from '../../../store/folder/append-file.ts';

let folder: string;
let file: AppendFile;
/** What would be there after a power cut: as the file was when its last sync ended. */
let onDisk: string;
/** Lets the sync that is under way end. */
let ends: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-append-'));
  const name = path.join(folder, 'lines');
  writeFileSync(name, '');
  [onDisk, ends] = ['', []];
  file = openToAppend(name, async () => {
    const then = readFileSync(name, 'utf8');
    await new Promise<void>((end) => ends.push(end));
    onDisk = then;
  });
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

const turn = async () => new Promise((done) => setImmediate(done));

it('is settled only once a power cut would leave what was appended', async () => {
  file.append('a');
  let isSettled = false;
  const settling = file.settle().then(() => void (isSettled = true));
  await turn();
  expect({ isSettled, onDisk }).toEqual({ isSettled: false, onDisk: '' });
  ends.shift()?.();
  await settling;
  expect(onDisk).toBe('a');
});

it('what was appended while it settled waits for the next sync', async () => {
  file.append('a');
  const first = file.settle();
  file.append('b');
  let isSettled = false;
  const second = file.settle().then(() => void (isSettled = true));
  ends.shift()?.();
  await first;
  await turn();
  expect({ isSettled, onDisk }).toEqual({ isSettled: false, onDisk: 'a' });
  ends.shift()?.();
  await second;
  expect(onDisk).toBe('ab');
});

it('asks for no sync where all is on the disk', async () => {
  await file.settle();
  expect(ends).toEqual([]);
});
