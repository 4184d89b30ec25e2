import { DAY_MS } from '../../../core/model/age.ts';
import type { Scenario } from '../../../simulation/model/organization.ts';
import {
  applyOrganizationAct,
  type SimOrganizationAct,
} from '../../../simulation/organization-acts.ts';
import { openRemovalSweep, type RemovalSweep, tally } from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const ROOT = 'r-s1m0';
const SANDBOX = 'ou-s1m0-sandbox1';
const PRODUCTION = 'ou-s1m0-product1';

/** Two accounts in the sandbox, and a third in production. */
const THREE = inUnits(steadyScenario({ accounts: 3, regions: 1, snapshotsPerTarget: 20, seed: 5 }));

function inUnits(scenario: Scenario): Scenario {
  return {
    ...scenario,
    build: (now) => {
      const organization = scenario.build(now);
      const accounts = organization.accounts.map((account, i) => {
        const unit = i === 2 ? PRODUCTION : SANDBOX;
        return { ...account, path: ['o-sim4u8k2d7', ROOT, unit, account.id, ''].join('/') };
      });
      return { ...organization, accounts };
    },
  };
}

let sweep: RemovalSweep;
let moved = '';
let other = '';
beforeEach(async () => {
  sweep = await openRemovalSweep({ scenario: THREE });
  const management = sweep.organization.accounts.find((account) => account.management)?.id;
  const ids = sweep.estates.slice(0, 2).map(({ accountId }) => accountId);
  [moved = ''] = ids.filter((id) => id !== management);
  [other = ''] = ids.filter((id) => id !== moved);
});
afterEach(async () => sweep.close());

/** As soon as the plan is made and before anything is removed, as in days of waiting for a person. */
function oncePlanned(happens: () => void): void {
  const { writeLines } = sweep.store;
  sweep.store.writeLines = async (key, lines) => {
    await writeLines(key, lines);
    if (key.endsWith('removal-targets.jsonl')) happens();
  };
}

const act = (one: SimOrganizationAct) =>
  expect(applyOrganizationAct(sweep.organization, one)).toBe(true);
const moveTo = (...units: string[]) =>
  act({ kind: 'move-account', accountId: moved, parents: [ROOT, ...units] });
const goneIn = (id: string) =>
  sweep.estates.find(({ accountId }) => accountId === id)?.deletedSnapshotIds().size ?? 0;
const outcomesIn = (id: string, removals: Parameters<typeof tally>[0]) =>
  tally(removals.filter(({ accountId }) => accountId === id));
const overrideFor = (unit: string, policy: Record<string, unknown>) => ({
  policyOverrides: [{ organizationalUnits: [unit], policy }],
});

it('an account moved into an OU that allows no removal keeps everything, and the others lose nothing by it', async () => {
  oncePlanned(() => moveTo(PRODUCTION));
  const ended = await sweep.run('mine', overrideFor(PRODUCTION, { neverRemove: true }));
  expect(goneIn(moved)).toBe(0);
  expect(outcomesIn(moved, ended.removals)).toEqual({ 'PROTECTED REMOVAL_NOT_ALLOWED': 2 });
  expect(goneIn(other)).toBe(8);
  expect(ended.published?.Message).toContain('REMOVAL_NOT_ALLOWED');
});

it('an account moved out of the scope keeps everything', async () => {
  oncePlanned(() => moveTo(PRODUCTION));
  const ended = await sweep.run('mine', { scope: { organizationalUnits: [SANDBOX] } });
  expect(goneIn(moved)).toBe(0);
  expect(outcomesIn(moved, ended.removals)).toEqual({ 'PROTECTED ACCOUNT_NOT_IN_SCOPE': 2 });
  expect(goneIn(other)).toBe(8);
});

it('an account that left the organization keeps everything', async () => {
  oncePlanned(() => act({ kind: 'remove-account', accountId: moved }));
  const left = await sweep.run('left');
  expect(outcomesIn(moved, left.removals)).toEqual({ 'PROTECTED ACCOUNT_LEFT_ORGANIZATION': 2 });
  expect(goneIn(moved)).toBe(0);
});

it('an account that is suspended by then keeps everything', async () => {
  oncePlanned(() => act({ kind: 'suspend-account', accountId: moved }));
  const ended = await sweep.run('mine');
  expect(outcomesIn(moved, ended.removals)).toEqual({ 'PROTECTED ACCOUNT_SUSPENDED': 2 });
});

it.each<[string, Record<string, unknown>, Record<string, number>]>([
  ['a longer grace', { graceDays: 14 }, { 'PROTECTED IN_GRACE': 2 }],
  ['more age', { minAgeDays: 36_000 }, { 'NO_LONGER_STALE TOO_YOUNG': 2 }],
  [
    'a grace of its kind',
    { kinds: { 'ebs-snapshot': { graceDays: 7 } } },
    { 'PROTECTED IN_GRACE': 2 },
  ],
  ['a Recycle Bin rule', { requireUndo: true }, { 'NOT_ATTEMPTED NO_RECYCLE_BIN_RULE': 2 }],
])(
  'an account moved to where the policy asks for %s is removed from by that',
  async (_, policy, outcomes) => {
    oncePlanned(() => moveTo(PRODUCTION));
    const ended = await sweep.run('mine', overrideFor(PRODUCTION, policy));
    expect(outcomesIn(moved, ended.removals)).toEqual(outcomes);
    expect(goneIn(moved)).toBe(0);
    expect(goneIn(other)).toBe(8);
  },
);

it("a move loosens nothing: what the plan's own policy protects stays protected", async () => {
  const estate = sweep.estates.find(({ accountId }) => accountId === moved);
  const preview = await sweep.run('preview', { mode: 'report' });
  const planned = preview.plan?.removals.filter(({ accountId }) => accountId === moved) ?? [];
  oncePlanned(() => {
    moveTo(PRODUCTION);
    for (const { resourceId } of planned) estate?.tagSnapshot(resourceId, { Hold: 'yes' });
  });
  const ended = await sweep.run('mine', overrideFor(SANDBOX, { protectTags: ['Hold'] }));
  expect(outcomesIn(moved, ended.removals)).toEqual({ 'NO_LONGER_STALE PROTECTED_BY_TAG': 2 });
});

it('an account that nobody tells the place of keeps everything, and it is said what to do', async () => {
  await sweep.close();
  sweep = await openRemovalSweep({
    scenario: THREE,
    faults: [{ operation: 'DescribeAccount', answer: 'deny' }],
  });
  const ended = await sweep.run('mine');
  expect(sweep.gone()).toEqual([]);
  expect(tally(ended.removals)).toEqual({ 'NOT_ATTEMPTED ACCOUNT_PLACE_UNKNOWN': 16 });
  expect(ended.summary?.status).toBe('REMOVALS_INCOMPLETE');
  expect(ended.published?.Message).toContain('organizations:DescribeAccount');
});

it('a plan that waited longer than the input allows is not carried out', async () => {
  oncePlanned(() => sweep.clock.advance(2 * DAY_MS));
  const ended = await sweep.run('mine', { limits: { maxPlanAgeDays: 1 } });
  expect(sweep.gone()).toEqual([]);
  expect(tally(ended.removals)).toEqual({ 'NOT_ATTEMPTED PLAN_TOO_OLD': 16 });
});

it('an earlier plan that is older than the input allows is refused before anything is looked at', async () => {
  await sweep.run('report', { mode: 'report' });
  sweep.clock.advance(8 * DAY_MS);
  const ended = await sweep.run('apply', { plan: 'report' });
  expect([ended.error, ended.plan]).toEqual(['ExecutionFailed', null]);
  expect(ended.published?.Message).toContain('limits.maxPlanAgeDays');
  const again = await sweep.run('again', { plan: 'report', limits: { maxPlanAgeDays: 9 } });
  expect(again.status).toBe('SUCCEEDED');
  expect(sweep.gone()).toHaveLength(16);
});
