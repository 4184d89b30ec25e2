import { lookIntoBin } from '../../../steps/remove/removal-bin.ts';
import type { RemovalRun } from '../../../steps/remove/removal-run.ts';
import type { Kind } from '../../../kinds/kind.ts';
import { aRemoval, daysBefore, NOW } from '../../support/summaries/builders.ts';

const MINUTE_MS = 60_000;
const removal = aRemoval();
const intentAt = NOW.toISOString();
/** A run that knows of one intent, written now. */
const run = {
  look: { clients: {} },
  ledger: { openIntents: new Map([['ebs-snapshot:snap-1', { ...removal, intentAt }]]) },
} as unknown as RemovalRun;

/** A bin that holds the snapshot since so many minutes before the intent. */
function binSince(minutes: number): Kind {
  const enteredAt = new Date(NOW.getTime() - minutes * MINUTE_MS).toISOString();
  const find = async () => new Map([['snap-1', { enteredAt, restorableUntil: daysBefore(-7) }]]);
  return { undo: { find } } as unknown as Kind;
}

it.each([
  ['since', -1, 1],
  ['a little before, as clocks differ', 4, 1],
  ['long before: somebody else removed it then', 6, 0],
])('what went into the bin %s', async (_, minutes, ours) => {
  const { entries } = await lookIntoBin(run, binSince(minutes), [removal]);
  expect(entries.size).toBe(ours);
});

it('what has no intent of ours is not ours, wherever it is', async () => {
  const { entries } = await lookIntoBin(run, binSince(-1), [aRemoval({ resourceId: 'snap-2' })]);
  expect(entries.size).toBe(0);
});
