import type { Clock } from '../../../clock/clock.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { planRemovals } from '../../../steps/plan/plan-removals.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { type Store, StoreConflict } from '../../../store/store.ts';
import { askedOf } from '../../support/aws/asked-of.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { makeRecordingStore } from '../../support/stores/recording-store.ts';

const EXECUTION = 'test-1';
const WAITING = keysOf(EXECUTION).histories('').replace('.jsonl', '');

let sweep: SimulatedSweep;
let histories: Map<string, string>;
beforeAll(async () => {
  sweep = await openSimulatedSweep(
    steadyScenario({ accounts: 3, regions: 2, snapshotsPerTarget: 20, seed: 3 }),
    { clock: makeManualClock(new Date()), maxChildren: 1 },
  );
  await sweep.run();
  histories = await readHistories(sweep.environment.deps.store);
});
afterAll(async () => sweep.close());

async function readHistories(store: Store): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const key of store.list(historyKeys.staleSincePrefix))
    found.set(key, (await store.get(key))?.body ?? '');
  return found;
}

/** What the execution left for Plan, without plan and histories: Plan finds it as the first time. */
function before(store: Store) {
  const own = new Map<string, string>();
  const isOfPlan = (key: string) =>
    [keysOf(EXECUTION).plan, keysOf(EXECUTION).change].includes(key) || key.startsWith('history/');
  const layered: Store = {
    ...store,
    get: async (key) => {
      if (!isOfPlan(key)) return store.get(key);
      const body = own.get(key);
      return body === undefined ? undefined : { body, version: body };
    },
    put: async (key, body, condition) => {
      if (!isOfPlan(key)) return store.put(key, body, condition);
      own.set(key, body);
      return body;
    },
  };
  return { own, layered };
}

async function plan(store: Store, given: { mostCharacters?: number; clock?: Clock } = {}) {
  const { deps } = sweep.environment;
  const carried = await askedOf(deps.store, EXECUTION);
  return planRemovals(
    { ...deps, store, mostCharacters: 500, ...given },
    { executionId: EXECUTION, carried },
  );
}

const entriesIn = (all: ReadonlyMap<string, string>) =>
  [...all]
    .filter(([key]) => key.startsWith(historyKeys.staleSincePrefix))
    .toSorted()
    .map(([key, body]) => [key, Object.keys((JSON.parse(body) as { entries: object }).entries)]);

it('histories that are too many for memory wait in files, and are the same', async () => {
  const { own, layered } = before(sweep.environment.deps.store);
  const recording = makeRecordingStore({ refuses: () => false });
  await plan(recording.wrap(layered));
  const order = recording.written.filter(
    (key) => key.startsWith(WAITING) || key.startsWith('history/') || own.has(key),
  );
  const waiting = order.filter((key) => key.startsWith(WAITING));
  expect(waiting.length).toBeGreaterThan(2);
  // The plan comes after what waits for it, and before every history.
  expect(order.slice(0, waiting.length + 2)).toEqual([
    ...waiting,
    keysOf(EXECUTION).plan,
    keysOf(EXECUTION).change,
  ]);
  expect(order.slice(waiting.length + 2)).toHaveLength(histories.size);
  expect(entriesIn(own)).toEqual(entriesIn(histories));
});

it('histories that fit in memory wait in no file', async () => {
  const { layered } = before(sweep.environment.deps.store);
  const recording = makeRecordingStore({ refuses: () => false });
  await plan(recording.wrap(layered), { mostCharacters: 1_000_000 });
  expect(recording.written.filter((key) => key.startsWith(WAITING))).toEqual([]);
});

it('a history that was changed while it waited is not written, nor any after it', async () => {
  const { own, layered } = before(sweep.environment.deps.store);
  const changing: Store = {
    ...layered,
    get: async (key) => {
      const stored = await layered.get(key);
      if (!key.startsWith(WAITING) || stored === undefined) return stored;
      return { ...stored, body: stored.body.replaceAll('snap-', 'snap-0') };
    },
  };
  await expect(plan(changing)).rejects.toMatchObject({ name: 'RecordTampered' });
  expect(own.has(keysOf(EXECUTION).plan)).toBe(true);
  expect(entriesIn(own)).toEqual([]);
  // Called again, it finds its plan, and takes the same looks in.
  const { planDigest } = await plan(layered);
  expect(own.get(keysOf(EXECUTION).plan)).toContain(planDigest);
  expect(entriesIn(own)).toEqual(entriesIn(histories));
});

it.each(['the first', 'the second'])(
  'a Plan that died as %s file of what waits was to be written has seen nothing yet',
  async (which) => {
    const { own, layered } = before(sweep.environment.deps.store);
    let files = 0;
    const recording = makeRecordingStore({
      refuses: (key) => key.startsWith(WAITING) && (files += 1) > (which === 'the first' ? 0 : 1),
    });
    await expect(plan(recording.wrap(layered))).rejects.toThrow("can't be written");
    expect([...own.keys()]).toEqual([]);
    await plan(layered);
    expect(entriesIn(own)).toEqual(entriesIn(histories));
  },
);

it('a Plan that died between any two of its writes, and is called again, leaves the same', async () => {
  const calm = before(sweep.environment.deps.store);
  await plan(calm.layered);
  const held = (of: ReadonlyMap<string, string>) => {
    const { removals, heldFiles = [] } = Plan.parse(JSON.parse(of.get(keysOf(EXECUTION).plan)!));
    return [removals.length, heldFiles.map(({ lines }) => lines)];
  };
  expect(held(calm.own)[1]).not.toEqual([]);
  let isOver = false;
  for (let dies = 1; !isOver; dies += 1) {
    const { own, layered } = before(sweep.environment.deps.store);
    let writes = 0;
    const recording = makeRecordingStore({ refuses: () => (writes += 1) === dies });
    isOver = await plan(recording.wrap(layered)).then(
      () => true,
      () => false,
    );
    const first = own.get(keysOf(EXECUTION).plan);
    await plan(layered);
    // The plan that is there once is never another one.
    expect(own.get(keysOf(EXECUTION).plan)).toBe(first ?? own.get(keysOf(EXECUTION).plan));
    expect([entriesIn(own), held(own)]).toEqual([entriesIn(histories), held(calm.own)]);
  }
});

it('of two calls at once, the histories are as of the plan that holds, and its clock', async () => {
  const { own, layered } = before(sweep.environment.deps.store);
  const key = keysOf(EXECUTION).plan;
  let other: Promise<unknown> | undefined;
  const late: Store = {
    ...layered,
    put: async (of, body, condition) => {
      if (of !== key || other !== undefined) return layered.put(of, body, condition);
      // The other call began a minute earlier, and writes its plan first.
      const earlier = new Date(sweep.environment.deps.clock.now().getTime() - 60_000);
      other = plan(layered, { clock: makeManualClock(earlier) });
      await other;
      throw new StoreConflict(of);
    },
  };
  await plan(late);
  const { createdAt } = Plan.parse(JSON.parse(own.get(key)!.replace(/\n\{.*\}\n$/s, '')));
  const seenAt = [...own]
    .filter(([name]) => name.startsWith(historyKeys.staleSincePrefix))
    .flatMap(([, body]) =>
      Object.values(
        (JSON.parse(body) as { entries: Record<string, { lastSeen: string }> }).entries,
      ),
    )
    .map(({ lastSeen }) => lastSeen);
  expect(seenAt.length).toBeGreaterThan(10);
  expect(new Set(seenAt)).toEqual(new Set([createdAt]));
});
