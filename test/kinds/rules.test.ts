import { rulesByKind } from '../../kinds/among.ts';
import { KINDS } from '../../kinds/registry.ts';
import { RULES } from '../support/summaries/builders.ts';

it('tests of the core go by the sources that the kinds watch', () => {
  expect(rulesByKind(KINDS)).toEqual(RULES);
});
