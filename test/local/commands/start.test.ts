import { setTimeout as sleep } from 'node:timers/promises';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { isGap, TargetOutcome } from '../../../core/outcome/outcome.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { parseArguments } from '../../../local/cli/arguments.ts';
import type { StartArguments } from '../../../local/arguments/start-arguments.ts';
import { startOnHub } from '../../../local/commands/start-command.ts';
import { watchExecution } from '../../../local/commands/watch-command.ts';
import { keysOf } from '../../../store/keys.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const NOW = new Date('2026-11-23T06:00:40.000Z');
const REMOVABLE = { graceDays: 0, requireUndo: false, allowLastCopy: true };
const DELETE = ['--mode', 'delete', '--input', JSON.stringify({ policy: REMOVABLE })];

let hub: ServedHub;
beforeAll(async () => {
  hub = await serveHub(
    steadyScenario({ accounts: 3, regions: 2, snapshotsPerTarget: 10, seed: 11 }),
  );
});
afterAll(async () => hub.close());
afterEach(() => hub.simulation.setFaults([]));

const started = () => hub.simulation.calls.total['states:StartExecution'] ?? 0;
const start = async (...argv: string[]) =>
  startOnHub(parseArguments(['start', ...argv]) as StartArguments, hub.connection, NOW);
/** Follows to the end. */
async function watch(executionId: string, json = false) {
  const { terminal, written, interrupt } = fakeTerminal();
  const watching = { executionId, json, terminal, pollMilliseconds: 50 };
  const exitCode = await watchExecution(hub.connection, watching);
  return { exitCode, ...written, interrupt };
}
async function run(...argv: string[]) {
  const { executionId } = await start(...argv);
  return { executionId, ...(await watch(executionId)) };
}
function targetsOf(executionId: string): TargetOutcome[] {
  const lines = hub.read(keysOf(executionId).targets).split('\n').filter(Boolean);
  return lines.map((line) => TargetOutcome.parse(JSON.parse(line)));
}

describe('starting', () => {
  it('names the execution by minute, mode and input, and sent twice it is the same one', async () => {
    const first = await start('--region', 'us-east-1');
    expect(first.executionId).toMatch(/^20261123T0600Z-report-[0-9a-f]{8}$/);
    expect(first.input).toEqual({ scope: { regions: ['us-east-1'] } });
    expect(await start('--region', 'us-east-1')).toEqual(first);
    const other = await start('--mode', 'delete');
    expect(other.executionId).toMatch(/^20261123T0600Z-delete-/);
    expect((await watch(first.executionId)).exitCode).toBe(0);
    await expect(start('--region', 'us-east-1')).rejects.toThrow(
      'accepted: one that no execution of the last 90 days has; it was started before with the same input, and is SUCCEEDED',
    );
    await watch(other.executionId);
  });

  it('takes a name of its own, once', async () => {
    const { executionId } = await start('--name', 'mine');
    expect(executionId).toBe('mine');
    await expect(start('--name', 'mine', '--region', 'us-east-1')).rejects.toThrow(
      '--name: "mine" – accepted: one that no execution of the last 90 days has; it was started before with another input',
    );
    await watch('mine');
  });

  it('prints where everything is, and the execution id alone on stdout', async () => {
    const { exitCode, stdout, stderr } = await hub.cli('start', '--name', 'printed');
    expect([exitCode, stdout]).toEqual([0, 'printed\n']);
    expect(stderr).toMatch(
      /^execution: arn:aws:states:us-east-1:\d{12}:execution:orgsweep:printed$/m,
    );
    expect(stderr).toContain('files:     s3://orgsweep-hub/executions/printed/\n');
    expect(stderr).toContain('follow it: orgsweep watch printed\n');
    const again = await hub.cli('start', '--name', 'as-json', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ executionId: 'as-json', input: {} });
    await Promise.all([watch('printed'), watch('as-json')]);
  });

  it.each([
    [['--input', '{"kinds":["x"]}'], '--input.kinds[0]: "x"'],
    [['--plan', 'e0'], 'input.plan: "e0" – accepted: only together with "mode": "delete"'],
    [['--mode', 'delete', '--plan', 'e0'], 'there is no s3://orgsweep-hub/executions/e0/plan.json'],
    [['--retry', 'e0'], 'input.scope.retryOf: "e0" – accepted: an execution that left targets'],
    [['--retry', 'e0', '--account', '111122223333'], 'input.scope.retryOf: "e0"'],
    [['--name', 'a b'], '--name: "a b" – accepted: 1 to 80 letters, digits'],
    [['--hub', 'hub'], 'argument: "hub"'],
    [['--hub=hub'], '--hub: "hub" – accepted: the name of an SSM parameter'],
    [['--hub', '/other/hub'], '--hub: there is no SSM parameter /other/hub in account'],
  ])('refuses %j with exit 2, and nothing is started', async (argv, message) => {
    const before = started();
    const { exitCode, stdout, stderr } = await hub.cli('start', ...argv);
    expect([exitCode, stdout, started()]).toEqual([2, '', before]);
    expect(stderr).toMatch(/^orgsweep: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it('asks AWS nothing for an input that is bad anyway', async () => {
    const before = { ...hub.simulation.calls.total };
    expect((await hub.cli('start', '--mode', 'delete', '--input', '{"a":1}')).exitCode).toBe(2);
    expect(hub.simulation.calls.total).toEqual(before);
  });

  it('says it in words when the caller may not become the operator', async () => {
    hub.simulation.setFaults([{ operation: 'AssumeRole', answer: 'deny' }]);
    const { exitCode, stderr } = await hub.cli('start');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /accepted: credentials that may assume arn:aws:iam::\d+:role\/orgsweep-op/,
    );
  });
});

describe('how it ends, with the exit codes of run', () => {
  it('0, with exactly what was published', async () => {
    const { executionId } = await start('--name', 'complete');
    const { exitCode, stdout, stderr } = await watch(executionId);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd()).toBe(hub.read(keysOf('complete').summaryText).trimEnd());
    expect(stderr).toBe('');
    const json = await watch('complete', true);
    expect(json).toMatchObject({ exitCode: 0, stdout: hub.read(keysOf('complete').summary) });
  });

  it('the same on the command line, started and watched in one', async () => {
    const done = await hub.cli('start', '--name', 'in-one', '--watch', '--json');
    expect(done.exitCode).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({ executionId: 'in-one', status: 'COMPLETE' });
    expect(await hub.cli('watch', 'in-one')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^COMPLETE /),
    });
  });

  it('2 when Prepare finds the input to be bad, and it tells why', async () => {
    const { exitCode, stdout } = await run('--name', 'nobody', '--account', '999999999999');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('input.scope.accounts[0]: "999999999999"');
    const json = await watch('nobody', true);
    expect(json).toMatchObject({ exitCode: 2, stdout: '' });
    expect(json.stderr).toContain('"999999999999"');
  });

  it('2 when the organization cannot be listed', async () => {
    hub.simulation.setFaults([{ operation: 'ListAccounts', answer: 'deny' }]);
    const { exitCode, stdout } = await run('--name', 'unlisted');
    expect([exitCode, stdout.includes('AccessDenied')]).toEqual([2, true]);
  });

  it('4 when the plan is refused', async () => {
    const limits = JSON.stringify({ policy: REMOVABLE, limits: { maxRemovals: 0 } });
    const done = await run('--name', 'refused', '--mode', 'delete', '--input', limits);
    expect([done.exitCode, done.stdout.split(' ')[0]]).toEqual([4, 'REFUSED']);
  });

  it('3 when it is partial, and a retry covers exactly what was not complete', async () => {
    const [sick = '', alsoSick = ''] = targetsOf('complete')
      .map(({ accountId }) => accountId)
      .filter((id, index, all) => all.indexOf(id) === index);
    hub.simulation.setFaults([
      { operation: 'DescribeSnapshots', accountId: sick, region: 'us-east-1', answer: 'deny' },
      { operation: 'DescribeRegions', accountId: alsoSick, answer: 'deny' },
    ]);
    const policy = { minAgeDays: 45 };
    const input = ['--input', JSON.stringify({ policy })];
    const partial = await run('--name', 'partial', ...input);
    expect(partial.exitCode).toBe(3);
    hub.simulation.setFaults([]);

    const retry = await run('--name', 'healed', '--retry', 'partial');
    expect(retry.exitCode).toBe(0);
    const seen = targetsOf('healed').filter(({ status }) => status === 'COMPLETE');
    const complete = new Set(
      targetsOf('partial')
        .filter(({ status }) => status === 'COMPLETE')
        .map(({ accountId, region }) => `${accountId}/${region}`),
    );
    const covered = seen.map(({ accountId, region }) => `${accountId}/${region}`);
    expect(covered.filter((target) => complete.has(target))).toEqual([]);
    expect(covered.length + complete.size).toBe(
      targetsOf('complete').filter(({ status }) => status === 'COMPLETE').length,
    );
    // What it goes by is what the first one went by.
    expect(JSON.parse(hub.read(keysOf('healed').summary))).toMatchObject({
      mode: 'report',
      input: { policy: { minAgeDays: 45 }, scope: { retryOf: 'partial' } },
    });
    expect(targetsOf('healed').filter(isGap)).toEqual([]);

    const again = await hub.cli('start', '--retry', 'healed');
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('it saw all of its targets completely');
  });
});

describe('removing', () => {
  it("applies exactly a report's plan", async () => {
    const report = await run('--name', 'monday', '--input', JSON.stringify({ policy: REMOVABLE }));
    expect(report.exitCode).toBe(0);
    const preview = Plan.parse(JSON.parse(hub.read(keysOf('monday').plan)));
    const one = preview.removals[0]?.accountId ?? '';
    const done = await run('--name', 'applied', '--plan', 'monday', '--account', one, ...DELETE);
    expect(done.exitCode).toBe(0);
    const plan = Plan.parse(JSON.parse(hub.read(keysOf('applied').plan)));
    const idsOf = ({ removals }: Plan) => removals.map(({ resourceId }) => resourceId).toSorted();
    const listed = { ...preview, removals: preview.removals.filter((r) => r.accountId === one) };
    expect(idsOf(plan)).toEqual(idsOf(listed));
    expect(plan.basedOn).toBe('monday');
    expect(done.stdout).toMatch(/^COMPLETE /);
  });

  it('5 when not everything planned could be removed, told while it goes on', async () => {
    hub.simulation.setFaults([{ operation: 'DeleteSnapshot', answer: 'deny' }]);
    const { executionId } = await start('--name', 'stuck', '--region', 'us-east-1', ...DELETE);
    const { terminal, written } = fakeTerminal({ isTerminal: true });
    const watching = { executionId, json: false, terminal, pollMilliseconds: 20 };
    expect(await watchExecution(hub.connection, watching)).toBe(5);
    expect(written.stderr).toMatch(/deleting .*deletions \d+\/\d+ /);
    expect(written.stderr).toMatch(
      /\d{12} us-east-1 DENIED snap-\w+ UnauthorizedOperation \(ec.*…/,
    );
    expect(written.stderr).toMatch(/^deleted {4}0 of (\d+), \1 failed {3}[\d.]+ /m);
  });
});

describe('watching', () => {
  it('shows on a terminal what run does, and the same table', async () => {
    const sick = {
      operation: 'AssumeRole',
      accountId: '310000000003',
      answer: 'deny',
    } as const;
    hub.simulation.setFaults([sick]);
    const { executionId } = await start('--name', 'shown');
    const { terminal, written } = fakeTerminal({ isTerminal: true, columns: 120 });
    const watching = { executionId, json: false, terminal, pollMilliseconds: 50 };
    expect(await watchExecution(hub.connection, watching)).toBe(3);
    expect(written.stderr).toMatch(/scanning \(step 2 of 4\) \[[#-]+\] · accounts \d\/3 · /);
    expect(written.stderr).toMatch(
      /^310000000003 \S+ all Regions ROLE_UNAVAILABLE \w+ \(sts:AssumeRole\): /m,
    );
    expect(written.stderr).toMatch(
      /^scanned {4}3 of 3 accounts, 5 account-Regions, [\d,]+ unused, 1 not complete {3}\d/m,
    );
    expect(written.stderr).toMatch(/^planned {3}\S+ s$/m);
    expect(written.stderr).toMatch(/^summarized {3}\S+ s\n$/m);
    expect(written.stdout).toMatch(
      /^\nPARTIAL 4 of 5 account-Regions scanned. 1 could not be scanned \(1 whole account\).\n[^]*\n\nWHAT TO DO /,
    );
    expect(written.stdout).toContain('files      s3://orgsweep-hub/executions/shown');
  });

  it('is ended by Ctrl-C, and the execution goes on', async () => {
    const { executionId } = await start('--name', 'left');
    const { terminal, written, interrupt, listeners } = fakeTerminal();
    const watching = watchExecution(hub.connection, { executionId, json: false, terminal });
    setTimeout(interrupt, 20);
    expect(await watching).toBe(130);
    expect(written.stdout).toBe('');
    expect(written.stderr).toBe(
      'stopped watching: left goes on; orgsweep watch left follows it again\n',
    );
    expect(listeners.size).toBe(0);
    expect((await watch('left')).exitCode).toBe(0);
  });

  it('tells of an execution that was aborted, and exits with 1', async () => {
    const { executionId, executionArn } = await start('--name', 'aborted');
    const stop = new StopExecutionCommand({ executionArn, error: 'Operator', cause: 'enough' });
    await hub.connection.clients.sfn.send(stop);
    const { exitCode, stdout, stderr } = await watch(executionId);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^orgsweep: aborted was aborted at .*Z \(Operator: enough\): it has no summary/,
    );
    expect(stderr).toContain('orgsweep start --retry aborted\n');
  });

  it('tells once that the plan waits for approval, and how to decide', async () => {
    const input = JSON.stringify({ policy: REMOVABLE, approval: 'required' });
    const argv = ['--name', 'asking', '--region', 'us-east-1', '--mode', 'delete'];
    const { executionId, executionArn } = await start(...argv, '--input', input);
    const { terminal, written } = fakeTerminal();
    const watching = { executionId, json: false, terminal, pollMilliseconds: 50 };
    const exit = watchExecution(hub.connection, watching);
    while (!written.stderr.includes('approve')) await sleep(50);
    await sleep(200);
    await hub.connection.clients.sfn.send(new StopExecutionCommand({ executionArn }));
    expect(await exit).toBe(1);
    const told = written.stderr.split('orgsweep: ')[0] ?? '';
    expect(told.match(/The plan waits for approval/g)).toHaveLength(1);
    expect(told).toMatch(/Delete \d+ unused snapshots? in \d+ accounts?: .*a\s+month\./s);
    expect(told.replace(/\s+/g, ' ')).toMatch(/Answer before .* UTC \(2 days 23 h left\)/);
    expect(told).toMatch(/^ {2}orgsweep approve asking\n {2}orgsweep reject asking\n/m);
    expect(told).toMatch(/^ {2}Page: s3:\/\/.*\/executions\/asking\/report\.html$/m);
  });

  it('goes on asking when it is throttled, and ends as ever', async () => {
    const { executionId } = await start('--name', 'throttled');
    hub.simulation.setFaults([
      { operation: 'DescribeExecution', calls: { from: 2, to: 6 }, answer: 'throttle' },
      { operation: 'GetExecutionHistory', calls: { from: 1, to: 1 }, answer: 'error' },
    ]);
    expect((await watch(executionId)).exitCode).toBe(0);
  });

  it('gives up on what does not pass, and says that the execution goes on', async () => {
    const { executionId } = await start('--name', 'denied');
    hub.simulation.setFaults([{ operation: 'DescribeExecution', answer: 'deny' }]);
    const { exitCode, stderr } = await hub.cli('watch', executionId);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/stopped watching: denied goes on; .*\norgsweep: AccessDenied: /);
    hub.simulation.setFaults([]);
    await watch(executionId);
  });

  it('refuses an execution that is not there', async () => {
    const { exitCode, stderr } = await hub.cli('watch', 'nothing');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('EXECUTION_ID: "nothing" – accepted: an execution of this hub');
  });
});
