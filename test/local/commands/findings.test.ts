import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../local/cli/cli.ts';
import { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { Finding } from '../../../core/model/verdict.ts';
import { fakeTerminal } from '../fake-terminal.ts';
import { twoRuns } from '../two-runs.ts';

let report = '';
let deletion = '';
const { out, cli } = twoRuns(
  { accounts: 3, regions: ['us-east-1', 'eu-west-1'] },
  (ids) => {
    ({ report, deletion } = ids);
  },
  { quiet: false },
);
async function printed(...argv: string[]) {
  const { exitCode, stdout, stderr } = await cli(['findings', ...argv, '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining(': ') });
  const { findings } = JSON.parse(stdout) as { findings: Told[] };
  return findings;
}
type Told = Finding & {
  accountName: string;
  organizationalUnit: { id: string; name: string } | null;
  next: string[];
  staleSince: string | null;
  restorableUntil: string | null;
};

const linesOf = (id: string, name: string) =>
  readFileSync(path.join(out, 'executions', id, name), 'utf8')
    .split('\n')
    .slice(0, -1);
const found = (id: string) =>
  linesOf(id, 'findings.jsonl').map((line) => Finding.parse(JSON.parse(line)));

it('prints what can be acted on, of the newest run, as CSV where nobody looks', async () => {
  const { exitCode, stdout, stderr } = await cli(['findings']);
  expect(exitCode).toBe(0);
  const [heading = '', ...lines] = stdout.split('\r\n');
  const wanted = found(deletion).filter(({ verdict }) => verdict !== 'KEEP');
  expect(heading).toMatch(/^\ufeffkind,accountId,region,resourceId,verdict,reasons/);
  expect(lines.filter((line) => line !== '')).toHaveLength(wanted.length);
  expect(stderr).toMatch(
    new RegExp(
      `^${deletion}: ${wanted.length} findings: \\d+ unused \\(up to \\$.* a month, .*[GT]iB of snapshots`,
    ),
  );
  expect(stderr.split('\n')).toHaveLength(2);
});

it('has in CSV why each is held, since when it is unused, and until when it comes back', async () => {
  const { stdout } = await cli(['findings', deletion, '--next', 'REMOVED,HELD']);
  const [heading = '', ...lines] = stdout.split('\r\n');
  expect(heading).toMatch(
    /,organizationalUnit,whatHappens,heldBecause,unusedSince,deletableFrom,restorableUntil$/,
  );
  const [held, removed] = ['held back', 'deleted'].map((what) =>
    lines.find((line) => line.includes(`,${what}`) || line.includes(`,"${what}`)),
  );
  expect(held).toMatch(/,"?[A-Z][A-Z_]+(; [A-Z_]+)*"?,\d{4}-\d\d-\d\d,[\d-]*,$/);
  expect(removed).toMatch(/,,\d{4}-\d\d-\d\d,,\d{4}-\d\d-\d\d$/);
});

it('has as CSV of all findings the very lines of the file that the run wrote', async () => {
  for (const id of [report, deletion]) {
    const { stdout } = await cli(['findings', id, '--all', '--format', 'csv']);
    expect(stdout.split('\n').slice(0, -1)).toEqual(linesOf(id, 'findings.csv'));
  }
});

it('says of what was restored since that it was, and offers no day to restore it by', async () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'orgsweep-findings-'));
  cpSync(out, copy, { recursive: true });
  const of = linesOf(deletion, 'removals.jsonl')
    .map((line) => RemovalOutcome.parse(JSON.parse(line)))
    .find(({ outcome }) => outcome === 'REMOVED');
  const { kind, accountId, region, resourceId } = of as RemovalOutcome;
  const restored = { kind, accountId, region, resourceId, outcome: 'RESTORED' };
  const file = path.join(copy, 'executions', deletion, 'restores.jsonl');
  writeFileSync(file, `${JSON.stringify({ ...restored, at: '2026-11-30T06:00:00.000Z' })}\n`);
  const { terminal, written } = fakeTerminal({ quiet: false });
  await main(['findings', deletion, '--next', 'REMOVED', '--json', '--out', copy], terminal);
  rmSync(copy, { recursive: true });
  const { findings } = JSON.parse(written.stdout) as { findings: Told[] };
  expect(findings.find((one) => one.resourceId === resourceId)).toMatchObject({
    whatHappens: 'deleted; restored on 30 November 2026',
    restorableUntil: null,
  });
  const others = findings.filter((one) => one.resourceId !== resourceId);
  expect(others.length).toBeGreaterThan(0);
  for (const { restorableUntil } of others) expect(restorableUntil).not.toBeNull();
});

it('says nothing on stderr where nobody wants to read it', async () => {
  expect((await cli(['findings', '--quiet'])).stderr).toBe('');
});

it('prints a table for a person, what is unused first and by cost, and says how many there are', async () => {
  const { stdout, stderr } = await cli(['findings', '--limit', '3'], {
    isTerminal: true,
    columns: 100,
  });
  const [heading, ...rows] = stdout.trimEnd().split('\n');
  expect(heading).toMatch(/^COST A MONTH +SIZE +DAYS +RESOURCE +ACCOUNT +REGION/);
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(100);
  const most = Math.max(
    ...found(deletion)
      .filter(({ verdict }) => verdict === 'STALE')
      .map(({ monthlyCostUsdUpTo: usd }) => usd ?? 0),
  );
  const dearest = found(deletion).find(({ monthlyCostUsdUpTo: usd }) => usd === most);
  expect(rows[0]).toContain(dearest?.resourceId);
  expect(stderr).toMatch(
    /^Shown are the first 3 of \d+, unused ones first, then by cost\. All: --format csv/m,
  );
});

it('says of each what happened to it, since when it was unused, and until when it comes back', async () => {
  const findings = await printed(deletion);
  const removed = linesOf(deletion, 'removals.jsonl')
    .map((line) => RemovalOutcome.parse(JSON.parse(line)))
    .filter(({ outcome }) => outcome === 'REMOVED');
  expect(removed.length).toBeGreaterThan(0);
  for (const { resourceId, restorableUntil } of removed) {
    const told = findings.find((one) => one.resourceId === resourceId);
    expect(told).toMatchObject({ next: ['REMOVED'], restorableUntil });
    expect(told?.staleSince).toMatch(/^\d{4}-/);
  }
  const held = findings.filter(({ next }) => next.includes('HELD'));
  expect(held.length).toBeGreaterThan(0);
  for (const { next } of held) expect(next.length).toBeGreaterThan(1);
});

it('knows the units of accounts by their names', async () => {
  const units = (await printed(report)).flatMap(
    ({ organizationalUnit }) => organizationalUnit ?? [],
  );
  expect(units.length).toBeGreaterThan(0);
  const [{ id, name } = { id: '', name: '' }] = units;
  const byName = await printed(report, '--unit', name);
  expect(byName).toEqual(await printed(report, '--unit', id));
  expect(byName.length).toBeGreaterThan(0);
});

const someone = () => found(report).find(({ verdict }) => verdict === 'STALE');
it.each([
  ['account', (of: Finding) => of.accountId],
  ['region', (of: Finding) => of.region],
  ['kind', (of: Finding) => of.kind],
  ['verdict', (of: Finding) => of.verdict],
  ['reason', (of: Finding) => of.reasons[0] ?? ''],
] as const)('filters by %s, in any letters', async (key, valueOf) => {
  const one = someone() as Finding;
  const value = valueOf(one);
  const wanted = found(report).filter((of) =>
    key === 'reason' ? of.reasons.includes(value) : valueOf(of) === value,
  );
  const shown = wanted.filter(
    ({ verdict }) => verdict !== 'KEEP' || key === 'verdict' || key === 'reason',
  );
  const findings = await printed(report, `--${key}`, value.toUpperCase());
  expect(findings.map(({ resourceId }) => resourceId)).toEqual(
    shown.map(({ resourceId }) => resourceId),
  );
});

it('takes account ids as a spreadsheet has them, and several values with commas', async () => {
  const [a = '', b = ''] = [...new Set(found(report).map(({ accountId }) => accountId))];
  const dressed = a.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
  const ids = (await printed(report, '--account', `${dressed},${b}`)).map((one) => one.accountId);
  expect(new Set(ids)).toEqual(new Set([a, b]));
});

it('shows what is kept only where it is asked for', async () => {
  const all = await printed(report, '--all');
  expect(all).toHaveLength(found(report).length);
  expect((await printed(report)).length).toBeLessThan(all.length);
  expect(await printed(report, '--verdict', 'kept')).toEqual(
    all.filter(({ verdict }) => verdict === 'KEEP'),
  );
});

it('filters by age, size, cost, tags and words', async () => {
  const all = await printed(report);
  const least = await printed(
    report,
    '--min-age-days',
    '100',
    '--min-size-gib',
    '50',
    '--min-usd',
    '1',
  );
  expect(least).toEqual(
    all.filter(
      ({ ageDays, sizeGiB, monthlyCostUsdUpTo: usd }) =>
        (ageDays ?? 0) >= 100 && (sizeGiB ?? 0) >= 50 && (usd ?? 0) >= 1,
    ),
  );
  expect(least.length).toBeGreaterThan(0);
  const [tagged] = all.filter(({ tags }) => Object.keys(tags).length > 0);
  const [key = '', value = ''] = Object.entries(tagged?.tags ?? {})[0] ?? [];
  const byTag = await printed(report, '--tag', `${key}=${value}`);
  expect(byTag).toEqual(all.filter(({ tags }) => tags[key] === value));
  expect((await printed(report, '--text', `${tagged?.resourceId}`.toUpperCase()))[0]).toEqual(
    tagged,
  );
});

it('finds nothing without an error', async () => {
  const { exitCode, stdout, stderr } = await cli(['findings', '--min-usd', '999999999'], {
    isTerminal: true,
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  expect(stderr).toContain(`${deletion}: no findings\n`);
});

it.each([
  [['--reason', 'VOLUME_MISING'], '--reason: "VOLUME_MISING" – accepted: ', 'VOLUME_MISSING?'],
  [
    ['--kind', 'ebs-snapshots'],
    '--kind: "ebs-snapshots" – accepted: ebs-snapshot, ',
    'ebs-snapshot?',
  ],
  [['--region', 'us-esat-1'], '--region: "us-esat-1" – accepted: ', 'us-east-1?'],
  [['--next', 'REMOVD'], '--next: "REMOVD" – accepted: ', 'REMOVED?'],
  [['--verdict', 'stal'], '--verdict: "stal" – accepted: STALE, KEEP, UNKNOWN', 'STALE?'],
  [['--account', '123'], '--account: "123" – accepted: 12 digits', ''],
  [['--account', '999999999999'], '--account: "999999999999" – accepted: an account of ', ''],
  [['--unit', 'nope'], '--unit: "nope" – accepted: ', ''],
  [['--min-usd', '-5'], '--min-usd: "-5" – accepted: a number of US dollars', ''],
  [['--min-age-days', '1.5'], '--min-age-days: "1.5" – accepted: a whole number of days', ''],
  [['--format', 'xml'], '--format: "xml" – accepted: "table", "csv", "json"', ''],
  [['--format', 'csv', '--json'], '--format: "csv" – accepted: only without --json', ''],
  [['--text', ' '], '--text: " " – accepted: something to look for', ''],
  [['--all', '--verdict', 'STALE'], '--all: works only without --verdict', ''],
])('refuses %j by name, and says what may be meant', async (argv, begins, meant) => {
  const { exitCode, stdout, stderr } = await cli(['findings', ...argv]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr.startsWith(`orgsweep: ${begins}`)).toBe(true);
  expect(stderr.endsWith(meant === '' ? '\n' : `; did you mean ${meant}\n`)).toBe(true);
});

describe('files that are not whole', () => {
  const id = '20990101T000000-report-000000';
  const fileOf = (name: string) => path.join(out, 'executions', id, name);
  beforeEach(() =>
    cpSync(path.join(out, 'executions', report), path.join(out, 'executions', id), {
      recursive: true,
    }),
  );
  afterEach(() => rmSync(path.join(out, 'executions', id), { recursive: true }));

  it('prints what can be read, says how much cannot, and ends with 3', async () => {
    appendFileSync(fileOf('findings.jsonl'), '{"kind":\n');
    const { exitCode, stdout, stderr } = await cli(['findings', '--json', '--all']);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).findings).toHaveLength(found(report).length);
    expect(stderr).toContain('orgsweep: 1 line of its files could not be read and is left out\n');
  });

  it.each([
    ['expected.json', 'work/expected.json', '{'],
    ['summary.json', 'summary.json', '{}'],
  ])('says that %s cannot be read, and ends with 3', async (name, file, body) => {
    writeFileSync(fileOf(file), body);
    const { exitCode, stdout, stderr } = await cli(['findings', '--json', '--all']);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).findings).toHaveLength(found(report).length);
    expect(stderr).toMatch(new RegExp(`^orgsweep: .*${name} could not be read`, 'm'));
    expect(stderr).not.toContain('has not ended');
  });

  it('does not say that a run has no accounts where it cannot read them', async () => {
    writeFileSync(fileOf('work/expected.json'), '{');
    const { exitCode, stderr } = await cli(['findings', '--account', '210000000001']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('whose accounts could not be read');
  });

  it('says nothing of a plan that somebody changed', async () => {
    const plan = JSON.parse(readFileSync(fileOf('plan.json'), 'utf8'));
    writeFileSync(fileOf('plan.json'), JSON.stringify({ ...plan, held: [] }));
    const { exitCode, stdout, stderr } = await cli(['findings']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('is not the plan that was made');
  });

  it('says that a run is not over', async () => {
    rmSync(fileOf('summary.json'));
    expect((await cli(['findings'])).stderr).toContain('It has not ended');
    rmSync(fileOf('findings.jsonl'));
    expect((await cli(['findings'])).stderr).not.toContain(id);
    const { exitCode, stderr } = await cli(['findings', id]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${id} has written no findings: it still runs, or was broken off.`);
  });
});
