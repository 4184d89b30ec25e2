import { kindNamed, rulesByKind } from '../../kinds/among.ts';
import { KINDS } from '../../kinds/registry.ts';
import { madeUpKind } from '../support/kinds/made-up-kind.ts';
import { KIND, RULES } from '../support/summaries/builders.ts';

it('tests of the core go by the sources that snapshots watch', () => {
  expect(rulesByKind([kindNamed(KINDS, KIND)])).toEqual(RULES);
});

it('a kind without a way back is removed in a step that has none, one without removal in none', () => {
  const kind = madeUpKind(new Map());
  const { removal: _removal, ...onlyReported } = kind;
  const stepsOf = (of: typeof onlyReported) => rulesByKind([of]).get(kind.kind)?.steps;
  expect(stepsOf(kind)).toEqual([{ name: 'delete', undo: 'NONE' }]);
  expect(stepsOf(onlyReported)).toEqual([]);
});
