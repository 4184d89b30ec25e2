import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../clock/clock.ts';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { type Simulation, startSimulation } from '../../../simulation/server.ts';
import {
  AT_ONCE,
  ledgerOf,
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
  tally,
} from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

describe('an interrupt', () => {
  let sweep: RemovalSweep;
  let interrupt: AbortController;
  async function open(options: RemovalSweepOptions = {}): Promise<void> {
    interrupt = new AbortController();
    sweep = await openRemovalSweep({ signal: interrupt.signal, ...options });
  }
  afterEach(async () => sweep.close());

  const calls = (operation: string) => sweep.simulation.calls.total[`ec2:${operation}`] ?? 0;
  function interruptAt(operation: string, call: number): void {
    sweep.simulation.onBeforeCall = (made) => {
      if (made.operation === operation && calls(operation) === call) interrupt.abort();
    };
  }

  it('ends after the removal that is under way; the ledger says what was done and what not', async () => {
    await open();
    interruptAt('DeleteSnapshot', 3);
    const { summary, error, plan, removals, ledger } = await sweep.run('mine');
    expect(calls('DeleteSnapshot')).toBe(3);
    expect(tally(removals)).toEqual({ REMOVED: 3, 'NOT_ATTEMPTED INTERRUPTED': 5 });
    expect(removals.map(({ resourceId }) => resourceId)).toEqual(
      plan?.removals.map(({ resourceId }) => resourceId),
    );
    expect(tally(ledger.flatMap(({ outcome }) => outcome ?? []))).toEqual(tally(removals));
    const removed = removals.filter(({ outcome }) => outcome === 'REMOVED');
    expect(removed.map(({ resourceId }) => resourceId).toSorted()).toEqual(sweep.gone());
    expect([summary?.status, error]).toEqual(['REMOVALS_INCOMPLETE', 'RemovalsIncomplete']);
  });

  it('while a removal waits for its turn keeps it from being requested', async () => {
    await open({
      deps: (deps) => ({
        ...deps,
        clock: {
          now: () => deps.clock.now(),
          sleep: async (milliseconds) => {
            await deps.clock.sleep(milliseconds);
            if (calls('DeleteSnapshot') === 3) interrupt.abort();
          },
        },
      }),
    });
    await sweep.run('mine');
    expect(calls('DeleteSnapshot')).toBe(3);
  });

  it.each([
    ['during the second look: nothing is marked', 'DescribeImages', 2, 0],
    ['while the snapshots are marked: none is removed', 'CreateTags', 1, 1],
  ])('%s', async (_what, operation, call, marked) => {
    await open();
    interruptAt(operation, call);
    const { removals } = await sweep.run('mine');
    expect([calls('CreateTags'), calls('DeleteSnapshot')]).toEqual([marked, 0]);
    expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED INTERRUPTED': 8 });
  });

  it('right after the plan: no target is begun, and none of its removals is called done', async () => {
    await open();
    sweep.simulation.onBeforeCall = undefined;
    const { put } = sweep.store;
    sweep.store.put = async (key, ...rest) => {
      if (key.endsWith('/plan.json')) interrupt.abort();
      return put(key, ...rest);
    };
    const { removals, summary } = await sweep.run('mine');
    expect([calls('CreateTags'), calls('DeleteSnapshot')]).toEqual([0, 0]);
    expect(removals).toHaveLength(8);
    expect(new Set(removals.map(({ outcome }) => outcome))).toEqual(new Set(['NOT_ATTEMPTED']));
    expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
  });

  it('is not kept waiting by removals that wait; what AWS refused is told with its error', async () => {
    let interruptedAt = 0;
    await open({
      faults: [{ operation: 'DeleteSnapshot', answer: 'throttle' }],
      deps: (deps) => ({
        ...deps,
        clock: {
          now: () => deps.clock.now(),
          sleep: async (milliseconds) => {
            // By then each request waits ten seconds for its turn.
            if (calls('DeleteSnapshot') === 12) {
              interruptedAt = deps.clock.now().getTime();
              interrupt.abort();
            }
            await deps.clock.sleep(milliseconds);
          },
        },
      }),
    });
    const { removals } = await sweep.run('mine');
    expect(sweep.clock.now().getTime() - interruptedAt).toBeLessThanOrEqual(1000);
    expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED INTERRUPTED': 8 });
    expect(removals[0]?.failure).toMatchObject({ code: 'RequestLimitExceeded' });
  });

  it('leaves open what may have been carried out: only another look can tell', async () => {
    await open({ faults: [{ operation: 'DeleteSnapshot', answer: 'truncate' }] });
    interruptAt('DeleteSnapshot', 1);
    const { removals } = await sweep.run('mine');
    expect(sweep.gone()).toHaveLength(1);
    expect(tally(removals)).toEqual({
      'FAILED OUTCOME_UNKNOWN': 1,
      'NOT_ATTEMPTED INTERRUPTED': 7,
    });
    expect(removals.find(({ outcome }) => outcome === 'FAILED')?.resourceId).toBe(sweep.gone()[0]);
  });

  it('of an invocation that took over from a lost one calls nothing NOT_ATTEMPTED that is gone', async () => {
    let lost = false;
    let leasesSince = 0;
    await open({
      store: (store) => ({
        ...store,
        put: async (key, ...rest) => {
          // The first gives the lost one's lease back, the second is of the next invocation.
          if (lost && key.startsWith('leases/') && (leasesSince += 1) === 2) interrupt.abort();
          if (!lost && key.includes('/ledger/') && sweep.gone().length > 0) {
            lost = true;
            throw Object.assign(new Error('lost'), { name: 'Lambda.ServiceException' });
          }
          return store.put(key, ...rest);
        },
      }),
    });
    const { removals } = await sweep.run('mine');
    expect(sweep.gone()).toHaveLength(1);
    expect(tally(removals)).toEqual({
      'FAILED OUTCOME_UNKNOWN': 1,
      'NOT_ATTEMPTED INTERRUPTED': 7,
    });
  });
});

describe('a kill of the process during a removal', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-kill-'));
  const scenario = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 60, seed: 5 });
  const organization = scenario.build(systemClock.now());
  let simulation: Simulation;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    simulation = await startSimulation({ organization, clock: systemClock, seed: scenario.seed });
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await simulation.close();
    rmSync(folder, { recursive: true });
  });

  it('leaves a ledger that tells what was and may have been done', async () => {
    let deletes = 0;
    simulation.onBeforeCall = ({ operation }) => {
      if (operation === 'DeleteSnapshot' && (deletes += 1) === 4) child?.kill('SIGKILL');
    };
    child = runOrgsweep(simulation, folder, scenario.input);
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    expect(deletes).toBe(4);

    const [target] = visibleTargets(organization);
    if (target === undefined) throw new Error('no target');
    const gone = organization.estate(target.accountId, target.region).deletedSnapshotIds();
    const [executionId = ''] = readdirSync(path.join(folder, 'executions'));
    const ledger = await ledgerOf(makeFolderStore(folder), executionId);
    const intended = ledger.filter(({ intentAt }) => intentAt !== null);
    expect(gone.size).toBeGreaterThanOrEqual(3);
    expect(intended.map(({ resourceId }) => resourceId)).toEqual(expect.arrayContaining([...gone]));
    // Those that were requested and may be gone, and no other.
    const requested = ledger.filter(({ requestedAt }) => typeof requestedAt === 'string');
    expect(requested).toHaveLength(4);
    expect(requested.map((one) => one.resourceId)).toEqual(expect.arrayContaining([...gone]));
  });
});

/** The real program, against the simulated organization, on the real clock. */
function runOrgsweep(
  { endpoint, credentials }: Simulation,
  out: string,
  input: Record<string, unknown>,
): ChildProcess {
  const policy = { ...(input['policy'] as object), ...AT_ONCE };
  const argv = ['run', '--mode', 'delete', '--enable-deletion', '--out', out];
  return spawn(
    path.resolve('bin/orgsweep.mjs'),
    [...argv, '--input', JSON.stringify({ ...input, policy })],
    {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
    },
  );
}
