import fc from 'fast-check';
import type { SessionAsked } from '../../../aws/sessions/spoke-session.ts';
import { execute } from '../../../local/environment/execute.ts';
import type { Environment } from '../../../local/environment/environment.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import type { Deps } from '../../../steps/deps.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { openSimulatedSweep } from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const SCENARIO = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 20, seed: 5 });
const PAIRS = 3;
type Who = 'a' | 'b';

/**
 * Pairs of snapshots, each of a volume of its own that is gone. One is protected by a tag that only
 * execution A knows, the other by one that only B knows: each counts on the copy that the other removes.
 */
function putPairs(estate: SimEstate): string[] {
  const stale = [...estate.groundTruths()].filter(({ verdict }) => verdict === 'STALE');
  const volumes = new Set<string>();
  for (const { snapshotId } of stale) {
    const snapshot = estate.snapshot(snapshotId);
    if (snapshot === undefined || volumes.has(snapshot.volumeId)) continue;
    if (volumes.size === PAIRS) {
      estate.deleteSnapshot(snapshotId);
      continue;
    }
    volumes.add(snapshot.volumeId);
    for (const other of estate.snapshotsOfVolume(snapshot.volumeId))
      if (other.snapshotId !== snapshotId) estate.deleteSnapshot(other.snapshotId);
    // Not one that CreateImage made: none may rely on that.
    estate.putSnapshot({ ...snapshot, description: '' });
    estate.tagSnapshot(snapshotId, { keep: 'a' });
    const twin = `snap-0${volumes.size}23456789abcdef0`;
    const startTime = new Date(snapshot.startTime.getTime() + 3_600_000);
    const tags = { keep: 'b' };
    estate.putSnapshot({ ...snapshot, description: '', snapshotId: twin, startTime, tags });
  }
  return [...volumes];
}

/** Lets the requests of two executions through in the order of a list, as long as both go on. */
function makeTurns(order: Who[]) {
  const left = [...order];
  const ended = new Set<Who>();
  const begun = new Set<Who>();
  let wake: () => void = () => undefined;
  let woken = new Promise<void>((resolve) => (wake = resolve));
  const tell = () => {
    const before = wake;
    woken = new Promise((resolve) => (wake = resolve));
    before();
  };
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await woken;
  };
  const bothThere = () => begun.size + ended.size >= 2;
  return {
    /** Nothing is looked at a second time before both have their plan. */
    begin: async (who: Who) => {
      begun.add(who);
      tell();
      await until(bothThere);
    },
    take: async <T>(who: Who, send: () => Promise<T>): Promise<T> => {
      if (!begun.has(who)) return send();
      await until(() => left.length === 0 || left[0] === who || ended.size > 0);
      try {
        return await send();
      } finally {
        left.shift();
        tell();
      }
    },
    end: (who: Who) => {
      ended.add(who);
      tell();
    },
  };
}

function inTurns(deps: Deps, who: Who, turns: ReturnType<typeof makeTurns>): Deps {
  return {
    ...deps,
    store: makeMemoryStore(),
    spokesFor: (executionId) => ({
      open: async (...asked: SessionAsked) => {
        const clients = await deps.spokesFor(executionId).open(...asked);
        if (asked[2] === 'remove') await turns.begin(who);
        clients.ec2.middlewareStack.add(
          (next) => async (args) => turns.take(who, async () => next(args)),
          { step: 'deserialize', priority: 'low' },
        );
        return clients;
      },
    }),
  };
}

async function runBoth(order: Who[]) {
  const clock = makeManualClock(new Date());
  const sweep = await openSimulatedSweep(SCENARIO, { clock });
  try {
    const [target] = visibleTargets(sweep.organization);
    const estate = sweep.organization.estate(target!.accountId, target!.region);
    estate.setRetentionRules([]);
    const volumes = putPairs(estate);
    const turns = makeTurns(order);
    const run = async (who: Who) => {
      const environment: Environment = {
        ...sweep.environment,
        retryWait: () => 1,
        deps: inTurns(sweep.environment.deps, who, turns),
      };
      const policy = {
        ...(SCENARIO.input['policy'] as object),
        ...{ graceDays: 0, requireUndo: false, protectTags: [`keep=${who}`] },
      };
      const input = { ...SCENARIO.input, mode: 'delete', policy };
      try {
        return await execute(environment, { executionId: who, input, topic: undefined });
      } finally {
        turns.end(who);
      }
    };
    await Promise.all([run('a'), run('b')]);
    return { left: volumes.map((id) => estate.snapshotsOfVolume(id).length) };
  } finally {
    await sweep.close();
  }
}

it('one execution alone removes what is no last copy', async () => {
  const { left } = await runBoth(Array<Who>(400).fill('a'));
  // A goes first throughout: B finds nothing left to count on.
  expect(left).toEqual(Array(PAIRS).fill(1));
});

it('of two executions with a store each, which count on what the other removes, no volume loses its last copy', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Who>('a', 'b'), { minLength: 60, maxLength: 120 }),
      async (order) => {
        const { left } = await runBoth(order);
        expect(Math.min(...left)).toBeGreaterThanOrEqual(1);
      },
    ),
    {
      numRuns: 12,
      // Both look a second time before either marks: neither look shows the other's marker.
      examples: [[Array.from({ length: 200 }, (_, i): Who => (i % 2 === 0 ? 'a' : 'b'))]],
    },
  );
});
