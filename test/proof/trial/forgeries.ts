import { planDigest } from '../../../core/plan/digest.ts';
import { Plan } from '../../../core/plan/plan.ts';
import type { OwnFile } from '../run/stored-files.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What a writer of the store knows when they forge a file. */
export interface Known {
  readonly now: Date;
  /** The parsed lines of the file, or the one object that it is. */
  readonly values: readonly Json[];
  /** The other objects of the store, by file. */
  others(file: OwnFile): readonly Json[];
}

/** The file with one lie that fits its schema; undefined where there is nothing to lie about. */
type Forge = (known: Known) => readonly Json[] | undefined;

const LONG_AGO = '2020-01-01T00:00:00.000Z';
const FAR_OFF = '2099-01-01T00:00:00.000Z';
/** Beyond all of an organization's own. */
const NOBODY = '319999999999';

const change = (values: Json): Forge => {
  return ({ values: [first] }) => first && [{ ...first, ...values }];
};
const changeEach = (values: (value: Json) => Json): Forge => {
  return ({ values: all }) => all.map(values);
};
const changedLooks = ({ looks = {} }: Json, values: Json): Json =>
  Object.fromEntries(
    Object.entries(looks as Record<string, Json>).map(([kind, look]) => [
      kind,
      { ...look, ...values },
    ]),
  );
const policy = (values: Json): Forge => {
  return ({ values: [first] }) => {
    if (first === undefined) return undefined;
    const policies = Object.entries((first['policies'] ?? {}) as Record<string, Json>);
    return [
      {
        ...first,
        policy: { ...(first['policy'] as Json), ...values },
        policies: Object.fromEntries(policies.map(([id, one]) => [id, { ...one, ...values }])),
      },
    ];
  };
};
const NO_LIMITS = {
  maxRemovalsPerTarget: 10_000,
  maxRemovalsPerAccount: 10_000,
  maxRemovals: 10_000,
  maxStalePercent: 100,
  maxStalePercentPerAccount: 100,
  maxStalePercentOverall: 100,
  minReferencePercent: 0,
};
const ANY_RULE = { rules: [{ identifier: 'forged0rule', retentionDays: 14, status: 'available' }] };

/** A plan with this done to it, and the digest put right. */
const replan = (values: (plan: Plan, known: Known) => Partial<Plan>): Forge => {
  return (known) => {
    const { seal, ...stored } = known.values[0] ?? {};
    const plan = Plan.safeParse(stored).data;
    if (plan === undefined) return undefined;
    const { digest: _digest, ...changed } = { ...plan, ...values(plan, known) };
    return [{ ...changed, digest: planDigest(changed), seal }];
  };
};

/** What is held, or was found and isn't stale, as if it were to be removed. */
function moreRemovals({ removals, held }: Plan, { others }: Known): Plan['removals'] {
  const [first] = removals;
  const found = others('findings').filter(({ verdict }) => verdict !== undefined);
  return [...held, ...found].flatMap((one) => {
    const { kind, accountId, region, resourceId } = one as unknown as Plan['removals'][number];
    if (removals.some((removal) => removal.resourceId === resourceId)) return [];
    const like = first ?? {
      ...{ reasons: ['VOLUME_MISSING'], startedAt: LONG_AGO, ageDays: 900, sizeGiB: 1 },
      ...{ monthlyCostUsdUpTo: null, staleSince: LONG_AGO },
    };
    return [{ ...like, kind, accountId, region, resourceId, staleSince: LONG_AGO }];
  });
}

const entriesOf = ({ entries }: Json): readonly Json[] => (entries ?? []) as readonly Json[];

/** Every entry of a ledger's batch, settled so. */
const settled = (outcome: string): Forge =>
  changeEach((batch) => ({
    ...batch,
    entries: entriesOf(batch).map((entry) => ({
      ...entry,
      intentAt: entry['intentAt'] ?? LONG_AGO,
      outcome: {
        ...{ kind: entry['kind'], accountId: batch['accountId'], region: batch['region'] },
        ...{ resourceId: entry['resourceId'], outcome, reasons: [] },
        ...{ intentAt: entry['intentAt'] ?? LONG_AGO, at: LONG_AGO, sizeGiB: 1 },
        ...{ monthlyCostUsdUpTo: null, restorableUntil: FAR_OFF },
      },
    })),
  }));

/** A history that says of everything found: stale for years. */
const longStale: Forge = ({ values: [history], others }) => {
  if (history === undefined) return undefined;
  const found = others('findings').map(
    ({ kind, resourceId }) => `${String(kind)}:${String(resourceId)}`,
  );
  const keys = [...Object.keys((history['entries'] ?? {}) as Json), ...found];
  const lastSeen = history['lookedAt'] ?? LONG_AGO;
  const entries = Object.fromEntries(keys.map((key) => [key, { staleSince: LONG_AGO, lastSeen }]));
  return [{ ...history, entries }];
};

/** A history by which steps made every snapshot, of a volume that orgsweep removed long ago. */
const madeLongAgo: Forge = ({ values: [history], others }) => {
  const executionId = others('plan')[0]?.['executionId'] ?? others('expected')[0]?.['executionId'];
  if (history === undefined || executionId === undefined) return undefined;
  const by = { at: LONG_AGO, executionId };
  const made = others('findings').flatMap(({ resourceId, evidence }) => {
    const volumeId = (evidence as Json | undefined)?.['volumeId'];
    if (typeof volumeId !== 'string') return [];
    return [[resourceId, { of: `ebs-volume:${volumeId}`, step: 'copy', ...by, removed: by }]];
  });
  const known = (history['made'] ?? {}) as Record<string, Json>;
  const older = Object.entries(known).map(([id, one]) => [id, { ...one, at: LONG_AGO }]);
  return [{ ...history, made: Object.fromEntries([...made, ...older]) as Json }];
};

/** By file, the lies that could pay. */
export const FORGERIES: Readonly<Partial<Record<OwnFile, readonly Forge[]>>> = {
  expected: [
    change({ mode: 'delete' }),
    change({ mode: 'delete', approval: 'none' }),
    change({ approval: 'none' }),
    policy({ graceDays: 0 }),
    policy({ minAgeDays: 0 }),
    policy({ allowLastCopy: true }),
    policy({ requireUndo: false }),
    policy({ protectTags: [] }),
    policy({ neverRemove: false }),
    change({ policies: {} }),
    change({ limits: NO_LIMITS }),
    change({ serviceRegions: { ec2: [], rbin: [], ecs: [], autoscaling: [], storagegateway: [] } }),
    change({ basedOn: null }),
    change({ outcomes: [] }),
    change({ accounts: [] }),
    // Accounts that the scope leaves out come back in.
    ({ values: [expected] }) => {
      const outcomes = (expected?.['outcomes'] ?? []) as Json[];
      const accounts = outcomes.map(({ accountId }) => ({
        ...{ id: accountId, name: 'forged', state: 'ACTIVE', path: null },
      }));
      const scope = { ...(expected?.['scope'] as Json), excludeAccounts: [], excludeRegions: [] };
      const all = [...((expected?.['accounts'] ?? []) as Json[]), ...accounts];
      return expected && [{ ...expected, scope, accounts: all, outcomes: [] }];
    },
  ],
  accounts: [
    ({ values }) => values.slice(1),
    ({ values }) => [...values, { accountId: NOBODY }],
    ({ values, others }) => [
      ...values,
      ...others('expected').flatMap(({ outcomes }) =>
        ((outcomes ?? []) as Json[]).map(({ accountId }) => ({ accountId })),
      ),
    ],
  ],
  regions: [
    change({ targets: [] }),
    change({ outcomes: [] }),
    changeEach((regions) => ({
      ...regions,
      targets: [...((regions['targets'] ?? []) as Json[])].slice(1),
    })),
  ],
  outcomes: [
    change({ status: 'COMPLETE', failure: undefined }),
    change({ kinds: {} }),
    changeEach((outcome) => ({
      ...outcome,
      looks: changedLooks(outcome, { recycleBin: ANY_RULE }),
    })),
    changeEach((outcome) => ({
      ...outcome,
      looks: changedLooks(outcome, { status: 'COMPLETE', references: { volumes: 900, amis: 900 } }),
    })),
    change({ looks: undefined }),
    change({ status: 'EXCLUDED', excluded: 'REGION_EXCLUDED', kinds: {}, failure: undefined }),
    change({ accepted: 'forged' }),
  ],
  'account outcomes': [
    change({ status: 'EXCLUDED', excluded: 'ACCOUNT_EXCLUDED', failure: undefined }),
    change({ accepted: 'forged' }),
  ],
  findings: [
    changeEach((finding) => ({ ...finding, verdict: 'STALE', reasons: ['VOLUME_MISSING'] })),
    changeEach((finding) =>
      finding['verdict'] === 'STALE'
        ? { ...finding, verdict: 'KEEP', reasons: ['TOO_YOUNG'] }
        : finding,
    ),
    ({ values }) => values.filter(({ verdict }) => verdict !== 'UNKNOWN'),
    changeEach((finding) => ({
      ...finding,
      evidence: { ...(finding['evidence'] as Json), lineage: { id: 'x', size: 99, newest: false } },
    })),
  ],
  'foreign references': [() => []],
  plan: [
    replan((plan, known) => ({ removals: [...plan.removals, ...moreRemovals(plan, known)] })),
    replan((plan, known) => ({
      status: 'READY',
      approval: 'none',
      removals: [...plan.removals, ...moreRemovals(plan, known)],
    })),
    replan(() => ({ status: 'READY' })),
    replan(() => ({ approval: 'none' })),
    replan(({ policy: own }) => ({ policy: { ...own, allowLastCopy: true, graceDays: 0 } })),
    replan(({ policy: own }) => ({
      policy: { ...own, protectTags: [], requireUndo: false },
    })),
    replan(() => ({ policies: {} })),
    replan(() => ({ removals: [], status: 'EMPTY' })),
    replan(({ removals }) => ({ removals: removals.slice(1) })),
  ],
  'removal targets': [
    ({ values }) => values.slice(1),
    ({ values }) => [...values, ...values],
    ({ values, others }) => [
      ...values,
      ...others('outcomes').map(({ accountId, region }) => ({ accountId, region })),
    ],
  ],
  change: [change({ newlyStale: 0, stillStale: 0, noLongerStale: 999 })],
  ledger: [
    settled('REMOVED'),
    settled('ALREADY_GONE'),
    settled('NO_LONGER_STALE'),
    change({ entries: [] }),
    changeEach((batch) => ({
      ...batch,
      entries: entriesOf(batch).map((entry) => ({ ...entry, outcome: null, intentAt: LONG_AGO })),
    })),
    changeEach((batch) => ({
      ...batch,
      entries: entriesOf(batch).map((entry) => ({ ...entry, outcome: null, intentAt: null })),
    })),
  ],
  approval: [
    change({
      decision: 'APPROVED',
      by: { caller: 'arn:aws:iam::310000000001:user/x', verified: true },
    }),
    change({ decision: 'REJECTED' }),
  ],
  'approval request': [change({ taskToken: 'forged' }), change({ planDigest: '0'.repeat(64) })],
  leases: [
    change({ released: true, until: LONG_AGO }),
    change({ holder: 'forged', token: 'forged', released: false, until: FAR_OFF }),
  ],
  history: [
    longStale,
    longStale,
    madeLongAgo,
    change({ made: {}, stepsBy: {} }),
    change({ entries: {} }),
    change({ lookedAt: FAR_OFF }),
    change({ usual: {} }),
    changeEach((history) => ({
      ...history,
      entries: Object.fromEntries(
        Object.entries((history['entries'] ?? {}) as Record<string, Json>).map(
          ([key, { goneAt: _gone, removed: _removed, ...entry }]) => [key, entry],
        ),
      ),
    })),
  ],
  restored: [change({ staleSince: {} })],
  timeline: [change({ points: [] }), change({ failingTargets: {}, failingRemovals: {} })],
  'removal failures': [change({ region: 'eu-west-1' })],
  prices: [change({ regions: {} })],
};

/** What somebody puts where there is nothing yet, to be found there. */
export const PLANTS: Readonly<Partial<Record<OwnFile, (known: Known) => Json | undefined>>> = {
  approval: ({ others, now }) => {
    const plan = others('plan')[0];
    return (
      plan && {
        ...{ schemaVersion: 1, executionId: plan['executionId'], planDigest: plan['digest'] },
        ...{
          decision: 'APPROVED',
          by: { caller: 'arn:aws:iam::310000000001:user/x', verified: true },
        },
        at: now.toISOString(),
      }
    );
  },
  prices: () => ({
    ...{ schemaVersion: 1, asOf: '2026-11-21', source: 'https://example.com/' },
    regions: { 'us-east-1': { standardUsdPerGiBMonth: 0 } },
  }),
};
