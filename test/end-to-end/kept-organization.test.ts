import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../local/cli.ts';
import { KEPT_FILE, KeptLine } from '../../local/kept/kept-file.ts';
import { fakeTerminal } from '../local/fake-terminal.ts';

const root = mkdtempSync(path.join(tmpdir(), 'orgsweep-keep-'));
afterAll(() => rmSync(root, { recursive: true }));

const scenario = path.join(root, 'scenario.json');
writeFileSync(
  scenario,
  JSON.stringify({ accounts: 2, regions: ['us-east-1'], snapshotsPerTarget: 60 }),
);

let count = 0;
/** A folder of its own, not there yet. */
const newFolder = () => path.join(root, `kept-${(count += 1)}`);

async function orgsweep(...argv: string[]) {
  const { terminal, written } = fakeTerminal();
  const code = await main(argv, terminal);
  return { code, ...written };
}

const run = async (keep: string, ...more: string[]) =>
  orgsweep('run', '--simulated', '--keep', keep, ...more);
const DELETE = ['--mode', 'delete', '--enable-deletion'];

const executionsIn = (keep: string) => readdirSync(path.join(keep, 'executions')).toSorted();
const summaryOf = (keep: string, executionId: string) =>
  JSON.parse(readFileSync(path.join(keep, 'executions', executionId, 'summary.json'), 'utf8'));
const lastOf = (keep: string) => executionsIn(keep).at(-1) ?? '';

/** What was deleted, and not restored since. */
function goneIn(keep: string): Set<string> {
  const gone = new Set<string>();
  const [, ...lines] = readFileSync(path.join(keep, KEPT_FILE), 'utf8').trimEnd().split('\n');
  for (const line of lines) {
    const data = KeptLine.parse(JSON.parse(line));
    if (!('change' in data)) continue;
    const { change } = data;
    if (change.kind === 'delete-snapshot') gone.add(change.snapshotId);
    if (change.kind === 'restore-snapshot') gone.delete(change.snapshotId);
  }
  return gone;
}

describe('report, two weeks later delete, restore', () => {
  const keep = newFolder();
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
    expect(stdout).not.toContain('--out');
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
    expect((await run(keep)).code).toBe(0);
    const { counts } = summaryOf(keep, lastOf(keep));
    expect(counts.resources).toBe(summaryOf(keep, first).counts.resources);
    const restored = readFileSync(
      path.join(keep, 'executions', lastOf(keep), 'findings.jsonl'),
      'utf8',
    )
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
