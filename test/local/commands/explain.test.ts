import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Explanations } from '../../../report/explain/explanation.ts';
import { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { main } from '../../../local/cli/cli.ts';
import { aFinding } from '../../support/summaries/builders.ts';
import { AT_ONCE } from '../../support/removal-sweep.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-explain-'));
const scenario = path.join(out, 'scenario.json');

async function cli(...argv: string[]) {
  const { terminal, written } = fakeTerminal();
  const exitCode = await main([...argv, '--out', out], terminal);
  return { exitCode, ...written };
}

const fileOf = (mode: string, name: string) => {
  const [executionId = ''] = readdirSync(path.join(out, 'executions')).filter((id) =>
    id.includes(mode),
  );
  return path.join(out, 'executions', executionId, name);
};
const read = (mode: string, name: string) => readFileSync(fileOf(mode, name), 'utf8');

beforeAll(async () => {
  writeFileSync(
    scenario,
    JSON.stringify({ accounts: 1, regions: ['us-east-1'], snapshotsPerTarget: 60 }),
  );
  const simulated = ['run', '--simulated', '--scenario', scenario];
  await cli(...simulated);
  const policy = JSON.stringify({ policy: AT_ONCE });
  await cli(...simulated, '--mode', 'delete', '--enable-deletion', '--input', policy);
});
afterAll(() => rmSync(out, { recursive: true }));

const removed = () =>
  RemovalOutcome.parse(JSON.parse(read('delete', 'removals.jsonl').split('\n')[0] ?? ''));
const json = async (resourceId: string) =>
  Explanations.parse(JSON.parse((await cli('explain', resourceId, '--json')).stdout));

const ofMode = (wanted: string, resources: Explanations['resources']) =>
  resources[0]?.executions.find(({ executionId }) => executionId.includes(wanted));

it('tells of a removed snapshot what each execution found, planned and did', async () => {
  const { resourceId } = removed();
  const { exitCode, stdout, stderr } = await cli('explain', resourceId);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/-delete-[^]*Unused: [^]*Planned: to be deleted[^]*Deleted on /);
  expect(stdout).toMatch(/-report-[^]*Unused: [^]*held back[^]*\(IN_GRACE\)/);
  expect(stdout).not.toContain('Beware');
});

it('tells machines the same, by a schema', async () => {
  const outcome = removed();
  const { resources } = await json(outcome.resourceId);
  expect(resources).toHaveLength(1);
  expect(resources[0]?.stale).toMatchObject({ since: expect.any(String) });
  expect(ofMode('delete', resources)).toMatchObject({
    removal: outcome,
    plan: { status: 'READY', intact: true },
  });
  expect(ofMode('report', resources)).toMatchObject({
    removal: null,
    held: { held: expect.arrayContaining(['IN_GRACE']) },
  });
});

it('tells of a snapshot that a plan holds back', async () => {
  const { held } = Plan.parse(JSON.parse(read('delete', 'plan.json')));
  const last = held.find((one) => one.held.includes('LAST_COPY'));
  const { stdout } = await cli('explain', last?.resourceId ?? '');
  expect(stdout).toContain('(LAST_COPY)');
  expect(stdout).not.toMatch(/^ +Deleted on/m);
});

it.each(['snap-0', 'snap-0123456789abcdef0', '\u001b[2J'])(
  'finds nothing about %j: exit 2, in sentences, with what was searched',
  async (resourceId) => {
    const { exitCode, stdout, stderr } = await cli('explain', resourceId);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^orgsweep: [^\n\u001b]+\n$/);
    const given = resourceId.startsWith('snap') ? resourceId : JSON.stringify(resourceId);
    const [newest] = readdirSync(path.join(out, 'executions')).toSorted().reverse();
    expect(stderr).toContain(
      `${given} isn't in any of the 2 executions in ${out} (the newest: ${newest}). Either it is in use`,
    );
    expect(stderr).toContain(
      'or the id is mistyped. Another folder: --out DIR. A simulated organization: --keep DIR. A deployed hub: --hub.',
    );
  },
);

it('of what a restore made again, by its new id, names what it was made of', async () => {
  const { kind, accountId, region, resourceId, at } = removed();
  const line = { kind, accountId, region, resourceId, outcome: 'RESTORED', newId: 'vol-9', at };
  appendFileSync(fileOf('delete', 'restores.jsonl'), `${JSON.stringify(line)}\n`);
  const { exitCode, stderr } = await cli('explain', 'vol-9');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(` from ${resourceId}, and no run has listed it since`);
  expect(stderr).not.toContain('mistyped');
});

it('names a folder in which there are no executions', async () => {
  const { terminal, written } = fakeTerminal();
  const nowhere = path.join(out, 'nowhere');
  expect(await main(['explain', 'snap-1', '--out', nowhere], terminal)).toBe(2);
  expect(written.stderr).toContain(`There are no executions in ${nowhere} (`);
  expect(written.stderr).toContain(
    ' Another folder: --out DIR. A simulated organization: --keep DIR.',
  );
});

describe('an execution that was broken off before it wrote its files', () => {
  it('is read from what its steps left: a removal without an outcome may have been made', async () => {
    const { resourceId, accountId, region } = removed();
    for (const name of ['summary.json', 'findings.jsonl', 'targets.jsonl', 'removals.jsonl'])
      rmSync(fileOf('delete', name));
    const ledger = fileOf('delete', `work/ledger/${accountId}/${region}/000001.json`);
    const batch = JSON.parse(readFileSync(ledger, 'utf8')) as {
      entries: { resourceId: string; outcome: unknown }[];
    };
    for (const entry of batch.entries) if (entry.resourceId === resourceId) entry.outcome = null;
    writeFileSync(ledger, JSON.stringify(batch));
    const { resources } = await json(resourceId);
    expect(ofMode('delete', resources)).toMatchObject({
      mode: 'delete',
      status: null,
      finding: { verdict: 'STALE' },
      target: { status: 'COMPLETE' },
      removal: { outcome: 'FAILED', reasons: ['OUTCOME_UNKNOWN'] },
    });
    expect(ofMode('delete', resources)?.why.join(' ')).toContain('it may be gone');
  });
});

describe('damaged files', () => {
  it('hide nothing else, and are named', async () => {
    const { resourceId } = JSON.parse(read('report', 'findings.jsonl').split('\n')[0] ?? '') as {
      resourceId: string;
    };
    writeFileSync(fileOf('report', 'plan.json'), read('report', 'plan.json').slice(0, -9));
    appendFileSync(fileOf('report', 'findings.jsonl'), `{"resourceId":"${resourceId}"}\n`);
    writeFileSync(fileOf('report', 'measured.jsonl'), '{\n');
    const { resources } = await json(resourceId);
    const report = ofMode('report', resources);
    expect(report?.finding?.resourceId).toBe(resourceId);
    expect(report?.unreadable).toEqual(
      expect.arrayContaining([
        fileOf('report', 'plan.json'),
        fileOf('report', 'findings.jsonl'),
        fileOf('report', 'measured.jsonl'),
      ]),
    );
  });

  it('that only mention the id in another place are no mention of it', async () => {
    const folder = path.join(out, 'executions', 'other');
    mkdirSync(folder);
    const finding = aFinding({ resourceId: 'snap-2', evidence: { copyOf: 'snap-1' } });
    writeFileSync(path.join(folder, 'findings.jsonl'), `${JSON.stringify(finding)}\n`);
    expect((await cli('explain', 'snap-1')).exitCode).toBe(2);
    expect((await cli('explain', 'snap-2')).exitCode).toBe(0);
  });
});
