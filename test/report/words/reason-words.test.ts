import { assess } from '../../../kinds/ebs-snapshot/assess.ts';
import type { EbsSnapshot } from '../../../kinds/ebs-snapshot/facts.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { REASON_WORDS, reasonsInWords, verdictOf } from '../../../report/words/reason-words.ts';
import { aPolicy, aSnapshot, aVolume, NOW } from '../../support/organizations/snapshots.ts';

it('shows the code with the words: people search for it', () => {
  expect(reasonsInWords(['LOCKED', 'NEW_REASON'])).toBe('it is locked (LOCKED); NEW_REASON');
});

it('has words for what every reference source keeps', () => {
  const reasons = KINDS.flatMap(({ references }) =>
    references.flatMap(({ reason }) => reason.split(', ')),
  );
  expect(reasons).toContain('USED_BY_LAUNCH_TEMPLATE');
  expect(reasons.filter((reason) => !(reason in REASON_WORDS))).toEqual([]);
});

it.each<[string, Partial<EbsSnapshot>]>([
  ['VOLUME_MISSING', { volume: null }],
  ['VOLUME_NOT_ATTACHED', { volume: aVolume() }],
  ['REFERENCES_INCOMPLETE', { incompleteReferences: ['amis'] }],
  ['AGE_UNKNOWN', { startedAt: null }],
  ['NOT_COMPLETED', { state: 'pending' }],
])('knows of %s which verdict has it', (reason, facts) => {
  const { verdict, reasons } = assess(aSnapshot(facts), aPolicy(), NOW);
  expect(reasons).toEqual([reason]);
  expect(verdictOf(reason)).toBe(verdict);
});
