// A process of its own: one step of an execution over a made-up kind, in a folder. Its arguments are
// the folder, the step and a `ManyCase`; over IPC it says how the step ended, and what it took.
import { systemClock } from '../../../clock/clock.ts';
import { noFloors } from '../../../core/floors/floors.ts';
import { digestOfText } from '../../../core/plan/digest.ts';
import { discoverTarget } from '../../../steps/discover/discover-target.ts';
import type { DiscoveryDeps, PlanDeps } from '../../../steps/deps.ts';
import { planRemovals } from '../../../steps/plan/plan-removals.ts';
import { summarizeExecution } from '../../../steps/summarize/summarize-execution.ts';
import { withFence } from '../../../store/fenced-store.ts';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { bodyOf } from '../../../store/stored-json.ts';
import { madeUpKind } from '../../../test/support/kinds/made-up-kind.ts';
import { everySeal } from '../../../test/support/stores/every-seal.ts';
import { aPolicy, aScope, someLimits } from '../../../test/support/summaries/builders.ts';
import type { ManyCase, ManyStep, StepFigures } from '../many.ts';

const EXECUTION_ID = 'bench';
const KIND = 'made-up';
const STARTED_AT = '2019-01-01T00:00:00.000Z';
const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'us-west-2'];

const [folder = '', step = '', of = ''] = process.argv.slice(2);
process.send?.(await work(step as ManyStep, JSON.parse(of) as ManyCase), () =>
  process.disconnect(),
);

async function work(
  asked: ManyStep,
  { accounts: count, regions, resources, stalePercent }: ManyCase,
): Promise<StepFigures> {
  const accounts = Array.from({ length: count }, (_, i) => String(100_000_000_000 + i));
  const targets = accounts.flatMap((accountId) =>
    REGIONS.slice(0, regions).map((region) => ({ accountId, region, kinds: [KIND] })),
  );
  async function* listed() {
    for (let i = 0; i < resources; i += 1)
      yield {
        id: `thing-${String(i).padStart(17, '0')}`,
        startedAt: STARTED_AT,
        isUsed: i % 100 >= stalePercent,
      };
  }
  const kind = madeUpKind(new Map(), {
    discover: async () => ({
      ...{ resources: [], further: listed() },
      ...{ incomplete: [], counts: {}, foreignReferences: [] },
    }),
    isPlainlyInUse: ({ verdict }) => verdict === 'KEEP',
    describe: ({ id, startedAt }) => ({
      ...{ resourceId: id, startedAt, ageDays: 2000, sizeGiB: 8, monthlyCostUsdUpTo: 0.4 },
      tags: { team: 'shop', Name: `backup of ${id}`, env: 'production' },
      evidence: { of: `parent-${id}`, state: 'completed', description: `before upgrade of ${id}` },
    }),
  });
  const now = () => systemClock.now().toISOString();
  const awsTime = {
    ...{ latest: () => ({ awsAt: now(), ownAt: now() }), refresh: async () => undefined },
  };
  const deps = {
    ...{ store: makeFolderStore(folder), clock: systemClock, awsTime },
    ...{ kinds: [kind], sealOf: everySeal },
    settings: { floors: noFloors([]), deletionKinds: [KIND] },
    // Its kind calls nobody.
    spokesFor: () => ({ open: async () => ({ calls: {} }) }) as never,
  } satisfies PlanDeps & DiscoveryDeps;
  const keys = keysOf(EXECUTION_ID);
  if (asked === 'Prepare') {
    const { store } = await withFence(deps, EXECUTION_ID);
    const atAll = 100;
    const limits = someLimits({
      ...{
        maxStalePercent: atAll,
        maxStalePercentPerAccount: atAll,
        maxStalePercentOverall: atAll,
      },
    });
    const expected = {
      ...{ executionId: EXECUTION_ID, startedAt: new Date().toISOString(), mode: 'report' },
      ...{ scope: aScope(), kinds: [KIND], remove: [KIND], policy: aPolicy(), limits },
      ...{ policyOverrides: [], policies: {}, approval: 'none', basedOn: null },
      ...{ serviceRegions: {}, outcomes: [] },
      accounts: accounts.map((id) => ({ id, name: id, state: 'ACTIVE', path: null })),
    };
    await store.put(keys.expected, JSON.stringify(expected));
    for (const accountId of accounts) {
      const own = targets.filter((one) => one.accountId === accountId);
      await store.put(keys.regions(accountId), bodyOf({ accountId, targets: own, outcomes: [] }));
    }
  }
  const body = (await deps.store.get(keys.expected))?.body ?? '';
  const asCarried = { executionId: EXECUTION_ID, expectedDigest: digestOfText(body) };
  const carried = { ...asCarried, mode: 'report' as const, approval: 'none' as const };
  let ended = '';
  if (asked === 'Discover')
    for (const target of targets) {
      const { status } = await discoverTarget(deps, { ...asCarried, target });
      ended = status;
    }
  if (asked === 'Plan') {
    const { held } = await planRemovals(deps, { executionId: EXECUTION_ID, carried });
    const [first] = targets;
    // Not of a wrong clock.
    const isTakenIn = first && (await deps.store.get(historyKeys.staleSince(first))) !== undefined;
    ended = isTakenIn ? `${held} held` : 'without histories';
  }
  if (asked === 'Summarize')
    ended = (await summarizeExecution(deps, { executionId: EXECUTION_ID, carried })).status;
  return { ended, peakMemoryMiB: process.resourceUsage().maxRSS / 1024 };
}
