import { kindsToRemove } from '../../../core/floors/kinds-to-remove.ts';

const BOTH = ['ebs-snapshot', 'made-up'];

it.each([
  [['ebs-snapshot'], {}, BOTH, ['ebs-snapshot']],
  [['ebs-snapshot'], undefined, ['made-up'], []],
  [['made-up'], { remove: ['made-up'] }, BOTH, ['made-up']],
  [[], { remove: [] }, BOTH, []],
])('%j, asked as %j where %j is deployed, is %j', (remove, asked, deployed, expected) => {
  expect(kindsToRemove({ remove }, asked, deployed)).toEqual(expected);
});

it('refuses each kind that was named and is not deployed', () => {
  expect(() => kindsToRemove({ remove: BOTH }, { remove: BOTH }, [], 'governance.input')).toThrow(
    'governance.input.remove[0]: "ebs-snapshot" – accepted: none (deletion.kinds of this deployment); ' +
      'governance.input.remove[1]: "made-up" – accepted: none (deletion.kinds of this deployment)',
  );
});
