import { planDigest } from '../../../core/plan/digest.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { applyAct } from '../../../simulation/acts.ts';
import { recordApproval } from '../../../steps/approve/approval-record.ts';
import { keysOf } from '../../../store/keys.ts';
import { withoutSeal } from '../../../store/fenced-store.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';
import { type Moment, type Rewrite, rewritingStore } from '../../support/stores/rewriting-store.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const scenario = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
const [first, second] = visibleTargets(scenario.build(new Date()));
const target = { accountId: first?.accountId ?? '', region: first?.region ?? '' };
const keys = keysOf('mine');

let sweep: RemovalSweep | undefined;
afterEach(async () => sweep?.close());

async function run(key: string, rewrite: Rewrite, when: Moment, input = {}) {
  const tamper = rewritingStore(key, rewrite, when);
  sweep = await openRemovalSweep({ scenario, store: tamper.wrap });
  const ended = await sweep.run('mine', input);
  expect(tamper.done()).toBe(true);
  const gone = new Map(
    sweep.estates.map((estate) => [estate.accountId, [...estate.deletedSnapshotIds()]]),
  );
  return { ...ended, gone: (accountId = '') => gone.get(accountId) ?? [] };
}

let honest: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  const whole = await openRemovalSweep({ scenario });
  const { summary } = await whole.run('mine');
  expect(summary?.status).toBe('COMPLETE');
  honest = new Map(
    whole.estates.map((estate) => [estate.accountId, [...estate.deletedSnapshotIds()]]),
  );
  await whole.close();
});

type Json = Record<string, unknown>;
const changed = (change: (value: Json) => Json) => (body: string) => {
  const value = change(JSON.parse(withoutSeal(body)) as Json);
  return `${JSON.stringify(value, null, 2)}\n`;
};
const keepingItsSeal = (from: RegExp, to: string) => (body: string) => body.replace(from, to);
const cutShort: Rewrite = (body) => body.slice(0, body.length / 2);
const deleted: Rewrite = () => null;

const beforePlan = { before: keys.regionsPrefix };
// Summarize is the fourth to read the plan, before anything else that was recorded.
const beforeSummary = { before: keys.plan, nth: 4 };
const WAYS = (rewrite: Rewrite): [string, Rewrite][] => [
  ['rewritten', rewrite],
  ['cut short', cutShort],
  ['deleted', deleted],
];
const BEFORE_PLAN: [string, string, Rewrite][] = [
  ...WAYS(changed((outcome) => ({ ...outcome, looks: {} }))).map(
    ([how, rewrite]) =>
      [`outcome ${how}`, keys.outcome(target), rewrite] as [string, string, Rewrite],
  ),
  ...WAYS(changed((regions) => ({ ...regions, targets: [] }))).map(
    ([how, rewrite]) =>
      [`Regions ${how}`, keys.regions(target.accountId), rewrite] as [string, string, Rewrite],
  ),
  ...WAYS(keepingItsSeal(/"sizeGiB":\d+/, '"sizeGiB":1')).map(
    ([how, rewrite]) =>
      [`findings ${how}`, keys.targetFindings(target), rewrite] as [string, string, Rewrite],
  ),
  ['outcome under its old seal', keys.outcome(target), keepingItsSeal(/COMPLETE/, 'EXCLUDED')],
];

describe('a file of one target, changed before Plan reads it', () => {
  it.each(BEFORE_PLAN)('%s: a gap there, and the other target goes on', async (_, key, rewrite) => {
    const ended = await run(key, rewrite, beforePlan);
    expect(ended.summary?.status).toBe('PARTIAL');
    expect(new Set(ended.summary?.coverage.gaps.map(({ accountId }) => accountId))).toEqual(
      new Set([target.accountId]),
    );
    const [gap] = ended.summary?.coverage.gaps ?? [];
    if (rewrite === deleted && key !== keys.targetFindings(target))
      expect(gap?.failure?.code).toMatch(/^(Outcome|Regions)Missing$/);
    else {
      expect(gap?.failure?.code).toBe('RecordTampered');
      expect(gap?.failure?.message).toContain(key);
      expect(ended.gone(target.accountId)).toEqual([]);
    }
    expect(honest.get(target.accountId)).toEqual(
      expect.arrayContaining([...ended.gone(target.accountId)]),
    );
    expect(ended.gone(second?.accountId)).toEqual(honest.get(second?.accountId ?? ''));
  });

  it('and a gap that was accepted is none that somebody made', async () => {
    const accepted = [{ accounts: [target.accountId], reason: 'known' }];
    const ended = await run(keys.outcome(target), cutShort, beforePlan, { scope: { accepted } });
    expect(ended.summary?.status).toBe('PARTIAL');
  });
});

it.each(WAYS(keepingItsSeal(/"sizeGiB":\d+/, '"sizeGiB":1')))(
  'findings %s before Summarize reads them: none of them is told, and it is not complete',
  async (_, rewrite) => {
    const ended = await run(keys.targetFindings(target), rewrite, beforeSummary);
    expect(ended.summary?.status).toBe('PARTIAL');
    const findings = (await sweep?.store.get(keys.findings))?.body ?? '';
    expect(findings).not.toContain(target.accountId);
    expect(findings).toContain(second?.accountId);
  },
);

describe('a plan that somebody else wrote', () => {
  const forged = (body: string) => {
    const { seal: _seal, ...plan } = JSON.parse(body) as Json;
    return JSON.stringify(plan);
  };
  it.each([
    ['before Plan is tried again', { before: keys.plan, nth: 2 }],
    ['before anything is removed', { after: keys.removalTargets }],
    ['before it is summed up', beforeSummary],
  ])('%s is not told as done', async (_when, moment) => {
    const ended = await run(keys.plan, forged, moment);
    expect(ended.summary?.status ?? 'FAILED').toBe('FAILED');
    expect(ended.published?.Subject).toMatch(/Tampered/);
  });

  it('before Plan makes one is carried out by nobody', async () => {
    const other = await openRemovalSweep({ scenario });
    const plan = (await other.run('mine'), (await other.store.get(keys.plan))?.body ?? '');
    await other.close();
    const put: Rewrite = (body) => body;
    const tamper = rewritingStore(keys.accounts, put, { before: keys.outcomesPrefix });
    sweep = await openRemovalSweep({
      scenario,
      store: (store) => {
        const wrapped = tamper.wrap(store);
        return {
          ...wrapped,
          put: async (key, ...rest) => {
            const version = await wrapped.put(key, ...rest);
            if (key === keys.regions(target.accountId)) await store.put(keys.plan, plan);
            return version;
          },
        };
      },
    });
    const ended = await sweep.run('mine');
    expect(sweep.gone()).toEqual([]);
    expect(ended.summary?.status).toBe('FAILED');
    expect(ended.summary?.failure?.error).toBe('RecordTampered');
  });
});

describe('what was written down of the removals, changed before it is summed up', () => {
  const batch = keys.ledgerBatch(target, 1);
  it.each([
    ['rewritten', keepingItsSeal(/"REMOVED"/g, '"NO_LONGER_STALE"')],
    ['cut short', cutShort],
  ] as [string, Rewrite][])(
    'a batch of the ledger %s: named, and never complete',
    async (_, rewrite) => {
      const ended = await run(batch, rewrite, beforeSummary);
      expect(ended.summary).toMatchObject({
        status: 'FAILED',
        failure: { error: 'RecordTampered' },
      });
      expect(ended.summary?.failure?.message).toContain(batch);
      expect(
        ended.removals.filter(({ reasons }) => reasons.includes('LEDGER_TAMPERED')),
      ).not.toEqual([]);
      expect(ended.removals.filter(({ outcome }) => outcome === 'REMOVED')).toHaveLength(
        honest.get(second?.accountId ?? '')?.length ?? 0,
      );
    },
  );

  it('a batch of the ledger deleted: never complete', async () => {
    const ended = await run(batch, deleted, beforeSummary);
    expect(ended.summary?.status).toBe('REMOVALS_INCOMPLETE');
  });

  it.each(WAYS(changed((change) => ({ ...change, gone: 99 }))))(
    'the change %s: told as not known',
    async (_, rewrite) => {
      const ended = await run(keys.change, rewrite, beforeSummary);
      expect(ended.summary?.change.compared).toBe(false);
    },
  );
});

describe('what another account refers to, changed before Plan reads it', () => {
  it.each(WAYS((body) => body.replace(/snap-0/g, 'snap-f')))(
    '%s: nothing in other accounts of its Region is removed, and it is a gap',
    async (_, rewrite) => {
      const other = { accountId: second?.accountId ?? '', region: second?.region ?? '' };
      const tamper = rewritingStore(keys.foreignReferences(other), rewrite, beforePlan);
      sweep = await openRemovalSweep({ scenario, store: tamper.wrap });
      const user = sweep.estates.find(({ accountId }) => accountId === other.accountId);
      if (user === undefined) throw new Error('nobody refers to anything');
      const launchTemplateId = 'lt-0a1b2c3d4e5f60718';
      const snapshotIds = [honest.get(target.accountId)?.[0] ?? ''];
      applyAct(user, { kind: 'create-launch-template', launchTemplateId, snapshotIds });
      const ended = await sweep.run('mine');
      expect(tamper.done()).toBe(true);
      expect(sweep.gone()).toEqual([]);
      const held = ended.plan?.held.filter(({ accountId }) => accountId === target.accountId) ?? [];
      expect(held.filter((one) => one.held.includes('OTHERS_USE_UNKNOWN'))).not.toEqual([]);
      expect(ended.summary?.coverage.gaps).toMatchObject([
        { ...other, failure: { code: 'RecordTampered' } },
      ]);
    },
  );
});

describe('an approval that nobody gave', () => {
  it('in a hub: carries out nothing, and is told as none', async () => {
    sweep = await openRemovalSweep({
      scenario,
      deps: (given) => ({
        ...given,
        decidedInFolder: false,
        notify: async () => {
          const plan = JSON.parse((await given.store.get(keys.plan))?.body ?? '') as Plan;
          await recordApproval(given.store, {
            ...{ schemaVersion: 1, executionId: 'mine', planDigest: plan.digest },
            ...{ decision: 'APPROVED', by: { caller: 'forged', verified: true } },
            at: plan.createdAt,
          });
        },
      }),
    });
    const ended = await sweep.run('mine', { approval: 'required' });
    expect(sweep.gone()).toEqual([]);
    expect(ended.summary).toMatchObject({
      status: 'NOT_APPROVED',
      approval: { decision: 'EXPIRED', by: null, removalsAllowed: false },
    });
  });
});

describe('a plan that is to be applied', () => {
  it('may not be changed after Prepare has seen it', async () => {
    const list = keysOf('list');
    const more: Rewrite = (body) => {
      const { digest: _digest, ...plan } = JSON.parse(withoutSeal(body)) as Plan;
      const [removal] = plan.removals;
      const added = plan.held.map(({ resourceId }) => ({ ...removal!, resourceId }));
      const longer = { ...plan, removals: [...plan.removals, ...added] };
      return JSON.stringify({ ...longer, digest: planDigest(longer) });
    };
    const tamper = rewritingStore(list.plan, more, { after: keys.outcomesPrefix });
    sweep = await openRemovalSweep({ scenario, store: tamper.wrap });
    await sweep.run('list', { mode: 'report', limits: { maxRemovalsPerTarget: 1 } });
    const ended = await sweep.run('mine', { plan: 'list' });
    expect(tamper.done()).toBe(true);
    expect(sweep.gone()).toEqual([]);
    expect(ended.summary?.failure?.error).toBe('PlanTampered');
  });

  it.each([
    ['plan', { plan: 'list' }, 'its seal'],
    ['expected', { scope: { retryOf: 'list' }, mode: 'report' }, 'was changed'],
  ] as const)('is refused where somebody else wrote it: %s', async (file, input, words) => {
    sweep = await openRemovalSweep({ scenario });
    await sweep.run('list', { mode: 'report' });
    const key = keysOf('list')[file];
    const body = withoutSeal((await sweep.store.get(key))?.body ?? '');
    await sweep.store.put(key, body);
    const ended = await sweep.run('mine', input);
    expect(sweep.gone()).toEqual([]);
    expect(ended.published?.Message.replace(/\s+/g, ' ')).toContain(words);
  });

  it('by what another process left, is looked at again but deletes nothing', async () => {
    sweep = await openRemovalSweep({
      scenario,
      deps: (given) => ({
        ...given,
        sealOf: async (executionId) => (executionId === 'list' ? null : given.sealOf(executionId)),
      }),
    });
    await sweep.run('list', { mode: 'report' }).catch(() => undefined);
    const ended = await sweep.run('mine', { scope: { retryOf: 'list' } });
    expect(ended.published?.Message).toContain('name accounts and regions');
    expect(sweep.gone()).toEqual([]);
  });
});
