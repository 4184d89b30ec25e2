import { LEFTOVER_SITUATIONS } from '../../../simulation/kinds/ebs-snapshot/leftover-situations.ts';
import { needsOf } from '../../../simulation/needs.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { execute } from '../../../local/environment/execute.ts';
import {
  WITH_PENDING_RETENTION_RULE,
  WITHOUT_RETENTION_RULE,
} from '../../../simulation/scenarios/default.ts';
import { scenarioByName } from '../../../simulation/scenarios/registry.ts';
import {
  byHand,
  openSimulatedSweep,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';
import { isLeftover, snapshotTruths } from '../../support/organizations/snapshot-truths.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const AT_ONCE = { graceDays: 0, requireUndo: false };
const SMALL = steadyScenario({ accounts: 2, regions: 2, snapshotsPerTarget: 40, seed: 7 });

/** Every snapshot that is gone, straight from the organization's own state. */
function goneFrom(sweep: SimulatedSweep): string[] {
  return sweep.organization.accounts
    .flatMap(({ id, regions }) =>
      regions.flatMap(({ name }) => [...sweep.organization.estate(id, name).deletedSnapshotIds()]),
    )
    .toSorted();
}

function plannedIn({ plan }: SweepFiles): string[] {
  return plan.removals.map(({ resourceId }) => resourceId).toSorted();
}

describe('a delete execution of the default scenario', () => {
  let sweep: SimulatedSweep;
  let files: SweepFiles;
  beforeAll(async () => {
    sweep = await openSimulatedSweep(scenarioByName('default'), byHand());
    files = await sweep.run({ mode: 'delete', policy: AT_ONCE });
  }, 180_000);
  afterAll(async () => sweep.close());

  it('ends complete, with everything planned removed', () => {
    expect(files.summary.removals.byOutcome).toMatchObject({ REMOVED: files.plan.removals.length });
    expect(files.summary.status).toBe('COMPLETE');
    expect(files.plan.removals.length).toBeGreaterThan(500);
  });

  it('leaves an organization in which everything planned is gone, and nothing else', () => {
    expect(goneFrom(sweep)).toEqual(plannedIn(files));
  });

  it('has left everything in the Recycle Bin where a rule is in place, and nothing elsewhere', () => {
    const unkept = new Set<string>([...WITHOUT_RETENTION_RULE, ...WITH_PENDING_RETENTION_RULE]);
    for (const { accountId, region } of visibleTargets(sweep.organization)) {
      const estate = sweep.organization.estate(accountId, region);
      const binned = estate.binnedSnapshots().map(({ snapshot }) => snapshot.snapshotId);
      const gone = unkept.has(`${accountId}/${region}`) ? [] : [...estate.deletedSnapshotIds()];
      expect(binned).toEqual(gone);
    }
  });

  it('has removed nothing that the truth says to keep, nor anything that somebody needs', () => {
    for (const { accountId, region } of visibleTargets(sweep.organization)) {
      const estate = sweep.organization.estate(accountId, region);
      const truths = snapshotTruths(estate);
      for (const id of estate.deletedSnapshotIds()) {
        expect(truths.get(id)).toMatchObject({ resourceId: id, verdict: 'STALE' });
        expect(needsOf(estate, id)).toEqual([]);
      }
    }
  });

  it('has removed what AMIs left behind, of each sort that the truth knows, for that reason', () => {
    const planned = new Map(
      files.plan.removals.map(({ resourceId, reasons }) => [resourceId, reasons]),
    );
    const gone = visibleTargets(sweep.organization).flatMap(({ accountId, region }) => {
      const estate = sweep.organization.estate(accountId, region);
      const truths = snapshotTruths(estate);
      return [...estate.deletedSnapshotIds()].flatMap((id) => truths.get(id) ?? []);
    });
    const left = gone.filter(isLeftover);
    for (const { resourceId } of left) expect(planned.get(resourceId)).toContain('AMI_GONE');
    const unused = LEFTOVER_SITUATIONS.filter(({ verdict }) => verdict === 'STALE');
    expect([...new Set(left.map(({ situation }) => situation))].toSorted()).toEqual(
      unused.map(({ name }) => name).toSorted(),
    );
    // Whatever else went, went for its volume.
    for (const { resourceId } of gone.filter((one) => !isLeftover(one)))
      expect(planned.get(resourceId)).not.toContain('AMI_GONE');
  });

  it('has left a completed copy of every volume that had one: what an AMI left behind is none', () => {
    for (const { accountId, region } of visibleTargets(sweep.organization)) {
      const estate = sweep.organization.estate(accountId, region);
      const truths = snapshotTruths(estate);
      const isCopy = (id: string) => !isLeftover(truths.get(id));
      const volumes = new Set(
        files.plan.removals
          .filter((removal) => removal.accountId === accountId && removal.region === region)
          .filter(({ resourceId }) => isCopy(resourceId))
          .map(({ lineage }) => lineage?.id ?? ''),
      );
      for (const volumeId of volumes) {
        expect(
          estate
            .snapshotsOfVolume(volumeId)
            .filter(({ state, snapshotId }) => state === 'completed' && isCopy(snapshotId)),
        ).not.toEqual([]);
      }
    }
  });

  it('accounts for every planned removal with one outcome, and an intent before it', () => {
    expect(files.removals.map(({ resourceId }) => resourceId).toSorted()).toEqual(plannedIn(files));
    for (const { intentAt, at } of files.removals) {
      expect(Date.parse(intentAt ?? '')).toBeLessThanOrEqual(Date.parse(at));
    }
  });

  it('removes nothing twice: a second run plans none of it', async () => {
    const deletesBefore = sweep.simulation.calls.total['ec2:DeleteSnapshot'];
    const again = await sweep.run({ mode: 'delete', policy: AT_ONCE });
    expect(again.plan).toMatchObject({ status: 'EMPTY', removals: [] });
    expect(sweep.simulation.calls.total['ec2:DeleteSnapshot']).toBe(deletesBefore);
    expect(again.summary.counts.verdicts.STALE).toBe(
      files.summary.counts.verdicts.STALE - files.plan.removals.length,
    );
  }, 60_000);
});

describe('deletion', () => {
  let sweep: SimulatedSweep;
  beforeEach(async () => {
    sweep = await openSimulatedSweep(SMALL, byHand());
  });
  afterEach(async () => sweep.close());

  it('waits for the grace: nothing goes on first sight', async () => {
    const { plan, summary } = await sweep.run({
      mode: 'delete',
      policy: { requireUndo: false },
    });
    expect(plan.status).toBe('EMPTY');
    expect(summary.plan?.heldByReason.IN_GRACE).toBe(summary.counts.verdicts.STALE);
    expect(goneFrom(sweep)).toEqual([]);
  });

  it('keeps what only a Recycle Bin could give back, where no rule keeps it', async () => {
    const { organization } = sweep;
    for (const { accountId, region } of visibleTargets(organization))
      organization.estate(accountId, region).setRetentionRules([]);
    const { plan, summary } = await sweep.run({ mode: 'delete', policy: { graceDays: 0 } });
    expect(plan.status).toBe('EMPTY');
    expect(summary.plan?.heldByReason.NO_RECYCLE_BIN_RULE).toBe(summary.counts.verdicts.STALE);
    expect(goneFrom(sweep)).toEqual([]);
  });

  it('removes at most maxRemovalsPerTarget, the oldest first', async () => {
    const { plan, findings } = await sweep.run({
      mode: 'delete',
      policy: { ...AT_ONCE, allowLastCopy: true },
      limits: { maxRemovalsPerTarget: 3 },
    });
    const { accountId, region } = plan.removals[0] ?? {};
    const oldest = findings
      .filter((finding) => finding.accountId === accountId && finding.region === region)
      .filter(({ verdict }) => verdict === 'STALE')
      .toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1))
      .slice(0, 3);
    expect(
      plan.removals
        .filter((removal) => removal.accountId === accountId && removal.region === region)
        .map(({ resourceId }) => resourceId),
    ).toEqual(oldest.map(({ resourceId }) => resourceId));
    expect(goneFrom(sweep)).toEqual(plan.removals.map(({ resourceId }) => resourceId).toSorted());
    expect(plan.removals).toHaveLength(12);
  });

  it('refuses a plan over maxRemovals as a whole: nothing is removed anywhere', async () => {
    const { summary, error, text } = await sweep.run({
      mode: 'delete',
      policy: AT_ONCE,
      limits: { maxRemovals: 5 },
    });
    expect(summary.status).toBe('PLAN_REFUSED');
    expect(error).toBe('PlanRefused');
    expect(text).toMatch(/^REFUSED /);
    expect(goneFrom(sweep)).toEqual([]);
    expect(sweep.simulation.calls.total['ec2:CreateTags']).toBeUndefined();
  });

  it('removes at most maxRemovalsPerAccount, the oldest first, whatever their Region', async () => {
    const { plan, findings } = await sweep.run({
      mode: 'delete',
      policy: { ...AT_ONCE, allowLastCopy: true },
      limits: { maxRemovalsPerAccount: 3 },
    });
    const account = plan.removals[0]?.accountId;
    const oldest = findings
      .filter(({ accountId, verdict }) => accountId === account && verdict === 'STALE')
      .toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1))
      .slice(0, 3);
    const planned = plan.removals.filter(({ accountId }) => accountId === account);
    expect(planned.map(({ resourceId }) => resourceId).toSorted()).toEqual(
      oldest.map(({ resourceId }) => resourceId).toSorted(),
    );
    expect(plan.removals).toHaveLength(6);
    expect(goneFrom(sweep)).toEqual(plan.removals.map(({ resourceId }) => resourceId).toSorted());
  });

  it.each([
    ['maxStalePercentPerAccount', 'COMPLETE', 'EMPTY'],
    ['maxStalePercentOverall', 'PLAN_REFUSED', 'REFUSED'],
  ])('removes nothing anywhere over %s', async (limit, status, planStatus) => {
    const limits = { [limit]: 10 };
    const { summary, plan } = await sweep.run({ mode: 'delete', policy: AT_ONCE, limits });
    expect([summary.status, plan.status]).toEqual([status, planStatus]);
    expect(summary.plan?.heldByLimit).toEqual({ [limit]: expect.any(Number) as number });
    expect(goneFrom(sweep)).toEqual([]);
    expect(sweep.simulation.calls.total['ec2:CreateTags']).toBeUndefined();
  });

  it('applies the plan that a report made: exactly that list', async () => {
    const report = await sweep.run({ policy: AT_ONCE, scope: { accounts: [accountOf(sweep)] } });
    expect(report.plan.status).toBe('PREVIEW');
    const applied = await sweep.run({ mode: 'delete', policy: AT_ONCE, plan: report.executionId });
    expect(plannedIn(applied)).toEqual(plannedIn(report));
    expect(goneFrom(sweep)).toEqual(plannedIn(report));
    expect(applied.plan.basedOn).toBe(report.executionId);
    expect(applied.summary.plan?.heldByReason.NOT_IN_NAMED_PLAN).toBeGreaterThan(0);
  });

  it.each<[string, (report: SweepFiles) => string]>([
    ['changed since', ({ plan }) => JSON.stringify({ ...plan, removals: plan.removals.slice(1) })],
    ['cut short', ({ plan }) => JSON.stringify(plan).slice(0, -9)],
  ])('refuses a plan that was %s', async (_, forge) => {
    const report = await sweep.run({ policy: AT_ONCE });
    const key = `executions/${report.executionId}/plan.json`;
    await sweep.environment.deps.store.put(key, forge(report));
    const { result, published } = await execute(sweep.environment, {
      executionId: 'applying',
      input: { ...SMALL.input, mode: 'delete', plan: report.executionId },
      topic: undefined,
    });
    expect(result.status).toBe('FAILED');
    expect(published?.Subject).toMatch(/InvalidInput/);
    expect(published?.Message).toMatch(/its digest doesn't match/);
    expect(goneFrom(sweep)).toEqual([]);
  });
});

function accountOf({ organization }: SimulatedSweep): string {
  return visibleTargets(organization)[0]?.accountId ?? '';
}
