import { kindsToRemove } from '../../../core/floors/kinds-to-remove.ts';
import { aRemoval } from '../../support/summaries/builders.ts';

const BOTH = ['ebs-snapshot', 'made-up'];

it.each([
  [['ebs-snapshot'], {}, BOTH, ['ebs-snapshot']],
  [['ebs-snapshot'], undefined, ['made-up'], []],
  [['made-up'], { remove: ['made-up'] }, BOTH, ['made-up']],
  [[], { remove: [] }, BOTH, []],
])('%j, asked as %j where %j is deployed, is %j', (remove, asked, deployed, expected) => {
  expect(kindsToRemove({ remove }, asked, { deployed })).toEqual(expected);
});

it('refuses each kind that was named and is not deployed', () => {
  const bounds = { deployed: [], root: 'governance.input' };
  expect(() => kindsToRemove({ remove: BOTH }, { remove: BOTH }, bounds)).toThrow(
    'governance.input.remove[0]: "ebs-snapshot" – accepted: none (deletion.kinds of this deployment); ' +
      'governance.input.remove[1]: "made-up" – accepted: none (deletion.kinds of this deployment)',
  );
});

it.each([
  ['are its own', {}, ['made-up', 'ebs-snapshot'], BOTH, ['made-up', 'ebs-snapshot']],
  [
    'are bounded by the deployment',
    {},
    ['made-up', 'ebs-snapshot'],
    ['ebs-snapshot'],
    ['ebs-snapshot'],
  ],
  [
    'give way to those of the input',
    { remove: ['ebs-snapshot'] },
    ['made-up'],
    BOTH,
    ['ebs-snapshot'],
  ],
  ['are the default where it has nothing', {}, [], BOTH, ['ebs-snapshot']],
])('the kinds of a named plan %s', (_, asked, planned, deployed, expected) => {
  const namedPlan = { removals: planned.map((kind) => aRemoval({ kind })) };
  const bounds = { deployed, namedPlan };
  expect(kindsToRemove({ remove: ['ebs-snapshot'] }, asked, bounds)).toEqual(expected);
});
