import type { Store } from '../../../store/store.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { recordApproval } from '../../../steps/approve/approval-record.ts';
import { fencedStore } from '../../../store/fenced-store.ts';
import { keysOf } from '../../../store/keys.ts';
import { everySeal } from '../../support/stores/every-seal.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { openRemovalSweep, type RemovalSweep, tally } from '../../support/removal-sweep.ts';
import { type Rewrite, rewritingStore } from '../../support/stores/rewriting-store.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const scenario = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
const [first] = visibleTargets(scenario.build(new Date()));
const target = { accountId: first?.accountId ?? '', region: first?.region ?? '' };
const keys = keysOf('mine');

let sweep: RemovalSweep | undefined;
afterEach(async () => {
  await sweep?.close();
  sweep = undefined;
});

it.each([
  ['cut short', (body: string) => body.slice(0, body.length / 2)],
  ['of other resources', (body: string) => body.replaceAll('"snap-', '"snip-')],
  ['deleted', () => null],
] as [string, Rewrite][])(
  'findings.jsonl, %s as soon as it is written: the table and the page tell what was found',
  async (_, rewrite) => {
    const tamper = rewritingStore(keys.findings, rewrite, { after: keys.findings });
    sweep = await openRemovalSweep({ scenario, store: tamper.wrap });
    const ended = await sweep.run('mine');
    expect(tamper.done()).toBe(true);
    expect(ended.summary).toMatchObject({ status: 'COMPLETE', failure: null, reportFailure: null });
    expect(ended.removals).toHaveLength(sweep.gone().length);
    const csv = (await sweep.store.get(keys.findingsCsv))?.body ?? '';
    const page = (await sweep.store.get(keys.report))?.body ?? '';
    for (const { resourceId } of ended.removals) {
      expect(csv).toContain(`,${resourceId},`);
      expect(page).toContain(resourceId);
    }
  },
);

/** Somebody deletes it between the moment it is listed and the moment it is read. */
function goneOnceListed(key: string, store: Store): Store {
  let isListed = false;
  return {
    ...store,
    list: async function* (prefix, after) {
      for await (const listed of store.list(prefix, after)) {
        isListed ||= listed === key;
        yield listed;
      }
    },
    get: async (asked) => (isListed && asked === key ? undefined : store.get(asked)),
  };
}

it.each([
  ['an outcome', keys.outcome(target)],
  ["an account's Regions", keys.regions(target.accountId)],
])('%s that goes as it is read costs its own account alone', async (_, key) => {
  sweep = await openRemovalSweep({ scenario, store: (store) => goneOnceListed(key, store) });
  const ended = await sweep.run('mine');
  expect(ended.summary?.status).toBe('PARTIAL');
  expect(new Set(ended.summary?.coverage.gaps.map(({ accountId }) => accountId))).toEqual(
    new Set([target.accountId]),
  );
  const other = sweep.estates.find(({ accountId }) => accountId !== target.accountId);
  expect([...(other?.deletedSnapshotIds() ?? [])]).toHaveLength(2);
});

describe('the ledger, changed between two invocations of RemovePlanned', () => {
  const batch = keys.ledgerBatch(target, 1);
  let firstVersion: string | undefined;
  async function run(rewrite: Rewrite) {
    firstVersion = undefined;
    const again = { before: keys.ledgerOfTargetPrefix(target), nth: 2 };
    const tamper = rewritingStore(batch, rewrite, again);
    sweep = await openRemovalSweep({
      scenario,
      store: (store) => {
        const wrapped = tamper.wrap(store);
        return {
          ...wrapped,
          put: async (key, body, condition) => {
            if (key === batch) firstVersion ??= body;
            return wrapped.put(key, body, condition);
          },
        };
      },
      deps: (given) => ({
        ...given,
        settings: { ...given.settings, removalBudgetSeconds: 1, removalsPerSecond: 1 },
      }),
    });
    const ended = await sweep.run('mine');
    expect(tamper.done()).toBe(true);
    return ended;
  }

  it.each([
    ['a batch deleted', () => null],
    ['a batch as it was before', () => firstVersion ?? ''],
  ] as [string, Rewrite][])('%s: never complete, and named', async (_, rewrite) => {
    const ended = await run(rewrite);
    expect(ended.summary?.status).toBe('REMOVALS_INCOMPLETE');
    const here = ended.removals.filter(({ accountId }) => accountId === target.accountId);
    expect(Object.keys(tally(here)).join()).not.toContain('ALREADY_GONE');
    expect(here.map(({ failure }) => failure?.code)).toContain('RecordTampered');
  });
});

describe('a decision where somebody else wrote before', () => {
  const record = {
    schemaVersion: 1,
    executionId: 'mine',
    planDigest: 'a'.repeat(64),
    by: null,
    at: '2026-11-27T00:00:00.000Z',
  } as const;

  it('the first of two stands: a no, given meanwhile, does not become a yes', async () => {
    const seal = await everySeal('mine');
    const inner = makeMemoryStore();
    await inner.put(keys.approval, 'not a decision\n');
    const store = fencedStore(inner, seal, 'mine');
    let isDecided = false;
    // Between what the yes reads and what it writes, somebody says no.
    const meanwhile: Store = {
      ...store,
      put: async (key, body, condition) => {
        const isLate = condition === undefined || 'version' in condition;
        if (isLate && !isDecided) {
          isDecided = true;
          await recordApproval(store, { ...record, decision: 'REJECTED' });
        }
        return store.put(key, body, condition);
      },
    };
    const standing = await recordApproval(meanwhile, { ...record, decision: 'APPROVED' });
    expect(isDecided).toBe(true);
    expect(standing.decision).toBe('REJECTED');
    expect((await store.get(keys.approval))?.body).toContain('REJECTED');
  });

  it('in a local run: what cannot be read is no decision, and the summary is there', async () => {
    sweep = await openRemovalSweep({
      scenario,
      deps: (given) => ({
        ...given,
        notify: async () => void (await given.store.put(keys.approval, '{"decision":"APPR')),
      }),
    });
    const ended = await sweep.run('mine', { approval: 'required' });
    expect(sweep.gone()).toEqual([]);
    expect(ended.summary).toMatchObject({ approval: { removalsAllowed: false } });
    expect(['NOT_APPROVED', 'FAILED']).toContain(ended.summary?.status);
  });
});
