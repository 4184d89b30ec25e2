import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { type HeldLock, takeLock } from '../../../store/folder/held-lock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-lock-'));
const lock = path.join(folder, '.lock-x');
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => rmSync(lock, { force: true }));

async function mustTake(): Promise<HeldLock> {
  const taken = await takeLock(lock);
  if ('release' in taken) return taken;
  throw new Error(`held by ${JSON.stringify(taken)}`);
}

function heldBy(holder: object): void {
  const base = {
    id: 'another',
    pid: process.ppid,
    host: hostname(),
    since: '2026-11-21T12:00:00Z',
  };
  writeFileSync(lock, JSON.stringify({ ...base, ...holder }));
}

/** No process has this number any more. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

it('is held by one, until it is released', async () => {
  const held = await mustTake();
  expect(await takeLock(lock)).toMatchObject({ pid: process.pid, host: hostname() });
  expect(() => held.assertHeld()).not.toThrow();
  held.release();
  expect(existsSync(lock)).toBe(false);
  (await mustTake()).release();
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['a process that lives', {}],
  ['a process of another machine', { host: 'elsewhere', pid: 1 }],
])('is refused where %s holds it', async (_, holder) => {
  heldBy(holder);
  expect(await takeLock(lock)).toMatchObject({ id: 'another', ...holder });
});

it('is taken over from a process that died, at once', async () => {
  heldBy({ pid: deadPid() });
  (await mustTake()).release();
});

it('is taken over where an earlier process had the number of this one', async () => {
  heldBy({ pid: process.pid });
  (await mustTake()).release();
});

it.each([
  ['another machine', { host: 'elsewhere' }],
  ['a number that another process has by now', {}],
])('is taken over once nobody has touched it for a minute: %s', async (_, holder) => {
  heldBy(holder);
  const longAgo = new Date(Date.now() - 61_000);
  utimesSync(lock, longAgo, longAgo);
  (await mustTake()).release();
});

it('is taken over where it is nobody’s', async () => {
  writeFileSync(lock, 'what?');
  (await mustTake()).release();
});

it('is known to be lost by whom it was taken from, who leaves it alone', async () => {
  const held = await mustTake();
  heldBy({});
  expect(() => held.assertHeld()).toThrow('was taken over');
  held.release();
  expect(existsSync(lock)).toBe(true);
});
