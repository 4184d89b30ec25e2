import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { main } from '../../../local/cli/cli.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';
import {
  executionsIn,
  fileOf,
  goneIn,
  keptFolders,
  keptLines,
  keptText,
  lastOf,
  orgsweep,
  summaryOf,
} from '../../support/organizations/kept.ts';

const folders = keptFolders();
const { scenario } = folders;
afterAll(() => rmSync(folders.root, { recursive: true }));

const DELETE = ['--mode', 'delete', '--enable-deletion'];
const run = async (keep: string, ...more: string[]) =>
  orgsweep('run', '--simulated', '--keep', keep, ...more);

describe('report, two weeks later delete, restore', () => {
  const keep = folders.next();
  let deleting = '';
  let removed = 0;

  it('finds what is stale, and holds it all in grace', async () => {
    expect((await run(keep, '--scenario', scenario)).code).toBe(0);
    expect(summaryOf(keep, lastOf(keep)).plan.removals).toBe(0);
  }, 60_000);

  it('removes it two weeks later, and says how to bring it back', async () => {
    const { code, stdout } = await run(keep, '--after', '14d', ...DELETE);
    deleting = lastOf(keep);
    expect(code).toBe(0);
    removed = summaryOf(keep, deleting).removals.byOutcome.REMOVED;
    expect(removed).toBeGreaterThan(10);
    expect(goneIn(keep).size).toBe(removed);
    expect(stdout).toContain(`restore ${deleting} --keep ${keep}\n`);
    expect(stdout).not.toMatch(/restore .*--out/);
  }, 60_000);

  it('refuses to look for it in AWS', async () => {
    const place = ['--out', keep];
    for (const argv of [
      ['restore', deleting],
      ['measure', deleting],
      ['run', '--simulated'],
    ]) {
      const { code, stderr } = await orgsweep(...argv, ...place);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`use --keep ${keep}`)]);
    }
  });

  it('explains why it is gone, and how to get it back', async () => {
    const [gone = ''] = goneIn(keep);
    const { code, stdout } = await orgsweep('explain', gone, '--keep', keep);
    expect(code).toBe(0);
    expect(stdout).toContain(`restore ${deleting} --resource ${gone} --keep ${keep}\n`);
  });

  it('tells what would be restored, then restores it', async () => {
    const tried = await orgsweep('restore', deleting, '--keep', keep, '--dry-run');
    expect(tried).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${removed} RESTORABLE`),
    });
    expect(goneIn(keep).size).toBe(removed);
    const done = await orgsweep('restore', deleting, '--keep', keep);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining(`${removed} RESTORED`) });
    expect(goneIn(keep).size).toBe(0);
  }, 60_000);

  it('sees them protected in the next report, and nothing else lost', async () => {
    const [first = ''] = executionsIn(keep);
    // Tags that were just set aren't in every listing yet.
    expect((await run(keep, '--after', '5m')).code).toBe(0);
    const { counts } = summaryOf(keep, lastOf(keep));
    expect(counts.resources).toBe(summaryOf(keep, first).counts.resources);
    const restored = fileOf(keep, lastOf(keep), 'findings.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ tags }) => 'orgsweep:protect' in tags && 'orgsweep:marked' in tags);
    expect(restored).toHaveLength(removed);
    for (const { verdict, reasons } of restored) {
      expect([verdict, reasons]).toEqual(['KEEP', expect.arrayContaining(['PROTECTED_BY_TAG'])]);
    }
  }, 60_000);
});

it('says at a terminal where it is kept, what time it is there, and how to go on', async () => {
  const keep = folders.next();
  const { terminal, written } = fakeTerminal({ isTerminal: true, columns: 100 });
  const argv = ['run', '--simulated', '--keep', keep, '--scenario', scenario];
  expect(await main(argv, terminal)).toBe(0);
  expect(written.stderr).toMatch(
    /kept in \S+\. The clock there says 20\S+ \S+ UTC\. To go on two weeks later, add --after 14d\.\n$/,
  );
  expect(fileOf(keep, lastOf(keep), 'summary.txt').replace(/\s+/g, ' ')).toContain(
    `run --simulated --keep ${keep} --after 14d --input '{"policy":{"protectTags":["Retain","Backup=yes"]}}' --mode delete --enable-deletion`,
  );
}, 60_000);

it('says of a restore that comes too late that the time in the Recycle Bin is over', async () => {
  const keep = folders.next();
  await run(keep, '--scenario', scenario);
  await run(keep, '--after', '2w', ...DELETE);
  const gone = goneIn(keep).size;
  const late = await orgsweep('restore', lastOf(keep), '--keep', keep, '--after', '15d');
  expect(late.code).toBe(5);
  expect(late.stdout).toContain(`${gone} EXPIRED`);
  expect(late.stdout).toContain('its time in the Recycle Bin is over');
  const [one = ''] = goneIn(keep);
  const { stdout } = await orgsweep('explain', one, '--keep', keep);
  expect(stdout).toContain('Its time in the Recycle Bin ended on');
}, 60_000);

describe('a run that is killed while it deletes', () => {
  const keep = folders.next();
  const bin = path.resolve('bin/orgsweep.mjs');
  const env = { ...process.env, NODE_OPTIONS: '' };

  it('leaves deleted what was deleted, and an organization that goes on', async () => {
    await run(keep, '--scenario', scenario);
    const argv = ['run', '--simulated', '--keep', keep, '--after', '14d', ...DELETE];
    const killed = spawn(process.execPath, [bin, ...argv], { env, stdio: 'ignore' });
    while (goneIn(keep).size < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const gone = goneIn(keep);
    expect(gone.size).toBeGreaterThanOrEqual(3);
    const before = keptLines(keep).length;

    const next = await run(keep);
    expect(next.code).toBe(0);
    const { counts } = summaryOf(keep, lastOf(keep));
    expect(counts.resources).toBe(
      summaryOf(keep, executionsIn(keep)[0] ?? '').counts.resources - gone.size,
    );
    const [opened] = keptLines(keep).slice(before);
    const times = keptLines(keep)
      .slice(0, before)
      .flatMap((line) => ('at' in line ? [line.at] : []));
    expect('openedAt' in opened! && opened.openedAt > (times.at(-1) ?? '')).toBe(true);
  }, 60_000);

  it('was a simulated one, though it never came to its end', async () => {
    const [, killed = ''] = executionsIn(keep);
    expect(fileOf(keep, killed, 'work/simulated.json')).toContain(keep);
    const inAws = promisify(execFile)(bin, ['restore', killed, '--out', keep], { env });
    await expect(inAws).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--keep'),
    });
  }, 60_000);

  it('is undone like any other: what it was asked to delete and did', async () => {
    const [, killed = ''] = executionsIn(keep);
    const gone = goneIn(keep).size;
    const { stdout } = await orgsweep('restore', killed, '--keep', keep);
    expect(stdout).toContain(`${gone} RESTORED`);
    expect(goneIn(keep).size).toBe(0);
  }, 60_000);
});

describe('served to other programs', () => {
  const keep = folders.next();
  const out = folders.next();
  const before = { ...process.env };
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  });

  /** Sets what `simulate` prints, and stops it at the end. */
  async function whileServed(argv: string[], use: () => Promise<void>): Promise<string> {
    const { terminal, written, interrupt } = fakeTerminal();
    const serving = main(['simulate', '--keep', keep, ...argv], terminal);
    while (!written.stdout.includes('SECRET')) await new Promise((r) => setTimeout(r, 5));
    for (const [, name = '', value = ''] of written.stdout.matchAll(/(AWS_\w+)=(\S+)/g))
      process.env[name] = value;
    try {
      await use();
    } finally {
      interrupt();
      expect(await serving).toBe(0);
    }
    return written.stdout;
  }

  it('keeps what they change, and a run goes by its clock, weeks ahead', async () => {
    const told = await whileServed(['--scenario', scenario], async () => {
      expect((await orgsweep('run', '--out', out)).code).toBe(0);
    });
    expect(told).toContain(`# It is kept in ${keep}. Its clock says 20`);
    await whileServed(['--after', '14d'], async () => {
      const { code, stdout } = await orgsweep('run', '--out', out, ...DELETE);
      expect(stdout).not.toContain('CLOCK_DISAGREES');
      expect(code).toBe(0);
    });
    const removed = goneIn(keep).size;
    expect(removed).toBeGreaterThan(10);
    await whileServed(['--after', '1d'], async () => {
      const { code, stdout } = await orgsweep('restore', lastOf(out), '--out', out);
      expect(stdout).toContain(`${removed} RESTORED`);
      expect(code).toBe(0);
    });
    expect(goneIn(keep).size).toBe(0);
  }, 120_000);
});

it('is opened by one process at a time, and refuses the others in a sentence', async () => {
  const keep = folders.next();
  expect((await run(keep, '--scenario', scenario)).code).toBe(0);
  const { terminal, written, interrupt } = fakeTerminal();
  const serving = main(['simulate', '--keep', keep], terminal);
  while (!written.stdout.includes('SECRET')) await new Promise((r) => setTimeout(r, 5));
  const text = keptText(keep);
  const others = [['run', '--simulated', '--after', '1d'], ['simulate'], ['restore', lastOf(keep)]];
  for (const argv of others) {
    const { code, stderr } = await orgsweep(...argv, '--keep', keep);
    const sentence = `that no other orgsweep works in; process ${process.pid} does since`;
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  }
  expect(keptText(keep)).toBe(text);
  interrupt();
  expect(await serving).toBe(0);
  expect((await run(keep)).code).toBe(0);
}, 60_000);
