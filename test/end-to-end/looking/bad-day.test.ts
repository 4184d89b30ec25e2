import { scenarioByName } from '../../../simulation/scenarios/registry.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import {
  byHand,
  openSimulatedSweep,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

describe('the scenario bad-day', () => {
  let sweep: SimulatedSweep;
  let files: SweepFiles;
  beforeAll(async () => {
    const scenario = scenarioByName('bad-day');
    sweep = await openSimulatedSweep(scenario, { enableDeletion: false });
    files = await sweep.run();
  }, 120_000);
  afterAll(async () => sweep.close());

  it('ends partial, never complete, and says so in the first word', () => {
    expect(files.summary.status).toBe('PARTIAL');
    expect(files.error).toBe('PartialCoverage');
    expect(files.text).toMatch(/^PARTIAL /);
  });

  it('names each kind of failure by its own status', () => {
    expect(new Set(files.summary.coverage.gaps.map(({ status }) => status))).toEqual(
      new Set(['ROLE_UNAVAILABLE', 'ACCESS_DENIED', 'DENIED_BY_SCP', 'THROTTLED', 'FAILED']),
    );
  });

  it('accounts for every target: visible ones are in the ledger, complete or with their failure', () => {
    const told = new Map(
      files.targets.map((target) => [`${target.accountId}/${target.region ?? '*'}`, target]),
    );
    for (const { accountId, region } of visibleTargets(sweep.organization)) {
      expect(told.get(`${accountId}/${region}`) ?? told.get(`${accountId}/*`)).toBeDefined();
    }
    for (const target of files.targets) {
      if (target.status === 'COMPLETE' || target.status === 'EXCLUDED') continue;
      expect(target.failure?.message).not.toBe('');
    }
  });

  it('calls nothing stale in a target that was not seen completely', () => {
    const complete = new Set(
      files.targets
        .filter(({ status }) => status === 'COMPLETE')
        .map(({ accountId, region }) => `${accountId}/${region}`),
    );
    const stale = files.findings.filter(({ verdict }) => verdict === 'STALE');
    expect(stale.length).toBeGreaterThan(500);
    for (const { accountId, region } of stale) expect(complete).toContain(`${accountId}/${region}`);
    expect(files.summary.counts.verdicts.UNKNOWN).toBeGreaterThan(0);
  });
});

describe('one failing listing', () => {
  const scenario = steadyScenario({ accounts: 1, regions: 2, snapshotsPerTarget: 120, seed: 3 });
  const LISTINGS = ['DescribeVolumes', 'DescribeInstances', 'DescribeImages'];
  const ANSWERS: SimFault['answer'][] = [
    'deny',
    'throttle',
    'error',
    'reset',
    'truncate',
    'html',
    'portal',
  ];

  it.each(LISTINGS.flatMap((operation) => ANSWERS.map((answer) => [operation, answer] as const)))(
    '%s answered with %s: nothing of that target is stale, nothing is removed there',
    async (operation, answer) => {
      const sweep = await openSimulatedSweep(scenario, byHand());
      try {
        const [broken] = visibleTargets(sweep.organization);
        if (broken === undefined) throw new Error('no target');
        sweep.simulation.setFaults([{ operation, answer, ...broken }]);
        const files = await sweep.run({
          mode: 'delete',
          policy: { graceDays: 0, requireUndo: false, allowLastCopy: true },
          limits: { maxRemovalsPerTarget: 5 },
        });
        const estate = sweep.organization.estate(broken.accountId, broken.region);
        expect([...estate.deletedSnapshotIds()]).toEqual([]);
        const there = files.findings.filter(({ region }) => region === broken.region);
        expect(there.filter(({ verdict }) => verdict === 'STALE')).toEqual([]);
        expect(files.summary.coverage).toMatchObject({ complete: 1, inScope: 2 });
        // The other Region isn't held up.
        expect(files.summary.removals.byOutcome.REMOVED).toBe(5);
      } finally {
        await sweep.close();
      }
    },
    60_000,
  );
});
