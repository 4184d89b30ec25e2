import type { Made } from '../../../core/history/made.ts';
import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import type { Kind } from '../../../kinds/kind.ts';
import { openLedger } from '../../../steps/ledger/stored-ledger.ts';
import { findMadeOf } from '../../../steps/ledger/proved-made.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { aRemoval } from '../../support/summaries/builders.ts';

const { accountId, region } = aRemoval();
const target = { accountId, region };
const COPIED_AT = '2026-11-01T12:00:00.000Z';
const REMOVED_AT = '2026-11-03T12:00:00.000Z';
const volume = { kind: 'ebs-volume', resourceId: 'vol-1' };
const RECORD: Made = {
  ...{ of: 'ebs-volume:vol-1', step: 'copy', at: COPIED_AT, executionId: 'copied' },
  removed: { at: REMOVED_AT, executionId: 'removed' },
};
const { removed: _, ...COPY_ALONE } = RECORD;

/** What counts of a record, where the ledger of the second execution tells this. */
async function provedBy(
  told: Partial<RemovalOutcome> | null,
  record: Made = RECORD,
): Promise<Made | undefined> {
  const store = makeMemoryStore();
  const clock = makeManualClock();
  const ended = {
    ...{ ...volume, ...target, reasons: [], intentAt: null },
    ...{ sizeGiB: 8, monthlyCostUsdUpTo: 0.4, restorableUntil: null },
  };
  const copied = { outcome: 'STEP_DONE', step: 'copy', made: 'snap-1', at: COPIED_AT } as const;
  await (await openLedger({ store, clock }, 'copied', target)).settle({ ...ended, ...copied });
  if (told !== null) {
    const removed = { outcome: 'REMOVED', step: 'delete', at: REMOVED_AT } as const;
    const ledger = await openLedger({ store, clock }, 'removed', target);
    await ledger.settle({ ...ended, ...removed, ...told });
  }
  const kinds = [{ kind: 'ebs-snapshot', madeBy: ['ebs-volume'] } as unknown as Kind];
  const planned = [aRemoval({ kind: 'ebs-snapshot', resourceId: 'snap-1' })];
  const history = { made: { 'snap-1': record } };
  // As in a local run: what is sealed isn't what this is about.
  const deps = { store, kinds, sealOf: async () => null };
  return (await findMadeOf(deps, target, history, planned)).get('snap-1');
}

it('that orgsweep removed it counts where the ledger of that execution tells it', async () =>
  expect(await provedBy({})).toEqual(RECORD));

it.each<readonly [string, Partial<RemovalOutcome> | null]>([
  ['is not there', null],
  ['tells that others did', { outcome: 'ALREADY_GONE' }],
  ['tells of a failure', { outcome: 'FAILED' }],
  ['tells another time', { at: '2026-11-04T12:00:00.000Z' }],
  ['tells of another volume', { resourceId: 'vol-2' }],
])('a history that says so is not believed where that ledger %s', async (_, told) =>
  expect(await provedBy(told)).toEqual(COPY_ALONE),
);

it('nor where it names another execution', async () => {
  const forged = { ...RECORD, removed: { at: REMOVED_AT, executionId: 'another' } };
  expect(await provedBy({}, forged)).toEqual(COPY_ALONE);
});

it('where the copy itself is not proved nothing of it counts', async () => {
  const forged = { ...RECORD, at: '2026-10-01T12:00:00.000Z' };
  expect(await provedBy({}, forged)).toBeUndefined();
});
