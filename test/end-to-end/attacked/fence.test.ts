import type { Approval, Mode } from '../../../core/input/input.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import type { Deps } from '../../../steps/deps.ts';
import { keysOf } from '../../../store/keys.ts';
import { removeTarget } from '../../../steps/remove/remove-target.ts';
import { askedOf } from '../../support/aws/asked-of.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';
import { rewritingStore } from '../../support/stores/rewriting-store.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

let sweep: RemovalSweep | undefined;
afterEach(async () => sweep?.close());

type Json = Record<string, unknown>;

describe('what was asked for cannot change after Prepare', () => {
  const keys = keysOf('mine');
  const toDelete = (body: string): string => {
    const expected = JSON.parse(body) as Json;
    const policy = { ...(expected['policy'] as object), allowLastCopy: true };
    return JSON.stringify({ ...expected, mode: 'delete', approval: 'none', policy });
  };

  it.each([
    ['before the accounts are scanned', keys.accounts],
    ['before the plan is made', keys.outcomesPrefix],
    ['before anything would be removed', keys.removalTargets],
  ])('a report stays a report: expected.json rewritten %s', async (_when, written) => {
    const tamper = rewritingStore(keys.expected, toDelete, { after: written });
    sweep = await openRemovalSweep({ store: tamper.wrap });
    const ended = await sweep.run('mine', { mode: 'report' });
    expect(tamper.done()).toBe(true);
    expect(sweep.gone()).toEqual([]);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'ExecutionFailed' });
    expect(ended.published?.Subject).toContain('ExpectedTampered');
    expect(ended.published?.Message).toContain('expected.json');
  });

  it('nobody is left out of what a person has to approve', async () => {
    const tamper = rewritingStore(keys.expected, toDelete, { after: keys.outcomesPrefix });
    sweep = await openRemovalSweep({ store: tamper.wrap });
    const ended = await sweep.run('mine', { approval: 'required' });
    expect(sweep.gone()).toEqual([]);
    expect(ended.published?.Subject).toContain('ExpectedTampered');
  });
});

describe('RemovePlanned itself', () => {
  let deps: Deps;
  /** A READY plan that nobody has carried out, and a call of the function for its target. */
  async function open(given: { mode?: Mode; approval?: Approval; deletionEnabled?: boolean }) {
    const outOfTime = (made: Deps): Deps => {
      deps = made;
      return { ...made, settings: { ...made.settings, removalBudgetSeconds: 0 } };
    };
    sweep = await openRemovalSweep({ deps: outOfTime });
    const { plan } = await sweep.run('mine');
    const { accountId = '', region = '' } = plan?.removals[0] ?? {};
    const { deletionEnabled = true, ...asked } = given;
    const settings = { ...deps.settings, deletionEnabled };
    return removeTarget(
      { ...deps, settings },
      {
        ...(await askedOf(sweep.store, 'mine')),
        ...asked,
        planDigest: plan?.digest ?? '',
        target: { accountId, region },
      },
    );
  }

  it('goes on where all say that it may', async () => {
    expect(await open({})).toMatchObject({ remaining: 0, outcomes: { NOT_ATTEMPTED: 8 } });
  });

  it('refuses where deletion is not enabled, whatever a plan and its execution say', async () => {
    await expect(open({ deletionEnabled: false })).rejects.toMatchObject({
      name: 'DeletionRefused',
      message: 'deletion is not enabled where this orgsweep runs',
    });
  });

  it('refuses where the machine was asked for a report', async () => {
    await expect(open({ mode: 'report' })).rejects.toMatchObject({ name: 'DeletionRefused' });
  });

  it('asks for the approval that the machine was told of, whatever the plan says', async () => {
    await expect(open({ approval: 'required' })).rejects.toMatchObject({ name: 'PlanNotApproved' });
  });
});

describe('the lists that the machine goes through', () => {
  const keys = keysOf('mine');
  let entered: Set<string>;
  /** Where a session that may remove was opened. */
  let enteredToRemove: Set<string>;
  const noteEntered = (given: Deps): Deps => ({
    ...given,
    spokesFor: (executionId) => ({
      open: async (...asked) => {
        const [accountId, region, purpose] = asked;
        entered.add(accountId);
        if (purpose === 'remove') enteredToRemove.add(`${accountId}/${region}`);
        return given.spokesFor(executionId).open(...asked);
      },
    }),
  });
  beforeEach(() => {
    entered = new Set();
    enteredToRemove = new Set();
  });

  it('an account that is added is not looked at, and the execution is not complete', async () => {
    const scenario = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
    const [first = '', second = ''] = visibleTargets(scenario.build(new Date())).map(
      ({ accountId }) => accountId,
    );
    const tamper = rewritingStore(
      keys.accounts,
      (body) => `${body}${JSON.stringify({ accountId: second })}\n`,
      { before: keys.accounts },
    );
    sweep = await openRemovalSweep({ scenario, store: tamper.wrap, deps: noteEntered });
    const ended = await sweep.run('mine', { scope: { accounts: [first] } });
    expect(tamper.done()).toBe(true);
    expect(ended.summary?.status).toBe('PARTIAL');
    expect(ended.summary?.coverage.gaps).toMatchObject([
      { accountId: second, failure: { code: 'ExpectedTampered' } },
    ]);
    expect(sweep.gone()).toHaveLength(8);
    expect([...entered]).toEqual([first]);
  });

  it('a target that is added is not entered: nothing is planned there', async () => {
    const scenario = steadyScenario({ accounts: 1, regions: 2, snapshotsPerTarget: 20, seed: 5 });
    const [asked, added] = visibleTargets(scenario.build(new Date()));
    const tamper = rewritingStore(
      keys.removalTargets,
      (body) => `${body}${JSON.stringify(added)}\n`,
      { before: keys.removalTargets },
    );
    sweep = await openRemovalSweep({ scenario, store: tamper.wrap, deps: noteEntered });
    const ended = await sweep.run('mine', { scope: { regions: [asked?.region] } });
    expect(tamper.done()).toBe(true);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', summary: { status: 'COMPLETE' } });
    expect([...enteredToRemove]).toEqual([`${asked?.accountId}/${asked?.region}`]);
    expect(sweep.gone()).toHaveLength(8);
  });
});
