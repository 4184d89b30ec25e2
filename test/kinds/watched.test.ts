import { watchedByKind } from '../../kinds/among.ts';
import { KINDS } from '../../kinds/registry.ts';
import { WATCHED } from '../support/summaries/builders.ts';

it('tests of the core go by the sources that the kinds watch', () => {
  expect(watchedByKind(KINDS)).toEqual(WATCHED);
});
