import { InvalidInput } from '../../../core/model/errors.ts';
import { isGap, type TargetOutcome } from '../../../core/outcome/outcome.ts';
import { scenarioByName } from '../../../simulation/scenarios/registry.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { readRetry } from '../../../steps/prepare/retry.ts';
import {
  openSimulatedSweep,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';

/** A bad day, and the executions that try again what it left incomplete. */
let sweep: SimulatedSweep;
let first: SweepFiles;
let second: SweepFiles;
let history: Map<string, string>;
beforeAll(async () => {
  sweep = await openSimulatedSweep(scenarioByName('bad-day'), { enableDeletion: false });
  first = await sweep.run();
  history = await readHistories();
  sweep.simulation.setFaults([]);
  second = await sweep.run({ scope: { retryOf: 'test-1' } });
}, 180_000);
afterAll(async () => sweep.close());

async function readHistories(): Promise<Map<string, string>> {
  const { store } = sweep.environment.deps;
  const found = new Map<string, string>();
  for await (const key of store.list(historyKeys.staleSincePrefix)) {
    found.set(key, (await store.get(key))?.body ?? '');
  }
  return found;
}

const namesOf = (outcomes: readonly TargetOutcome[]) =>
  outcomes.map(({ accountId, region }) => `${accountId}/${region ?? '*'}`);
const lookedAt = ({ targets }: SweepFiles) => targets.filter(({ status }) => status !== 'EXCLUDED');

it('looks at exactly the targets that were not complete', () => {
  const gaps = first.targets.filter(isGap);
  const wholeAccounts = new Set(
    gaps.filter(({ region }) => region === null).map((t) => t.accountId),
  );
  expect(gaps.length).toBeGreaterThan(4);
  const single = namesOf(gaps.filter(({ region }) => region !== null));
  const again = lookedAt(second).filter(({ accountId }) => !wholeAccounts.has(accountId));
  expect(namesOf(again).toSorted()).toEqual(single.toSorted());
  for (const accountId of wholeAccounts) {
    expect(lookedAt(second).some((target) => target.accountId === accountId)).toBe(true);
  }
});

it('completes what is healed, and stays partial where it is not', () => {
  const complete = second.targets.filter(({ status }) => status === 'COMPLETE');
  expect(complete.length).toBeGreaterThan(0);
  expect(second.summary.coverage.inScope).toBe(
    complete.length + second.targets.filter(isGap).length,
  );
  expect(second.summary.status).toBe('PARTIAL');
  expect(new Set(second.summary.coverage.gaps.map(({ status }) => status))).not.toContain('FAILED');
});

it('names every other account and Region as out of its scope, and says whose retry it is', () => {
  const told = new Set(second.targets.map(({ accountId }) => accountId));
  for (const { accountId } of first.targets) expect(told).toContain(accountId);
  expect(second.text.replace(/\s+/g, ' ')).toContain('Scope: only what was not complete in test-1');
  expect(second.summary.input.scope.retryOf).toBe('test-1');
});

it('lets the history of what it did not look at be', async () => {
  const now = await readHistories();
  const seen = new Set(namesOf(lookedAt(second)));
  let untouched = 0;
  for (const [key, body] of history) {
    const [, , accountId = '', file = ''] = key.split('/');
    if (seen.has(`${accountId}/${file.replace('.json', '')}`)) continue;
    expect(now.get(key)).toBe(body);
    untouched += 1;
  }
  expect(untouched).toBeGreaterThan(5);
});

it('can itself be tried again, and what was broken off too, by what its steps left', async () => {
  const { store } = sweep.environment.deps;
  const now = sweep.clock.now();
  const { retried } = await readRetry(store, 'test-2', now, null);
  const gaps = second.targets.filter(isGap);
  expect(Object.keys(retried).toSorted()).toEqual(
    [...new Set(gaps.map((t) => t.accountId))].toSorted(),
  );
  const brokenOff = {
    ...store,
    list: async function* (prefix: string) {
      for await (const key of store.list(prefix)) if (key !== keysOf('test-1').targets) yield key;
    },
  };
  const fromFile = await readRetry(store, 'test-1', now, null);
  expect(await readRetry(brokenOff, 'test-1', now, null)).toEqual(fromFile);
});

it('is refused in words where there is nothing to try again', async () => {
  const { store } = sweep.environment.deps;
  const now = sweep.clock.now();
  await expect(readRetry(store, 'nowhere', now, null)).rejects.toThrow(
    'input.scope.retryOf: "nowhere" – accepted: an execution that left targets incomplete; there is no ',
  );
  const complete = first.targets.filter((target) => !isGap(target)).map((t) => JSON.stringify(t));
  await store.put(
    keysOf('done').expected,
    (await store.get(keysOf('test-1').expected))?.body ?? '',
  );
  await store.writeLines(keysOf('done').targets, complete);
  const refused = readRetry(store, 'done', now, null);
  await expect(refused).rejects.toThrow(InvalidInput);
  await expect(refused).rejects.toThrow(
    'it saw all of its targets completely (removals that are left',
  );
});
