import { assess } from '../../../kinds/ebs-snapshot/assess.ts';
import type { EbsSnapshot } from '../../../kinds/ebs-snapshot/facts.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { SNAPSHOT_WORDS } from '../../../core/words/snapshot-words.ts';
import { reasonOf, reasonsInWords } from '../../../report/words/reason-words.ts';
import { aPolicy, aSnapshot, aVolume, NOW } from '../../support/organizations/snapshots.ts';

it('shows the code with the words: people search for it', () => {
  expect(reasonsInWords(['LOCKED', 'NEW_REASON'], SNAPSHOT_WORDS)).toBe(
    'it is locked (LOCKED); NEW_REASON',
  );
});

it('has words for what every reference source keeps', () => {
  const told = KINDS.flatMap(({ references, words }) =>
    references.flatMap(({ reason }) =>
      reason.split(', ').map((one) => [one, reasonOf(words, one).verdict]),
    ),
  );
  expect(told).toContainEqual(['USED_BY_LAUNCH_TEMPLATE', 'KEEP']);
  expect(told.filter(([, verdict]) => verdict !== 'KEEP')).toEqual([]);
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
  expect(reasonOf(SNAPSHOT_WORDS, reason).verdict).toBe(verdict);
});

it('says a reason in the words of its kind, and of no kind only what holds for any', () => {
  const own = {
    one: 'beacon',
    many: 'beacons',
    reasons: { STALE: { NOT_SEEN: 'nobody sees it' } },
  };
  expect(reasonOf(own, 'NOT_SEEN')).toEqual({ verdict: 'STALE', says: 'nobody sees it' });
  expect(reasonOf(own, 'IN_USE')).toEqual({ verdict: 'KEEP', says: 'it is in use' });
  expect(reasonOf(SNAPSHOT_WORDS, 'IN_USE').says).toBe('its volume is in use');
  expect(reasonOf(own, 'VOLUME_MISSING')).toEqual({ verdict: null, says: undefined });
  expect(reasonOf(own, 'constructor')).toEqual({ verdict: null, says: undefined });
});

it('a reason why a removal ended has no verdict, and is said in the words of its kind, too', () => {
  const said = { verdict: null, says: 'it is the last snapshot of its volume' };
  expect(reasonOf(SNAPSHOT_WORDS, 'LAST_COPY')).toEqual(said);
  expect(reasonOf(undefined, 'LAST_COPY').says).toBe('it is the last of its copies');
  expect(reasonOf(undefined, 'NO_PROGRESS').says).toBe('the time was up');
});
