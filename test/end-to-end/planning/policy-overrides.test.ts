import type { Scenario } from '../../../simulation/model/organization.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const WORKLOADS = 'ou-s1m0-workload';
const PRODUCTION = 'ou-s1m0-product1';

/** Two accounts alike: the first in an OU, the second in a production OU below it. */
const TWO = inUnits(steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 }));

function inUnits(scenario: Scenario): Scenario {
  return {
    ...scenario,
    build: (now) => {
      const organization = scenario.build(now);
      const accounts = organization.accounts.map((account, i) => {
        const units = [WORKLOADS, ...(i === 1 ? [PRODUCTION] : [])];
        return { ...account, path: ['o-sim4u8k2d7', 'r-s1m0', ...units, account.id, ''].join('/') };
      });
      return { ...organization, accounts };
    },
  };
}

let sweep: RemovalSweep;
let sandbox = '';
let production = '';
beforeEach(async () => {
  sweep = await openRemovalSweep({ scenario: TWO });
  [sandbox = '', production = ''] = sweep.estates.map(({ accountId }) => accountId);
});
afterEach(async () => sweep.close());

const accountsOf = (removals: readonly { accountId: string }[] = []) => [
  ...new Set(removals.map(({ accountId }) => accountId)),
];

async function outcomesOf(executionId: string): Promise<TargetOutcome[]> {
  const body = (await sweep.store.get(`executions/${executionId}/targets.jsonl`))?.body ?? '';
  const lines = body.split('\n').filter((line) => line !== '');
  return lines.map((line) => TargetOutcome.parse(JSON.parse(line)));
}

it('an OU where nothing may be removed keeps everything, and its stale resources are reported', async () => {
  const ended = await sweep.run('mine', {
    policyOverrides: [
      { organizationalUnits: [PRODUCTION], policy: { neverRemove: true, minAgeDays: 60 } },
      { organizationalUnits: [WORKLOADS], policy: { minAgeDays: 45 } },
    ],
  });
  expect(accountsOf(ended.plan?.removals)).toEqual([sandbox]);
  const held = ended.plan?.held.filter(({ accountId }) => accountId === production) ?? [];
  expect(held.length).toBeGreaterThan(0);
  expect(held.every((one) => one.held.includes('REMOVAL_NOT_ALLOWED'))).toBe(true);
  expect(sweep.estates.map((estate) => estate.deletedSnapshotIds().size > 0)).toEqual([
    true,
    false,
  ]);
  const policies = (await outcomesOf('mine')).map(({ policy }) => [
    policy?.minAgeDays,
    policy?.neverRemove,
  ]);
  expect(policies).toEqual([
    [45, false],
    [60, true],
  ]);
  expect(ended.published?.Message).toContain('REMOVAL_NOT_ALLOWED');
});

it('removal may be allowed to one OU alone', async () => {
  const { plan } = await sweep.run('mine', {
    policy: { neverRemove: true },
    policyOverrides: [{ organizationalUnits: [PRODUCTION], policy: { neverRemove: false } }],
  });
  expect(accountsOf(plan?.removals)).toEqual([production]);
});

it("the last look before a removal goes by the account's own policy", async () => {
  const preview = await sweep.run('preview', { mode: 'report' });
  const planned = preview.plan?.removals ?? [];
  const victims = [sandbox, production].map(
    (id) => planned.find(({ accountId }) => accountId === id)?.resourceId ?? '',
  );
  let listings = 0;
  sweep.simulation.onBeforeCall = ({ operation }) => {
    // Both discoveries come first, with one listing each.
    if (operation !== 'DescribeSnapshots' || (listings += 1) !== 3) return;
    for (const [i, estate] of sweep.estates.entries())
      estate.tagSnapshot(victims[i] ?? '', { 'n2ws:policy': 'gold' });
  };
  const { removals } = await sweep.run('mine', {
    policyOverrides: [{ accounts: [production], policy: { protectTags: ['n2ws*'] } }],
  });
  const outcomes = victims.map((id) => removals.find(({ resourceId }) => resourceId === id));
  expect(outcomes.map((of) => of?.outcome)).toEqual(['REMOVED', 'NO_LONGER_STALE']);
});

it('an earlier plan that is applied keeps the protect tags it had in each account', async () => {
  const report = await sweep.run('report', {
    mode: 'report',
    policyOverrides: [{ accounts: [production], policy: { protectTags: ['Hold'] } }],
  });
  const victims = [sandbox, production].map(
    (id) => report.plan?.removals.find(({ accountId }) => accountId === id)?.resourceId ?? '',
  );
  for (const [i, estate] of sweep.estates.entries())
    estate.tagSnapshot(victims[i] ?? '', { Hold: 'yes' });
  const { plan } = await sweep.run('apply', { plan: 'report' });
  expect(plan?.policies[production]?.protectTags).toContain('Hold');
  expect(plan?.policy.protectTags).not.toContain('Hold');
  expect(plan?.removals.map(({ resourceId }) => resourceId)).not.toContain(victims[1]);
  expect(sweep.gone()).toContain(victims[0]);
  expect(sweep.gone()).not.toContain(victims[1]);
});

it('a policy of one account that is changed in plan.json is found out: nothing is removed', async () => {
  const { writeLines } = sweep.store;
  sweep.store.writeLines = async (key, lines) => {
    await writeLines(key, lines);
    if (!key.endsWith('removal-targets.jsonl')) return;
    const planKey = 'executions/mine/plan.json';
    const plan = Plan.parse(JSON.parse((await sweep.store.get(planKey))?.body ?? ''));
    await sweep.store.put(planKey, JSON.stringify({ ...plan, policies: {} }));
  };
  const { summary } = await sweep.run('mine', {
    policyOverrides: [{ accounts: [production], policy: { protectTags: ['Hold'] } }],
  });
  expect(summary?.failure?.error).toBe('PlanTampered');
  expect(sweep.gone()).toEqual([]);
});

it('an override for a mistyped OU starts nothing, and says which OUs there are', async () => {
  const { error, published, summary } = await sweep.run('mine', {
    policyOverrides: [{ organizationalUnits: ['ou-s1m0-produkt1'], policy: { neverRemove: true } }],
  });
  expect([error, summary]).toEqual(['ExecutionFailed', null]);
  expect(published?.Message).toContain('input.policyOverrides[0].organizationalUnits[0]');
  expect(published?.Message).toContain(PRODUCTION);
});

it('an override for an account that is out of scope is no fault: it is written once, for all', async () => {
  const { summary } = await sweep.run('mine', {
    scope: { accounts: [sandbox] },
    policyOverrides: [{ accounts: [production], policy: { neverRemove: true } }],
  });
  expect(summary?.status).toBe('COMPLETE');
});
