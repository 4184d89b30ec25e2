import { REASON_WORDS, reasonsInWords } from '../../../report/words/reason-words.ts';
import { KINDS } from '../../../kinds/registry.ts';

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
