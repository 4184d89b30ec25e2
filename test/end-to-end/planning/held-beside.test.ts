import { wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { answer } from '../../../report/explain/answer.ts';
import { explain, resourcesOf } from '../../../report/explain/explain.ts';
import type { HeldRemoval, Plan } from '../../../core/plan/plan.ts';
import { readMentions } from '../../../local/commands/execution-mentions.ts';
import { readLastCopies } from '../../../kinds/ebs-snapshot/measure/lineages.ts';
import { heldInFiles } from '../../../store/held-files.ts';
import { keysOf } from '../../../store/keys.ts';
import { AT_ONCE, openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const SCENARIO = steadyScenario({ accounts: 2, regions: 2, snapshotsPerTarget: 30, seed: 5 });
/** A few resources: most of what is held is in files. */
const SHORT = 600;

let sweep: RemovalSweep;
let mostCharacters: number | undefined;
beforeEach(async () => {
  mostCharacters = undefined;
  sweep = await openRemovalSweep({
    scenario: SCENARIO,
    deps: (deps) =>
      Object.defineProperty({ ...deps }, 'mostCharacters', {
        enumerable: true,
        get: () => mostCharacters,
      }),
  });
});
afterEach(async () => sweep.close());

async function run(executionId: string, input: Record<string, unknown> = {}) {
  return sweep.run(executionId, { mode: 'report', ...input });
}

async function heldOf(plan: Plan | null): Promise<HeldRemoval[]> {
  const held = [...plan!.held];
  for await (const one of heldInFiles(sweep.store, plan!)) held.push(one);
  return held.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const digestIn = ({ heldFiles = [] }: Plan) => heldFiles[0]?.digest ?? '';
const pageOf = async (executionId: string) =>
  (await sweep.store.get(keysOf(executionId).report))?.body ?? '';
const fatesIn = (page: string) =>
  [...page.matchAll(/[A-Z]+(?:_[A-Z]+)+/g)].map(([code]) => code).toSorted();

it('what is held is told the same, whether it is in the plan or beside it', async () => {
  // So that both see a history that is there.
  await run('before');
  const ample = await run('ample');
  mostCharacters = SHORT;
  const short = await run('short');
  expect(ample.plan?.heldFiles).toBeUndefined();
  expect(short.plan?.heldFiles?.length).toBeGreaterThan(3);
  expect(short.plan?.held).toEqual([]);
  expect(short.plan?.removals).toEqual(ample.plan?.removals);
  expect(await heldOf(short.plan)).toEqual(await heldOf(ample.plan));
  const { digest: _digest, ...inBrief } = ample.summary!.plan!;
  expect(inBrief.held).toBeGreaterThan(12);
  expect(short.summary?.plan).toMatchObject(inBrief);
  const { obtainable, ...stages } = ample.summary!.funnel!;
  expect(short.summary?.funnel).toMatchObject(stages);
  expect(short.summary?.funnel?.obtainable).toMatchObject({
    ...obtainable,
    from: expect.anything(),
  });
  expect(fatesIn(await pageOf('short'))).toEqual(fatesIn(await pageOf('ample')));
});

/** Of each resource, the cells about its fate. */
async function fatesInCsv(executionId: string): Promise<Map<string, string>> {
  const lines = (await sweep.store.get(keysOf(executionId).findingsCsv))?.body.split('\r\n') ?? [];
  return new Map(
    lines.slice(1, -1).map((line) => {
      const [, resourceId = ''] = /(snap-\w+)/.exec(line) ?? [];
      const cells = line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
      return [resourceId, cells.slice(-5).join()];
    }),
  );
}

it('the list of findings tells what is held beside the plan, and reads each file only once more for it', async () => {
  await run('before');
  await run('ample');
  mostCharacters = SHORT;
  const { get } = sweep.store;
  const read = new Map<string, number>();
  sweep.store.get = async (key) => {
    if (key.includes('/held/')) read.set(key, (read.get(key) ?? 0) + 1);
    return get(key);
  };
  const { plan } = await run('short');
  sweep.store.get = get;
  const [ample, short] = [await fatesInCsv('ample'), await fatesInCsv('short')];
  expect([...short]).toEqual([...ample]);
  for (const { resourceId, held } of await heldOf(plan))
    expect(short.get(resourceId)).toContain(held.join('; '));
  // To know which has which target, then target by target, and for what all comes to.
  expect(read.size).toBe(plan?.heldFiles?.length);
  expect(Math.max(...read.values())).toBeLessThanOrEqual(3);
});

it('explain and measure find what is held beside the plan', async () => {
  mostCharacters = SHORT;
  const { plan } = await run('short');
  const held = await heldOf(plan);
  const last = held.find((one) => one.held.includes('LAST_COPY'))!;
  const { store } = sweep;
  const about = { store, executionId: 'short', resourceId: last.resourceId, now: new Date() };
  const mentions = await readMentions(about);
  expect([mentions.held, mentions.unreadable]).toEqual([[last], []]);
  const copies = await readLastCopies(store, 'short');
  expect(copies?.get(`${last.accountId}/${last.region}`)).toContain(last.resourceId);
  await store.put(keysOf('short').held(digestIn(plan!)), '');
  const lacking = await readMentions(about);
  expect(lacking.unreadable).toEqual([store.locationOf(keysOf('short').held(digestIn(plan!)))]);
  const [resource] = resourcesOf([lacking]);
  const given = { mentions: [lacking], stale: null, targets: new Map(), words: wordsOf(KINDS) };
  const told = explain(resource!, given);
  expect(answer(told, () => [], undefined).join(' ')).toContain(
    "Not everything could be read, so why it wasn't deleted isn't known.",
  );
  await expect(readLastCopies(store, 'short')).rejects.toThrow('somebody changed it');
});

it('a file beside the plan that somebody changed makes all of it another plan', async () => {
  mostCharacters = SHORT;
  const { put } = sweep.store;
  sweep.store.put = async (...args) => {
    const version = await put(...args);
    if (args[0] === keysOf('second').plan) {
      const key = keysOf('second').held(digestIn(JSON.parse(args[1]) as Plan));
      const { body = '' } = (await sweep.store.get(key)) ?? {};
      await put(key, body.replace('"LAST_COPY"', '"IN_GRACE"'));
    }
    return version;
  };
  const second = await run('second', { mode: 'delete', policy: AT_ONCE });
  sweep.store.put = put;
  expect([second.error, second.summary?.failure?.error]).toEqual([
    'ExecutionFailed',
    'PlanTampered',
  ]);
  expect([second.summary?.plan, second.summary?.funnel]).toEqual([null, null]);
  // Nobody knows what holds anything: the list tells what was done, and nothing else.
  const removed = new Set(sweep.gone());
  for (const [resourceId, cells] of await fatesInCsv('second'))
    expect([resourceId, cells.replace(/\d{4}-\d\d-\d\d/g, 'DAY')]).toEqual([
      resourceId,
      removed.has(resourceId) ? expect.stringMatching(/^"?deleted/) : ',,,,',
    ]);
  // What is removed is in the plan itself, which is as it was.
  expect(sweep.gone()).toEqual(
    second.plan?.removals.map(({ resourceId }) => resourceId).toSorted(),
  );
});

it('what a named plan would remove and is held beside this one is not taken for gone', async () => {
  const named = await run('named', { policy: AT_ONCE });
  expect(named.plan?.removals.length).toBeGreaterThan(5);
  mostCharacters = SHORT;
  const { plan } = await sweep.run('applying', {
    plan: 'named',
    policy: { ...AT_ONCE, graceDays: 30 },
  });
  expect([plan?.removals, plan?.held]).toEqual([[], []]);
  const held = (await heldOf(plan)).map(({ resourceId }) => resourceId);
  for (const { resourceId } of named.plan?.removals ?? []) expect(held).toContain(resourceId);
});
