import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { History } from '../../../core/history/history.ts';
import { Timeline } from '../../../core/summary/timeline.ts';
import { restoreAndTell } from '../../../local/commands/restore-command.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import type { Deps } from '../../../steps/deps.ts';
import { historyKeys, keysOf, PRICES_KEY } from '../../../store/keys.ts';
import type { RestoreArguments } from '../../../local/arguments/restore-arguments.ts';
import { DEFAULT_ROLE_NAMES } from '../../../local/arguments/defaults.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';
import { toArray } from '../../support/stores/store-contract.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';
import type { TargetRef } from '../../../core/model/target.ts';

const DAY_MS = 86_400_000;
const GRACE = { policy: { graceDays: 14, requireUndo: true } };
const TWO = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });

const BROKEN: readonly [string, string | ((whole: string) => string)][] = [
  ['is empty', ''],
  ['is cut short', (whole) => whole.slice(0, whole.length / 2)],
  ['is another file', '<html>not found</html>'],
  [
    'is of another version',
    (whole) => whole.replace(/"schemaVersion": ?\d+/, '"schemaVersion":99'),
  ],
];

let sweep: RemovalSweep;
let deps: Deps;
beforeEach(async () => {
  sweep = await openRemovalSweep({
    scenario: TWO,
    hasRecycleBin: true,
    deps: (own) => (deps = own),
  });
});
afterEach(async () => sweep.close());

async function breakOne(key: string, how: string | ((whole: string) => string)): Promise<string> {
  const whole = (await sweep.store.get(key))?.body ?? '';
  const body = typeof how === 'string' ? how : how(whole);
  await sweep.store.put(key, body);
  return body;
}

function targets(): [TargetRef, TargetRef] {
  const [bad, good] = sweep.ids.map((id) => {
    const [accountId = '', region = ''] = id.split('/');
    return { accountId, region };
  });
  return [bad!, good!];
}

const isIn = (target: TargetRef) => (one: TargetRef) => one.accountId === target.accountId;

describe.each(BROKEN)('a history that %s', (_what, how) => {
  it('begins every grace of its own target anew, is told by name, and keeps nobody else', async () => {
    await sweep.run('seen', { mode: 'report', ...GRACE });
    sweep.clock.advance(15 * DAY_MS);
    const [bad, good] = targets();
    const body = await breakOne(historyKeys.staleSince(bad), how);

    const { summary, plan, removals, published, error } = await sweep.run('second', GRACE);
    expect(error).toBeNull();
    expect(removals.filter(isIn(bad))).toEqual([]);
    expect(plan?.held.filter(isIn(bad)).every(({ held }) => held.includes('IN_GRACE'))).toBe(true);
    expect(removals.filter(isIn(good)).length).toBeGreaterThan(0);
    expect(removals.every(({ outcome }) => outcome === 'REMOVED')).toBe(true);

    expect(summary?.historyDoubts).toEqual([
      expect.objectContaining({ ...bad, reason: 'UNREADABLE', resources: null }),
    ]);
    const text = published?.Message.replace(/\s+/g, ' ');
    expect(text).toContain('NOT TRUSTED');
    expect(text).toMatch(
      new RegExp(`starts again in .*${bad.accountId}.{0,20}${bad.region}: its history cannot be`),
    );
    const table = renderTable(summary!, 100).join('\n');
    expect(table).toMatch(new RegExp(`starts again in .*${bad.accountId}.{0,20}${bad.region}`));

    // It makes room for the next one, and is kept for somebody to look at.
    const next = await sweep.store.get(historyKeys.staleSince(bad));
    expect(History.parse(JSON.parse(next?.body ?? '')).lookedAt).toBeDefined();
    const kept = await toArray(sweep.store.list(`history/stale-since/${bad.accountId}/`));
    const aside = kept.filter((key) => key.includes('.unreadable-'));
    expect(await Promise.all(aside.map(async (key) => (await sweep.store.get(key))?.body))).toEqual(
      body === '' ? [] : [body],
    );

    sweep.clock.advance(15 * DAY_MS);
    const third = await sweep.run('third', GRACE);
    expect(third.summary?.historyDoubts).toEqual([]);
    expect(third.removals.filter(isIn(bad)).length).toBeGreaterThan(0);
  });
});

describe('a history of which some can not be', () => {
  it('removes nothing on the word of it, and tells it by name', async () => {
    await sweep.run('seen', { mode: 'report', ...GRACE });
    sweep.clock.advance(DAY_MS);
    const [bad] = targets();
    const key = historyKeys.staleSince(bad);
    const history = History.parse(JSON.parse((await sweep.store.get(key))?.body ?? ''));
    // Before any snapshot of this organization began, so that all graces would be over.
    const forged = Object.entries(history.entries).map(([name, entry]) => {
      return [name, { ...entry, staleSince: '1999-01-01T00:00:00.000Z' }];
    });
    await sweep.store.put(
      key,
      JSON.stringify({ ...history, entries: Object.fromEntries(forged) as object }),
    );
    const { removals, summary } = await sweep.run('second', GRACE);
    expect(removals).toEqual([]);
    expect(summary?.historyDoubts).toEqual([
      expect.objectContaining({ ...bad, reason: 'BEFORE_ITS_START', resources: forged.length }),
    ]);
    expect(summary?.historyDoubts[0]?.resourceIds[0]).toMatch(/^snap-/);
  });

  it('from the future is written anew at once, and not in forty days', async () => {
    await sweep.run('seen', { mode: 'report', ...GRACE });
    const [bad] = targets();
    const key = historyKeys.staleSince(bad);
    const history = History.parse(JSON.parse((await sweep.store.get(key))?.body ?? ''));
    const ahead = new Date(sweep.clock.now().getTime() + 40 * DAY_MS).toISOString();
    const entries = Object.keys(history.entries).map((name) => {
      return [name, { staleSince: ahead, lastSeen: ahead }];
    });
    const forged = { ...history, lookedAt: ahead, entries: Object.fromEntries(entries) as object };
    await sweep.store.put(key, JSON.stringify(forged));
    sweep.clock.advance(DAY_MS);
    const { summary } = await sweep.run('second', { mode: 'report', ...GRACE });
    expect(summary?.historyDoubts).toEqual([
      expect.objectContaining({ ...bad, reason: 'FROM_THE_FUTURE', lookedAt: ahead }),
    ]);
    const next = History.parse(JSON.parse((await sweep.store.get(key))?.body ?? ''));
    const now = sweep.clock.now().getTime();
    for (const { staleSince, lastSeen } of Object.values(next.entries))
      for (const time of [staleSince, lastSeen]) expect(Date.parse(time)).toBeLessThanOrEqual(now);
    expect(Date.parse(next.lookedAt ?? ahead)).toBeLessThanOrEqual(now);
  });
});

it.each(BROKEN)(
  'prices that nobody can read (the file %s) give way to the built-in ones, and it is told',
  async (_what, how) => {
    await breakOne(
      PRICES_KEY,
      typeof how === 'string' ? how : how('{"schemaVersion": 1, "asOf": "2026-11-01"}'),
    );
    const { summary, error, published } = await sweep.run('priced', { mode: 'report' });
    expect(error).toBeNull();
    expect(summary?.pricesFailure).toContain('prices.json');
    expect(summary?.prices?.source).toContain('aws');
    expect(published?.Message).toContain('prices.json');
    expect(renderTable(summary!, 100).join('\n')).toContain('Prices in the store were not used');
  },
);

describe.each(BROKEN)('a batch of the ledger that %s', (_what, how) => {
  async function restore(given: Partial<RestoreArguments> = {}) {
    const { terminal, written } = fakeTerminal();
    const args: RestoreArguments = {
      ...{ command: 'restore', executionId: 'first', resourceIds: [], dryRun: false },
      ...{
        out: '',
        hub: undefined,
        roleNames: DEFAULT_ROLE_NAMES,
        self: false,
        quiet: true,
        json: false,
      },
      ...given,
    };
    const code = await restoreAndTell(deps, args, terminal);
    return { code, text: written.stdout };
  }

  it('keeps nothing else from being restored, is told by name, and ends as incomplete', async () => {
    const { removals } = await sweep.run('first', {
      policy: { graceDays: 0, requireUndo: true },
    });
    const [bad, good] = targets();
    const batch = keysOf('first').ledgerBatch(bad, 1);
    const inBatch = JSON.parse((await sweep.store.get(batch))?.body ?? '{}') as {
      entries: { resourceId: string }[];
    };
    await breakOne(batch, how);
    const ofGood = removals.filter(isIn(good));
    const [one] = ofGood;
    const single = await restore({ resourceIds: [one!.resourceId] });
    expect(single.text).toMatch(new RegExp(`RESTORED +${one!.resourceId}`));
    expect(single.text).toContain(sweep.store.locationOf(batch));
    expect(single.code).toBe(5);
    const { code, text } = await restore();
    expect(code).toBe(5);
    expect(text).toContain(sweep.store.locationOf(batch));
    const lost = new Set(inBatch.entries.map(({ resourceId }) => resourceId));
    const back = removals.filter(({ resourceId }) => !lost.has(resourceId));
    expect(back.length).toBeGreaterThanOrEqual(ofGood.length);
    for (const { resourceId } of back)
      expect(sweep.estates.some((estate) => estate.snapshot(resourceId) !== undefined)).toBe(true);
    // Nobody knows of these, so nobody says that they weren't removed.
    const asked = await restore({ resourceIds: [...lost].slice(0, 1) });
    expect([asked.code, asked.text.includes('NOT_REMOVED')]).toEqual([5, false]);
    const json = JSON.parse((await restore({ json: true })).text) as { unreadable: string[] };
    expect(json.unreadable).toEqual([
      expect.stringContaining(sweep.store.locationOf(batch)) as string,
    ]);
  });
});

it('a timeline that can not be read is told and stays', async () => {
  await sweep.run('first', { mode: 'report' });
  await breakOne(historyKeys.timeline, '');
  const { summary } = await sweep.run('second', { mode: 'report' });
  expect(summary?.pastFailure).toContain('timeline.json');
  expect(Timeline.safeParse((await sweep.store.get(historyKeys.timeline))?.body).success).toBe(
    false,
  );
});
