import { Readable } from 'node:stream';
import type { Expected } from '../../../steps/expected.ts';
import { digestOfText } from '../../../core/plan/digest.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { Plan } from '../../../core/plan/plan.ts';
import type { AwsFailure } from '../../../core/outcome/outcome.ts';
import type { Asks, KindSpec } from '../../../kinds/kind.ts';
import { Gathering } from '../../../kinds/listings/gathering.ts';
import type { Source } from '../../../kinds/listings/listing.ts';
import type { Deps } from '../../../steps/deps.ts';
import { planRemovals } from '../../../steps/plan/plan-removals.ts';
import { keysOf } from '../../../store/keys.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { rewritingStore } from '../../support/stores/rewriting-store.ts';

/**
 * A kind whose verdict needs to have seen all that could refer to it elsewhere. A beacon is stale by
 * its own target; another account may have the light that it was made for.
 */
const MADE_UP = 'made-up';
const LIGHTS = 'lights';
const OLD = '2019-01-01T00:00:00.000Z';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

interface Elsewhere {
  /** By target, the lights that it has. */
  readonly lights: Map<string, string[]>;
  /** Targets in which they can't be listed. */
  readonly denied: Set<string>;
  /** Targets in which nobody looks for them. */
  readonly skipped: Set<string>;
}

/** The light that a beacon was made for. */
const lightOf = ({ id }: MadeUp) => `light-of-${id}`;

/** What names lights, as each target lists it. */
function sourceOf(
  keys: readonly string[],
  reach: 'regional' | 'global',
): Source<string, typeof LIGHTS> {
  const list = async function* () {
    await Promise.resolve();
    yield* keys;
  };
  return {
    ...{ name: LIGHTS, skippable: false, crossesAccounts: true },
    listing: { ...{ name: LIGHTS, reach, iam: [], cost: '1 call' }, list },
    take: (key) => ({ by: `of-${key}`, keys: [key] }),
  };
}

async function open(
  given: Partial<Asks<MadeUp>> &
    Partial<Pick<KindSpec<MadeUp>, 'reach' | 'reads' | 'discover'>> = {},
  size: { readonly accounts?: number; readonly regions?: number } = {},
  also?: (deps: Deps) => Deps,
  store?: Parameters<typeof openKindsSweep>[2] extends infer O | undefined
    ? O extends { store?: infer S }
      ? S
      : never
    : never,
) {
  const { reach = 'regional', reads, discover, ...asks } = given;
  const world: World = new Map();
  const elsewhere: Elsewhere = { lights: new Map(), denied: new Set(), skipped: new Set() };
  const beacon: Partial<KindSpec<MadeUp>> = {
    reach,
    ...(reads && { reads }),
    discover:
      discover ??
      (async (look) => {
        const key = `${look.accountId}/${look.region}`;
        const lights = elsewhere.lights.get(key) ?? [];
        const failure: AwsFailure = { code: 'AccessDenied', message: 'no', source: LIGHTS };
        const isDenied = elsewhere.denied.has(key);
        const isRead = !isDenied && !elsewhere.skipped.has(key);
        return Promise.resolve({
          resources: world.get(key) ?? [],
          incomplete: isDenied ? [failure] : [],
          counts: { others: 1, ...(isRead && { [LIGHTS]: lights.length }) },
          foreignReferences: isRead
            ? lights.map((light) => ({ resourceId: light, source: LIGHTS, by: light }))
            : [],
        });
      }),
    asks: {
      from: 'REGION',
      sources: [LIGHTS],
      of: (facts) => [{ source: LIGHTS, key: lightOf(facts) }],
      ...asks,
    },
  };
  const scenario = steadyScenario({
    ...{ accounts: 3, regions: 1, snapshotsPerTarget: 1, seed: 5 },
    ...size,
  });
  sweep = await openKindsSweep([madeUpKind(world, beacon)], also, {
    scenario,
    ...(store && { store }),
  });
  const [mine = ''] = sweep.ids;
  world.set(mine, [{ id: 'beacon', startedAt: OLD, isUsed: false }]);
  return { ...elsewhere, mine, others: sweep.ids.slice(1) };
}

async function run(executionId: string, input: Record<string, unknown> = {}) {
  const ended = await runOf(sweep, executionId, { kinds: [MADE_UP], remove: [MADE_UP], ...input });
  const ofKind = <T extends { kind: string }>(all: readonly T[] = []) =>
    all.filter(({ kind }) => kind === MADE_UP);
  return {
    ...ended,
    csv: (await sweep.store.get(keysOf(executionId).findingsCsv))?.body ?? '',
    planned: ofKind(ended.plan?.removals).map(({ resourceId }) => resourceId),
    held: ofKind(ended.plan?.held).map(({ held }) => held),
    finding: ofKind(ended.findings)[0],
  };
}

const unseen = (finding: Finding | undefined) =>
  finding?.evidence.notSeenElsewhere?.flatMap(({ at }) =>
    at.map(({ accountId, region, why }) => `${accountId}/${region ?? '*'} ${why}`),
  );

it('where every other account was seen and none has it, the verdict stands', async () => {
  await open();
  const { planned, held, finding, summary } = await run('first');
  expect([planned, held]).toEqual([['beacon'], []]);
  expect(finding).toMatchObject({
    verdict: 'STALE',
    evidence: { asks: [{ source: LIGHTS, key: 'light-of-beacon' }] },
  });
  expect(finding?.evidence).not.toHaveProperty('notSeenElsewhere');
  expect(summary?.status).toBe('COMPLETE');
});

it('a hit elsewhere keeps it, and the finding says whose', async () => {
  const { lights, others } = await open();
  const [other = ''] = others;
  lights.set(other, ['light-of-beacon']);
  const { planned, held, finding } = await run('first');
  expect([planned, held]).toEqual([[], [['USED_BY_ANOTHER_ACCOUNT']]]);
  expect(finding?.evidence.usedByOtherAccounts).toEqual([
    { accountId: other.split('/')[0], source: LIGHTS, by: 'light-of-beacon' },
  ]);
});

it.each(['denied', 'skipped'] as const)(
  'where the source was %s in one other account, it is held, and told in words',
  async (how) => {
    const elsewhere = await open();
    const [other = ''] = elsewhere.others;
    elsewhere[how].add(other);
    const { planned, held, finding, summary, texts, csv } = await run('first');
    expect([planned, held]).toEqual([[], [['OTHERS_NOT_SEEN']]]);
    const why = how === 'denied' ? 'ACCESS_DENIED' : 'NOT_READ';
    expect(unseen(finding)).toEqual([`${other} ${why}`]);
    expect(finding?.verdict).toBe('STALE');
    expect(summary?.plan?.heldByReason.OTHERS_NOT_SEEN).toBe(1);
    expect(texts.summaryText.replaceAll(/\s+/g, ' ')).toMatch(
      /could use others' beacons \(1 beacon, no known price, OTHERS_NOT_SEEN\)/,
    );
    const [accountId, region] = other.split('/');
    expect(csv).toContain(`Whether something elsewhere refers to it (${LIGHTS}) isn't known.`);
    expect(csv).toContain(`Not seen: ${accountId} in ${region} (`);
  },
);

it('what was not seen once begins its grace only once it is seen, and what was seen keeps it', async () => {
  const { skipped, others } = await open();
  const [other = ''] = others;
  const policy = { graceDays: 1 };
  skipped.add(other);
  expect((await run('first', { policy })).held).toEqual([['IN_GRACE', 'OTHERS_NOT_SEEN']]);
  skipped.clear();
  sweep.clock.advance(2 * 86_400_000);
  expect((await run('second', { policy })).held).toEqual([['IN_GRACE']]);
  sweep.clock.advance(2 * 86_400_000);
  skipped.add(other);
  expect((await run('third', { policy })).held).toEqual([['OTHERS_NOT_SEEN']]);
  skipped.clear();
  expect((await run('fourth', { policy })).planned).toEqual(['beacon']);
});

it('only the verdicts that ask for it are held', async () => {
  const { denied, others } = await open({
    of: (_, { reasons }) =>
      reasons.includes('LIGHT_GONE') ? [{ source: LIGHTS, key: 'light-of-beacon' }] : [],
  });
  denied.add(others[0] ?? '');
  expect((await run('first')).planned).toEqual(['beacon']);
});

it('an account that is left out still refers, unless somebody says that it does not', async () => {
  const { others } = await open();
  const [out = ''] = (others[0] ?? '').split('/');
  const scope = { excludeAccounts: [out] };
  const left = await run('first', { scope });
  expect([left.planned, left.held]).toEqual([[], [['OTHERS_NOT_SEEN']]]);
  expect(unseen(left.finding)).toEqual([`${out}/* ACCOUNT_EXCLUDED`]);
  const accepted = [{ accounts: [out], reason: 'backups of backups' }];
  expect((await run('second', { scope: { ...scope, accepted } })).planned).toEqual([]);
  const saying = [{ ...accepted[0], mayRefer: false }];
  const said = await run('third', { scope: { ...scope, accepted: saying } });
  expect(said.planned).toEqual(['beacon']);
  expect(said.outcomes.filter(({ mayRefer }) => mayRefer === false)).toMatchObject([
    { accountId: out, region: null, excluded: 'ACCOUNT_EXCLUDED' },
  ]);
});

it('an execution for one account of the organization cannot tell', async () => {
  const { mine, others } = await open();
  const scope = { accounts: [mine.split('/')[0]] };
  const { planned, held, finding } = await run('first', { scope });
  expect([planned, held]).toEqual([[], [['OTHERS_NOT_SEEN']]]);
  expect(unseen(finding)).toEqual(
    others.map((other) => `${other.split('/')[0]}/* ACCOUNT_NOT_IN_SCOPE`),
  );
});

it('nor can one that was never told which accounts there are', async () => {
  let onlyAccount = '';
  const { mine } = await open({}, {}, (deps) => ({
    ...deps,
    hub: Object.defineProperty({ ...deps.hub }, 'onlyAccount', { get: () => onlyAccount }),
  }));
  [onlyAccount = ''] = mine.split('/');
  const { planned, finding, csv } = await run('first');
  expect(planned).toEqual([]);
  expect(finding?.evidence.notSeenElsewhere).toEqual([{ source: LIGHTS, places: null, at: [] }]);
  expect(csv).toContain('only this account was scanned');
});

it('a retry looks at what was missing alone, so what it finds there is held', async () => {
  const { denied, mine, others } = await open();
  denied.add(mine);
  expect((await run('first')).held).toEqual([['TARGET_NOT_COMPLETE']]);
  denied.clear();
  const again = await run('second', { mode: 'report', scope: { retryOf: 'first' } });
  expect(again.held).toEqual([['OTHERS_NOT_SEEN']]);
  expect(unseen(again.finding)).toHaveLength(others.length);
});

it('an execution that is taken up again goes by what its scan saw', async () => {
  let isBroken = true;
  const { denied, others } = await open({}, {}, undefined, (store) => ({
    ...store,
    put: async (key, ...rest) => {
      if (isBroken && key.endsWith('plan.json')) throw new Error('no room');
      return store.put(key, ...rest);
    },
  }));
  denied.add(others[0] ?? '');
  await run('first');
  isBroken = false;
  denied.clear();
  const keys = keysOf('first');
  const expected = (await sweep.store.get(keys.expected))?.body ?? '';
  const { startedAt } = JSON.parse(expected) as Expected;
  const at = sweep.clock.now().toISOString();
  const resumed = { at, scannedAt: startedAt, by: 'taken up' };
  await planRemovals(sweep.opened(), {
    executionId: 'first',
    carried: { expectedDigest: digestOfText(expected), resumed },
  } as Parameters<typeof planRemovals>[1]);
  const plan = Plan.parse(JSON.parse((await sweep.store.get(keys.plan))?.body ?? ''));
  expect(plan.removals).toEqual([]);
  expect(plan.held.map(({ held }) => held)).toEqual([['OTHERS_NOT_SEEN']]);
});

it.each([
  ['rewritten', (body: string) => body.replace('light-of-beacon', 'light-of-others')],
  ['deleted', () => null],
])('where what another account has was %s, nothing is taken for unseen', async (_, rewrite) => {
  // Its name is known only once the organization is built.
  const [, other] = steadyScenario({ accounts: 3, regions: 1, snapshotsPerTarget: 1, seed: 5 })
    .build(new Date())
    .accounts.map(({ id }) => id);
  const region = 'us-east-1';
  const place = { accountId: other ?? '', region };
  const key = keysOf('first').foreignReferences(place);
  const tamper = rewritingStore(key, rewrite, { before: keysOf('first').regionsPrefix });
  const { lights, others } = await open({}, {}, undefined, tamper.wrap);
  lights.set(others[0] ?? '', ['light-of-beacon']);
  const { planned, held, finding, summary } = await run('first');
  expect(tamper.done()).toBe(true);
  expect([planned, held]).toEqual([[], [['OTHERS_USE_UNKNOWN', 'OTHERS_NOT_SEEN']]]);
  expect(unseen(finding)).toEqual([`${others[0]} FAILED`]);
  expect(summary?.coverage.gaps).toMatchObject([{ failure: { code: 'RecordTampered' } }]);
});

it('what may be referred to from any Region needs all of them, those of its own account too', async () => {
  const { lights, denied, mine } = await open(
    { from: 'ORGANIZATION' },
    { accounts: 2, regions: 2 },
  );
  const [accountId = ''] = mine.split('/');
  const beside = sweep.ids.find((id) => id !== mine && id.startsWith(accountId)) ?? '';
  denied.add(beside);
  const unknown = await run('first');
  expect([unknown.planned, unseen(unknown.finding)]).toEqual([[], [`${beside} ACCESS_DENIED`]]);
  denied.clear();
  lights.set(beside, ['light-of-beacon']);
  const used = await run('second');
  expect(used.held).toEqual([['USED_BY_ANOTHER_ACCOUNT']]);
  expect(used.finding?.evidence.usedByOtherAccounts).toMatchObject([
    { accountId, region: beside.split('/')[1] },
  ]);
  lights.clear();
  expect((await run('third')).planned).toEqual(['beacon']);
});

it('of a global kind, the one look of each other account is asked for', async () => {
  const reads = [sourceOf([], 'global')];
  const { denied, others } = await open({ reach: 'global', reads }, { accounts: 2, regions: 2 });
  const [accountId = ''] = (others.at(-1) ?? '').split('/');
  denied.add(`${accountId}/us-east-1`);
  const unknown = await run('first');
  expect([unknown.planned, unseen(unknown.finding)]).toEqual([
    [],
    [`${accountId}/* ACCESS_DENIED`],
  ]);
  denied.clear();
  expect((await run('second')).planned).toEqual(['beacon']);
});

it('of a global kind, a regional listing that one Region alone was asked for was not seen', async () => {
  const reads = [sourceOf([], 'regional')];
  await open({ reach: 'global', reads }, { accounts: 2, regions: 2 });
  const { planned, finding } = await run('first');
  const accounts = new Set(sweep.ids.map((id) => id.split('/')[0]));
  expect(accounts.size).toBe(2);
  expect([planned, unseen(finding)]).toEqual([[], [...accounts].map((id) => `${id}/* NOT_READ`)]);
});

it('a name that the account which names it has as well may be meant for another of that name', async () => {
  const source = sourceOf(['app'], 'regional');
  const world = new Map<string, MadeUp[]>();
  const { mine, others } = await open({
    reads: [source],
    of: ({ id }) => [{ source: LIGHTS, key: id }],
    discover: async (look) => {
      const gathered = new Gathering<typeof LIGHTS>(look);
      const resources = world.get(`${look.accountId}/${look.region}`) ?? [];
      const own = (key: string) => resources.flatMap(({ id }) => (id === key ? [id] : []));
      const isNaming = resources.some(({ isUsed }) => isUsed);
      const named = isNaming ? [{ by: 'task', keys: ['app'] }] : [];
      await gathered.addSource(source, Readable.from(named), own);
      const counts = { others: 1, ...gathered.counts };
      return { resources, incomplete: [], counts, foreignReferences: gathered.foreign };
    },
  });
  world.set(mine, [{ id: 'app', startedAt: OLD, isUsed: false }]);
  expect((await run('first')).planned).toEqual(['app']);
  world.set(others[0] ?? '', [{ id: 'app', startedAt: OLD, isUsed: true }]);
  const { planned, held, finding } = await run('second');
  expect([planned, held]).toEqual([[], [['USED_BY_ANOTHER_ACCOUNT']]]);
  expect(finding?.evidence.usedByOtherAccounts).toMatchObject([{ source: LIGHTS, by: 'task' }]);
});

it('an account that does not tell its Regions may have some that nobody named, and saw', async () => {
  const { others } = await open({ from: 'ORGANIZATION' });
  const scope = { regions: ['us-east-1'] };
  expect((await run('first', { scope })).planned).toEqual(['beacon']);
  const [accountId = ''] = (others[0] ?? '').split('/');
  sweep.simulation.setFaults([{ operation: 'DescribeRegions', accountId, answer: 'deny' }]);
  const { planned, finding, summary } = await run('second', { scope });
  expect([planned, unseen(finding)]).toEqual([[], [`${accountId}/* NOT_LISTED`]]);
  expect(summary?.coverage.gaps).toEqual([]);
});
