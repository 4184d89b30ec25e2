import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Plan } from '../../../core/plan/plan.ts';
import { Summary } from '../../../core/summary/summary.ts';
import type { SimFunctionFault } from '../../../simulation/model/function-fault.ts';
import { withoutSeal } from '../../../store/fenced-store.ts';
import { keysOf } from '../../../store/keys.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const REMOVABLE = { graceDays: 0, requireUndo: false, allowLastCopy: true };
const DELETE = ['--mode', 'delete', '--input', JSON.stringify({ policy: REMOVABLE })];

/** Of which calls of a function fail, over all executions of the hub. */
const failing = (
  name: SimFunctionFault['function'],
  from: number,
  to = from,
): SimFunctionFault => ({
  function: name,
  answer: 'fail',
  calls: { from, to },
});

let hub: ServedHub;
async function serve(...functionFaults: SimFunctionFault[]) {
  const scenario = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 30, seed: 7 });
  hub = await serveHub({ ...scenario, functionFaults });
}
afterEach(async () => hub.close());

const run = async (...argv: string[]) => hub.cli('start', '--watch', ...argv);
const summaryOf = (id: string) => Summary.parse(JSON.parse(hub.read(keysOf(id).summary)));
const planOf = (id: string) => Plan.parse(JSON.parse(withoutSeal(hub.read(keysOf(id).plan))));
const rewrite = async (key: string, body: string) => hub.connection.store.put(key, body);
const deleted = () => hub.simulation.calls.total['ec2:DeleteSnapshot'] ?? 0;

describe('an execution whose Plan failed', () => {
  it('says how to take it up, and is taken up under its own id without scanning anew', async () => {
    await serve(failing('Plan', 1));
    const failed = await run('--name', 'old');
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('orgsweep start --resume old');
    const scanned = hub.simulation.calls.total['ec2:DescribeSnapshots'];
    const { exitCode, stdout, stderr } = await run('--resume', 'old');
    expect([exitCode, hub.simulation.calls.total['ec2:DescribeSnapshots']]).toEqual([0, scanned]);
    expect(stdout).toMatch(/failed, and was resumed on/);
    expect(stderr).toContain('files:     s3://orgsweep-hub/executions/old/');
    const { status, resumed, trend, executionId } = summaryOf('old');
    expect([status, executionId, trend.length]).toEqual(['COMPLETE', 'old', 1]);
    expect(planOf('old').createdAt).toBe(resumed?.scannedAt);
    // Both names lead to it.
    expect((await hub.cli('watch', 'old')).exitCode).toBe(0);
    expect((await hub.cli('watch', resumed?.by ?? '')).stdout).toBe(
      (await hub.cli('watch', 'old')).stdout,
    );
  });

  it('deletes only where that is asked for again, and then as usual', async () => {
    await serve(failing('Plan', 1));
    const failed = await run('--name', 'old', ...DELETE);
    expect(failed.stdout).toContain('orgsweep start --resume old --mode delete');
    const refused = await run('--resume', 'old');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('input.mode: "report" – accepted: "delete", as old deletes');
    expect(deleted()).toBe(0);
    const { exitCode } = await run('--resume', 'old', '--mode', 'delete');
    expect(exitCode).toBe(0);
    expect(deleted()).toBeGreaterThan(0);
    expect(summaryOf('old')).toMatchObject({ status: 'COMPLETE', mode: 'delete' });
  });

  it('never deletes what was only to be reported', async () => {
    await serve(failing('Plan', 1));
    await run('--name', 'old');
    const { exitCode, stderr } = await run('--resume', 'old', '--mode', 'delete');
    expect([exitCode, deleted()]).toEqual([2, 0]);
    expect(stderr).toContain('input.mode: "delete" – accepted: "report", as old deletes nothing');
  });

  it('is not taken up by a file that somebody rewrote', async () => {
    await serve(failing('Plan', 1));
    await run('--name', 'old', ...DELETE);
    const { expected } = keysOf('old');
    await rewrite(expected, hub.read(expected).replace('"graceDays": 0', '"graceDays": 1'));
    const { stdout } = await run('--resume', 'old', '--mode', 'delete');
    expect(stdout).toContain('somebody changed it');
    expect(deleted()).toBe(0);
  });

  it('believes no outcome and no plan that somebody wrote meanwhile', async () => {
    await serve(failing('Plan', 1));
    await run('--name', 'old', ...DELETE);
    const { expected, plan, outcomesPrefix } = keysOf('old');
    expect(expected).toBeDefined();
    for await (const key of hub.connection.store.list(outcomesPrefix)) {
      await rewrite(key, hub.read(key).replace('COMPLETE', 'COMPLETE '));
    }
    await run('--resume', 'old', '--mode', 'delete');
    expect(summaryOf('old').coverage.complete).toBe(0);
    expect(planOf('old').removals).toEqual([]);
    expect([deleted(), plan]).toEqual([0, expect.any(String)]);
  });

  it('believes no plan that was planted', async () => {
    await serve(failing('Plan', 1));
    await run('--name', 'old', ...DELETE);
    await rewrite(keysOf('old').plan, '{"schemaVersion":1,"removals":[]}\n');
    const { exitCode } = await run('--resume', 'old', '--mode', 'delete');
    expect([exitCode, deleted()]).toEqual([1, 0]);
  });

  it('is taken up a second time where that failed as well, by either name', async () => {
    await serve(failing('Plan', 1), failing('Plan', 2));
    await run('--name', 'old');
    const second = await run('--resume', 'old');
    expect(second.exitCode).toBe(1);
    const { by } = summaryOf('old').resumed ?? { by: '' };
    const third = await hub.connection.clients.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: hub.connection.hub.stateMachineArn,
        name: 'third',
        input: JSON.stringify({ resume: by }),
      }),
    );
    expect(third.executionArn).toContain('third');
    expect((await hub.cli('watch', 'third')).exitCode).toBe(0);
    expect(summaryOf('old')).toMatchObject({ status: 'COMPLETE', resumed: { by: 'third' } });
    const again = await run('--resume', 'old');
    expect(again.stderr).toContain('third took it up; of that: it ended well');
  });
});

describe('an execution whose Summarize failed', () => {
  it('is summed up under its own id: what it deleted is told, and nothing more is deleted', async () => {
    await serve(failing('Summarize', 1));
    const failed = await run('--name', 'old', ...DELETE);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout + failed.stderr).toContain('start --resume old');
    const before = deleted();
    const { exitCode } = await run('--resume', 'old');
    expect([exitCode, deleted()]).toEqual([0, before]);
    const { removals, trend } = summaryOf('old');
    expect(removals.byOutcome.REMOVED).toBeGreaterThan(0);
    expect(trend).toHaveLength(1);
  });
});

describe('what cannot be taken up', () => {
  it('is refused by name, with what to do instead', async () => {
    await serve(failing('Prepare', 2), failing('ListRegions', 1, 100));
    await run('--name', 'partial');
    const refusals: [string, string][] = [
      ['none', 'an execution of this hub, of the last 90 days; there is none'],
      ['partial', 'it is summed up; what it did not see: orgsweep start --retry partial'],
    ];
    await run('--name', 'unprepared');
    refusals.push(['unprepared', 'it failed before anything was scanned; start anew']);
    for (const [id, words] of refusals) {
      const { exitCode, stderr } = await run('--resume', id);
      expect([id, exitCode]).toEqual([id, 2]);
      expect(stderr).toContain(`input.resume: "${id}" – accepted: `);
      expect(stderr).toContain(words);
    }
    const beside = await run('--resume', 'partial', '--region', 'us-east-1');
    expect(beside.stderr).toContain('accepted: nothing beside resume and mode');
    const local = await hub.cli('run', '--simulated', '--resume', 'partial');
    expect([local.exitCode, local.stderr.includes('only with start, on a deployed hub')]).toEqual([
      2,
      true,
    ]);
  });

  it('is an execution whose input claims to be another one that was prepared', async () => {
    await serve(failing('Prepare', 2));
    await run('--name', 'real', ...DELETE);
    const real = { ...summaryOf('real') };
    const claim = { executionId: 'real', expectedDigest: 'a'.repeat(64), mode: 'delete' };
    await hub.connection.clients.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: hub.connection.hub.stateMachineArn,
        name: 'claims',
        input: JSON.stringify({ ...claim, approval: 'none', plan: { planDigest: 'x' } }),
      }),
    );
    expect((await hub.cli('watch', 'claims')).exitCode).toBe(1);
    expect(summaryOf('real')).toEqual(real);
    const { exitCode, stderr } = await run('--resume', 'claims', '--mode', 'delete');
    expect([exitCode, stderr.includes('it failed before anything was scanned')]).toEqual([2, true]);
  });
});
