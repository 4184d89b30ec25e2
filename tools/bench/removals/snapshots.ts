import { type NotedRequest, noteRequests } from '../../../test/support/aws/noted-requests.ts';
import {
  type Ended,
  openRemovalSweep,
  type RemovalSweep,
} from '../../../test/support/removal-sweep.ts';
import { steadyScenario } from '../../../test/support/organizations/steady-scenario.ts';
import { atMost, type Bound, sumOfCalls } from '../bounds.ts';
import { cpuSeconds } from '../processes/cpu-seconds.ts';

const SEED = 20_261_121;
/** AWS allows 100 DeleteSnapshot at once, then 5 a second, to all of the account together. */
const BUCKET = { capacity: 100, refillPerSecond: 5 };
/** So many removals in one execution, at so many requests a second at the most. */
export interface RemovalCase {
  readonly name: string;
  readonly snapshots: number;
  readonly removals: number;
  readonly removalsPerSecond: number;
  readonly skipReferences: readonly string[];
  readonly maxThrottledShare: number;
  readonly minShareOfAllowed: number;
}

export const REMOVAL_CASES: readonly RemovalCase[] = [
  // As it is set. No execution looks closely at more than 1,000 snapshots of a target.
  {
    name: 'removal-1000-polite',
    snapshots: 5_000,
    removals: 1_000,
    removalsPerSecond: 2,
    skipReferences: [],
    maxThrottledShare: 0,
    // Of a batch of ten: 4.5 s between requests, 2 s until the bin shows them, 1 s until the marker shows.
    minShareOfAllowed: 0.24,
  },
  // Set ten times as high as AWS refills, without the closer look, whose own pace would come first.
  {
    name: 'removal-5000-too-fast',
    snapshots: 21_500,
    removals: 5_000,
    removalsPerSecond: 50,
    skipReferences: ['snapshot-attributes'],
    maxThrottledShare: 0.05,
    minShareOfAllowed: 0.9,
  },
];

/**
 * A delete execution in one target against the documented DeleteSnapshot
 * bucket, on a clock that moves only while somebody waits: its seconds are those of politeness, and
 * answers take none.
 */
export async function reportOfRemoval(removalCase: RemovalCase) {
  const { name, removalsPerSecond, snapshots, skipReferences } = removalCase;
  const noted: NotedRequest[] = [];
  const started = { at: performance.now(), cpu: cpuSeconds() };
  const sweep = await openRemovalSweep({
    scenario: steadyScenario({
      accounts: 1,
      regions: 1,
      snapshotsPerTarget: snapshots,
      seed: SEED,
    }),
    hasRecycleBin: true,
    deps: (deps) => ({
      ...noteRequests(deps, noted),
      settings: { ...deps.settings, removalsPerSecond },
    }),
  });
  try {
    const simulatedStart = sweep.clock.now().getTime();
    const counts = countAll(sweep, await removeAll(sweep, removalCase));
    const { total, throttled } = sweep.simulation.calls;
    const requests = total['ec2:DeleteSnapshot'] ?? 0;
    const refused = throttled['ec2:DeleteSnapshot'] ?? 0;
    const figures = {
      ...counts,
      shareOfAllowedRate: toThousandths(counts.removed / allowedBy(noted)),
      shareThrottled: toThousandths(refused / requests),
      callsPerRemoval: toThousandths(sumOfCalls(total) / counts.removed),
    };
    const bounds = boundsOf(removalCase, figures);
    return {
      name,
      snapshots,
      removalsPerSecond,
      skipReferences,
      seed: SEED,
      ...figures,
      wallSeconds: toThousandths((performance.now() - started.at) / 1000),
      // With that of the simulation, which runs in the same process.
      cpuSeconds: toThousandths(cpuSeconds() - started.cpu),
      simulatedSeconds: Math.round((sweep.clock.now().getTime() - simulatedStart) / 1000),
      calls: { byOperation: total, throttled },
      bounds,
      ok: bounds.every(({ ok }) => ok),
    };
  } finally {
    await sweep.close();
  }
}

async function removeAll(
  sweep: RemovalSweep,
  { removals, skipReferences }: RemovalCase,
): Promise<Ended> {
  return sweep.run('bench', {
    policy: { requireUndo: true, skipReferences },
    limits: {
      maxRemovalsPerTarget: removals,
      maxRemovalsPerAccount: removals,
      maxRemovals: removals,
    },
  });
}

/** What became of all that was planned, as orgsweep says and as the organization's own state does. */
function countAll(sweep: RemovalSweep, { plan, removals }: Ended) {
  const removed = removals.filter(({ outcome }) => outcome === 'REMOVED');
  const gone = new Set(sweep.gone());
  const isInBin = (id: string) => sweep.estates.some((one) => one.binnedSnapshot(id) !== undefined);
  const told = new Set(removed.map(({ resourceId }) => resourceId));
  return {
    planned: plan?.removals.length ?? 0,
    removed: removed.length,
    kept: removals.length - removed.length,
    goneUntold: [...gone].filter((id) => !told.has(id)).length,
    notInRecycleBin: [...told].filter((id) => !isInBin(id)).length,
  };
}

/** How many DeleteSnapshot the bucket would have allowed from the first to the last. */
function allowedBy(noted: readonly NotedRequest[]): number {
  const times = noted.filter(({ operation }) => operation === 'DeleteSnapshot').map(({ at }) => at);
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  return BUCKET.capacity + seconds * BUCKET.refillPerSecond;
}

function boundsOf(
  { removals, maxThrottledShare, minShareOfAllowed }: RemovalCase,
  figures: Record<
    keyof ReturnType<typeof countAll> | 'shareOfAllowedRate' | 'shareThrottled',
    number
  >,
): Bound[] {
  const atLeast = (name: string, limit: number, actual: number) => ({
    name: `${name}, at least`,
    limit,
    actual,
    ok: actual >= limit,
  });
  const { planned, removed, kept } = figures;
  return [
    atLeast('planned', removals, planned),
    atLeast('removed', removals, removed),
    atMost('planned without an outcome', 0, Math.abs(planned - removed - kept)),
    atMost('gone without having been told of', 0, figures.goneUntold),
    atMost('removed and not in the Recycle Bin', 0, figures.notInRecycleBin),
    atMost('share of DeleteSnapshot calls throttled', maxThrottledShare, figures.shareThrottled),
    atLeast('share of the allowed rate', minShareOfAllowed, figures.shareOfAllowedRate),
  ];
}

function toThousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
