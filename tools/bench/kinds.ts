import { KINDS } from '../../kinds/registry.ts';
import { ACCOUNT, defaultScenario } from '../../simulation/scenarios/default.ts';
import { byHand, openSimulatedSweep, SNAPSHOT } from '../../test/support/simulated-sweep.ts';
import { type Bound, sumOfCalls } from './bounds.ts';
import type { Calls } from './messages.ts';

const SCOPE = { accounts: [ACCOUNT.prodPayments], regions: ['eu-west-1', 'us-east-1'] };
/** What a kind adds to a target that holds nothing of it that could be unused. */
const MOST_PER_FURTHER_KIND = 1 / 3;
/** Older than anything there is. */
const TOO_OLD_DAYS = 3650;

/**
 * What a scan asks of AWS for a target, by operation: with each kind alone, with all of them, and with
 * all where none but snapshots has candidates. What kinds ask for in common counts once.
 */
export async function reportOfKinds() {
  const names = KINDS.map(({ kind }) => kind);
  const others = names.filter((name) => name !== SNAPSHOT);
  const alone = [];
  for (const name of names) alone.push(await callsWith([name]));
  const all = await callsWith(names);
  const allWithoutCandidates = await callsWith(names, others);
  const bounds = boundsOf(alone.find(({ kinds }) => kinds.includes(SNAPSHOT)) ?? all, {
    ...{ all: allWithoutCandidates, others: others.length },
  });
  return {
    ...{ name: 'kinds', alone, all, allWithoutCandidates, bounds },
    ok: bounds.every(({ ok }) => ok),
  };
}

interface CallsWithKinds {
  readonly kinds: readonly string[];
  readonly perTarget: Readonly<Record<string, number>>;
  readonly byOperation: Calls;
}

/** @param none the kinds of which nothing may be a candidate */
async function callsWith(
  kinds: readonly string[],
  none: readonly string[] = [],
): Promise<CallsWithKinds> {
  const sweep = await openSimulatedSweep(defaultScenario, { ...byHand(), faults: [], kinds });
  const tooYoung = Object.fromEntries(none.map((name) => [name, { minAgeDays: TOO_OLD_DAYS }]));
  try {
    const { targets } = await sweep.run({ scope: SCOPE, policy: { kinds: tooYoung } });
    const asked = targets.flatMap(({ accountId, region, calls }) =>
      calls === undefined ? [] : [{ target: `${accountId}/${region}`, calls }],
    );
    const byOperation: Record<string, number> = {};
    for (const [operation, count] of asked.flatMap(({ calls }) => Object.entries(calls)))
      byOperation[operation] = (byOperation[operation] ?? 0) + count;
    const perTarget = Object.fromEntries(
      asked.map(({ target, calls }) => [target, sumOfCalls(calls)]),
    );
    return { kinds, perTarget, byOperation };
  } finally {
    await sweep.close();
  }
}

function boundsOf(
  one: CallsWithKinds,
  { all, others }: { readonly all: CallsWithKinds; readonly others: number },
): Bound[] {
  return Object.entries(all.perTarget).map(([target, actual]) => {
    const limit = Math.floor((one.perTarget[target] ?? 0) * (1 + others * MOST_PER_FURTHER_KIND));
    const name = `calls of all kinds without candidates, ${target}`;
    return { name, limit, actual, ok: actual <= limit };
  });
}
