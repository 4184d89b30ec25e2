import { KINDS } from '../../../kinds/registry.ts';
import { wordsOf } from '../../../kinds/in-words.ts';
import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import type { RestoreLine } from '../../../core/removal/restore.ts';
import { explain, type Mentions } from '../../../report/explain/explain.ts';
import { renderExplanation } from '../../../report/explain/text.ts';
import {
  ACCOUNT,
  aRemoval,
  aRemovalOutcome,
  daysBefore,
  NOW,
  REGION,
} from '../../support/summaries/builders.ts';

const VOLUME = { kind: 'ebs-volume', accountId: ACCOUNT, region: REGION, resourceId: 'vol-1' };
const MADE_AT = '2026-11-20T06:00:00.000Z';
const KEPT = 'its final copy snap-9, which is kept until 18 February 2027';

/** A volume that was deleted after a copy of it was made. */
function told(
  { now = NOW, ...given }: Partial<RemovalOutcome> & { readonly now?: Date },
  restore?: Partial<RestoreLine>,
): string {
  const follows = { step: 'copy', at: MADE_AT, executionId: 'e-1', made: 'snap-9' };
  const at = daysBefore(0);
  const mentions: Mentions = {
    ...{ executionId: 'e-2', mode: 'delete', status: 'COMPLETE', startedAt: at, approval: null },
    ...{ findings: [], held: [], measured: [], unreadable: [], planFor: () => null },
    planned: [aRemoval({ ...VOLUME, step: 'delete', follows })],
    removals: [aRemovalOutcome({ ...VOLUME, step: 'delete', at, ...given })],
    restores: restore ? [{ ...VOLUME, outcome: 'RESTORED', at, ...restore }] : [],
  };
  const words = wordsOf(KINDS);
  const of = { mentions: [mentions], targets: new Map(), stale: null, words };
  const commandFor = (id: string) => `orgsweep restore ${id}`;
  const telling = { now, words, inWords: () => [], commandFor };
  return renderExplanation(explain(VOLUME, of), telling).replace(/\s+/g, ' ');
}

const IN_BIN = { restorableUntil: daysBefore(-6) };

it('says of what was made again that it is another one, and gives its new id', () => {
  const text = told({ undo: 'MADE' }, { newId: 'vol-2' });
  expect(text).not.toContain('It is there again');
  expect(text).toContain('In its place there is vol-2, another one that a restore made again on');
  expect(text).toContain('As long as vol-2 has the tag orgsweep:protect');
  expect(text).toContain('It is another one now: its id is vol-2.');
});

it('what came back under its own id is there again', () => {
  const text = told(IN_BIN, {});
  expect(text).toContain('It is there again');
  expect(text).toContain('Beside it, its final copy snap-9 stays and is billed');
  expect(told({ undo: 'MADE' }, { newId: 'vol-2' })).not.toContain('is billed');
});

it('of what is in the bin, tells the copy as well, and until when that is kept', () => {
  const text = told(IN_BIN);
  expect(text).toContain('To get it back, until 27 November 2026 at 06:00 UTC:');
  expect(text).toContain(
    `After that, it makes it again, as another one with a new id, from ${KEPT}`,
  );
  expect(text).toContain(`After that it can be made again, under a new id, from ${KEPT}.`);
});

it.each([
  ['once its time in the bin is over', { restorableUntil: daysBefore(0) }],
  ['where no bin had it', { undo: 'MADE' as const }],
])('%s, the copy is the way back', (_, given) => {
  const text = told(given);
  expect(text).toContain(`To have it made again, as another one with a new id, from ${KEPT}:`);
  expect(text).toContain('orgsweep restore e-2');
  expect(text).not.toContain('Nothing:');
});

it('past the bin and without a copy of its own, says how a person uses the copy of somebody else', () => {
  const text = told({ restorableUntil: daysBefore(0), undo: 'NONE' });
  expect(text).toContain('Its time in the Recycle Bin ended on');
  expect(text).toContain(
    'If a copy of it is named above and still there, make a new one from that:',
  );
  expect(text).toContain(
    `aws ec2 create-volume --profile ${ACCOUNT} --region ${REGION} --snapshot-id SNAPSHOT_ID`,
  );
  expect(text).not.toContain('Nothing:');
});

it('once its day is over, says that the copy may be gone', () => {
  const text = told({ ...IN_BIN, now: new Date('2027-03-01T00:00:00.000Z') });
  expect(text).toContain('snap-9, if that is still there (it was kept until 18 February 2027):');
});

it('promises no copy where it was lost before the removal', () => {
  expect(told({ undo: 'NONE' })).not.toContain('snap-9');
});
