import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../store/store.ts';
import { keysOf } from '../../store/keys.ts';
import { planRemovals } from '../../steps/plan/plan-removals.ts';
import { REQUESTS_AT_ONCE } from '../../store/read-ahead.ts';
import { summarizeExecution } from '../../steps/summarize/summarize-execution.ts';
import { askedOf } from '../support/aws/asked-of.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../support/simulated-sweep.ts';
import { steadyScenario } from '../support/organizations/steady-scenario.ts';

/** Counts requests, and how many are on their way at once; each takes a moment, as S3's do. */
function counting(store: Store) {
  const seen = { requests: 0, most: 0, now: 0 };
  const counted = async <T>(request: () => Promise<T>): Promise<T> => {
    seen.requests += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    try {
      await wait(2);
      return await request();
    } finally {
      seen.now -= 1;
    }
  };
  const slow: Store = {
    ...store,
    get: async (key) => counted(async () => store.get(key)),
    put: async (key, body, condition) => counted(async () => store.put(key, body, condition)),
    lines: async function* (key) {
      yield* await counted(async () => {
        const lines: string[] = [];
        for await (const line of store.lines(key)) lines.push(line);
        return lines;
      });
    },
    list: async function* (prefix) {
      yield* await counted(async () => {
        const keys: string[] = [];
        for await (const key of store.list(prefix)) keys.push(key);
        return keys;
      });
    },
  };
  return { slow, seen };
}

describe('an execution over many targets asks the store for many things at once', () => {
  let sweep: SimulatedSweep;
  let executionId: string;
  let targets: number;
  beforeAll(async () => {
    sweep = await openSimulatedSweep(
      steadyScenario({ accounts: 12, regions: 5, snapshotsPerTarget: 5, seed: 3 }),
      { isInFolder: true },
    );
    const files = await sweep.run();
    executionId = files.executionId;
    targets = files.targets.length;
  });
  afterAll(async () => sweep.close());

  it('in Plan, with at most six requests a target', async () => {
    rmSync(path.join(sweep.folder, keysOf(executionId).plan));
    const { deps } = sweep.environment;
    const { slow, seen } = counting(deps.store);
    await planRemovals(
      { ...deps, store: slow },
      { executionId, carried: await askedOf(deps.store, executionId) },
    );
    expect(seen.most).toBeGreaterThanOrEqual(REQUESTS_AT_ONCE);
    expect(seen.requests).toBeLessThanOrEqual(6 * targets + 40);
  });

  it('in Plan, no more for a target where memory is short', async () => {
    rmSync(path.join(sweep.folder, keysOf(executionId).plan));
    rmSync(path.join(sweep.folder, 'history'), { recursive: true });
    const { deps } = sweep.environment;
    const { slow, seen } = counting(deps.store);
    await planRemovals(
      { ...deps, store: slow, mostCharacters: 10_000 },
      { executionId, carried: await askedOf(deps.store, executionId) },
    );
    const waited = readdirSync(
      path.dirname(path.join(sweep.folder, keysOf(executionId).histories(''))),
    );
    expect(waited.length).toBeGreaterThan(1);
    expect(waited.length).toBeLessThan(targets / 3);
    expect(seen.requests).toBeLessThanOrEqual(6 * targets + 40 + 2 * waited.length);
  });

  it('in Summarize, with at most three', async () => {
    const { deps } = sweep.environment;
    const { slow, seen } = counting(deps.store);
    await summarizeExecution(
      { ...deps, store: slow },
      { executionId, carried: await askedOf(deps.store, executionId) },
    );
    expect(seen.most).toBeGreaterThanOrEqual(REQUESTS_AT_ONCE);
    expect(seen.requests).toBeLessThanOrEqual(3 * targets + 40);
  });

  it('and tells the same', async () => {
    const before = await sweep.environment.deps.store.get(keysOf(executionId).findings);
    const { deps } = sweep.environment;
    await summarizeExecution(deps, {
      executionId,
      carried: await askedOf(deps.store, executionId),
    });
    expect((await deps.store.get(keysOf(executionId).findings))?.body).toBe(before?.body);
    expect(before?.body.split('\n').length).toBeGreaterThan(targets);
  });
});
