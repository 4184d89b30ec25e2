import { reasonsInWords } from '../../../core/report/reason-words.ts';

it('shows the code with the words: people search for it', () => {
  expect(reasonsInWords(['LOCKED', 'NEW_REASON'])).toBe('it is locked (LOCKED); NEW_REASON');
});
