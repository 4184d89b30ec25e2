import type { Saved } from '../../../core/summary/savings.ts';
import type { RestoreDeps } from '../../../steps/deps.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import { applyAct } from '../../../simulation/acts.ts';
import { type Ended, openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';

const DAY = 86_400_000;
/** The rule that comes with orgsweep. */
const RETENTION_DAYS = 14;
const IN_BIN = { policy: { requireUndo: true } };
const NOTHING = {
  resources: 0,
  sizeGiB: 0,
  monthlyCostUsdUpTo: 0,
  unpricedGiB: 0,
  unpricedUnsized: 0,
};

let sweep: RemovalSweep;
let deps: RestoreDeps;
afterEach(async () => sweep.close());

async function open(hasRecycleBin = true): Promise<void> {
  sweep = await openRemovalSweep({ hasRecycleBin, deps: (own) => (deps = own) });
}

async function report(executionId: string): Promise<Ended> {
  return sweep.run(executionId, { mode: 'report' });
}

const savedOf = ({ summary }: Ended): Saved | null | undefined => summary?.funnel?.saved;
const countsOf = (ended: Ended) => {
  const saved = savedOf(ended);
  return [saved?.gone.resources, saved?.inRecycleBin.resources];
};

async function restore(resourceIds: readonly string[] = [], dryRun = false): Promise<void> {
  await restoreExecution(deps, { executionId: 'first', resourceIds, dryRun });
}

describe('what was removed into the Recycle Bin', () => {
  it('is billed until it has left it, and saved from then on', async () => {
    await open();
    const first = await sweep.run('first', IN_BIN);
    const { removedGiB = 0, byOutcome } = first.summary?.removals ?? {};
    expect(byOutcome?.REMOVED).toBe(8);
    const removed = { resources: 8, sizeGiB: removedGiB };
    const until = first.removals.map(({ restorableUntil }) => restorableUntil ?? '').toSorted();
    expect(savedOf(first)).toMatchObject({
      since: first.summary?.startedAt,
      gone: NOTHING,
      inRecycleBin: { ...removed, lastUntil: until.at(-1) },
    });
    sweep.clock.advance(7 * DAY);
    expect(countsOf(await report('week-1'))).toEqual([0, 8]);
    sweep.clock.advance(7 * DAY);
    expect(savedOf(await report('week-2'))).toMatchObject({
      since: first.summary?.startedAt,
      gone: removed,
      inRecycleBin: { ...NOTHING, lastUntil: null },
    });
  });

  it('and restored was never saved: some, then all of it, before and after the time is over', async () => {
    await open();
    const { removals } = await sweep.run('first', IN_BIN);
    const [one = ''] = removals.map(({ resourceId }) => resourceId);
    await restore([one], true);
    expect(countsOf(await report('dry'))).toEqual([0, 8]);
    await restore([one]);
    expect(countsOf(await report('one-is-back'))).toEqual([0, 7]);
    sweep.clock.advance((RETENTION_DAYS - 0.5) * DAY);
    await restore();
    sweep.clock.advance(DAY);
    expect(countsOf(await report('all-are-back'))).toEqual([0, 0]);
    expect(countsOf(await report('later'))).toEqual([0, 0]);
  });

  it('and restored only when its time was over stays saved', async () => {
    await open();
    await sweep.run('first', IN_BIN);
    sweep.clock.advance((RETENTION_DAYS + 1) * DAY);
    await restore();
    expect(countsOf(await report('too-late'))).toEqual([8, 0]);
  });

  it('is counted over all scopes, each execution once', async () => {
    await open();
    await sweep.run('first', { ...IN_BIN, limits: { maxRemovalsPerTarget: 3 } });
    const { accountId } = sweep.estates[0]!;
    const scope = { accounts: [accountId] };
    expect(countsOf(await sweep.run('other', { ...IN_BIN, scope }))).toEqual([0, 8]);
    sweep.clock.advance(20 * DAY);
    expect(countsOf(await report('later'))).toEqual([8, 0]);
  });
});

it('a Summarize that died after it wrote the timeline counts what it removed once', async () => {
  let isLost = false;
  sweep = await openRemovalSweep({
    hasRecycleBin: true,
    store: (store) => ({
      ...store,
      put: async (...args) => {
        const written = await store.put(...args);
        if (isLost || args[0] !== historyKeys.timeline) return written;
        isLost = true;
        throw Object.assign(new Error('lost'), { name: 'Lambda.ServiceException' });
      },
    }),
  });
  expect(countsOf(await sweep.run('first', IN_BIN))).toEqual([0, 8]);
  expect(isLost).toBe(true);
});

it('what was removed without the bin is saved at once', async () => {
  await open(false);
  const first = await sweep.run('first');
  expect(countsOf(first)).toEqual([first.summary?.removals.byOutcome.REMOVED, 0]);
});

it('what somebody else deleted is no saving', async () => {
  await open();
  await report('first');
  const [estate] = sweep.estates;
  const [snapshotId = ''] = estate?.snapshots(0, 1).items.map((one) => one.snapshotId) ?? [];
  applyAct(estate!, { kind: 'delete-snapshot', snapshotId });
  expect(countsOf(await report('second'))).toEqual([0, 0]);
});

describe('what of the past cannot be read', () => {
  it.each([
    ['the timeline', () => historyKeys.timeline],
    ['what was restored', () => keysOf('first').restores],
  ])('as %s, makes no figure: it is told, and the file stays as it is', async (_, keyOf) => {
    await open();
    await sweep.run('first', IN_BIN);
    await sweep.store.put(keyOf(), 'cut sho');
    const { summary } = await report('second');
    expect(summary?.funnel?.saved).toBeNull();
    expect(summary?.pastFailure).toContain(sweep.store.locationOf(keyOf()));
    expect((await sweep.store.get(keyOf()))?.body).toBe('cut sho');
  });

  it('as what was removed, counts nothing of it as saved once something was restored', async () => {
    await open();
    const { removals } = await sweep.run('first', IN_BIN);
    await restore([removals[0]?.resourceId ?? '']);
    await sweep.store.writeLines(keysOf('first').removals, []);
    expect(countsOf(await report('second'))).toEqual([0, 0]);
  });
});
