import type { Grant } from '../../kinds/grant.ts';
import type { Step } from '../../kinds/removal.ts';
import { type MadeUp, madeUpStep } from '../support/kinds/made-up-kind.ts';
import { faultsOfGrants } from './grants-contract.ts';

const NOTHING = { by: 'NOTHING', says: 'Nothing keeps a role from it.' } as const;
const MARK: Grant = { does: 'MARK', actions: ['x:Tag'], resource: 'x:*' };
const REMOVE: Grant = { does: 'REMOVE', actions: ['x:Delete'], resource: 'x:*' };
const BACK: Grant = { does: 'BRING_BACK', actions: ['x:Restore'], resource: 'x:*' };
const copies = (keys: readonly string[] | 'AS_BEFORE'): Grant => ({
  ...{ does: 'MAKE', actions: ['x:Copy'], from: 'x:*', resource: 'x:copy/*' },
  tags: { action: 'x:Tag', keys },
});

function faultsOf(
  steps: readonly Step<MadeUp>[],
  remove: readonly Grant[],
  restore: readonly Grant[] = [],
) {
  const iam = { discover: [], remove, restore };
  const removal = { steps } as never;
  return faultsOfGrants({ kind: 'made-up', iam, managerTagKeys: [], removal });
}

const twoSteps = [madeUpStep({ name: 'archive', fence: NOTHING }), madeUpStep({ fence: NOTHING })];
const reverse = { way: 'REVERSE', find: async () => null, bringBack: async () => '' } as const;

it('a kind whose grants fit its steps has no fault', () => {
  expect(faultsOf([madeUpStep()], [MARK, REMOVE])).toEqual([]);
  expect(faultsOf([madeUpStep({ fence: NOTHING })], [REMOVE])).toEqual([]);
  const each = [
    { ...REMOVE, steps: ['archive'] },
    { ...REMOVE, steps: ['delete'] },
  ];
  expect(faultsOf(twoSteps, each)).toEqual([]);
  expect(faultsOf([madeUpStep({ undo: [reverse] })], [MARK, REMOVE], [BACK])).toEqual([]);
  expect(faultsOf([], [])).toEqual([]);
});

it.each([
  ['a marker that nothing sets', [madeUpStep()], [REMOVE], "delete: doesn't mark what"],
  ['a marker that nobody asks for', [madeUpStep({ fence: NOTHING })], [MARK, REMOVE], 'marks what'],
  ['a step that nothing allows', [madeUpStep()], [MARK], 'delete: nothing allows it'],
  ['an action of any step', twoSteps, [REMOVE], "x:Delete doesn't say which steps it is for"],
  [
    'an action of no step',
    [madeUpStep()],
    [MARK, { ...REMOVE, steps: ['tidy'] }],
    'x:Delete is for tidy, which is no step',
  ],
  [
    'an action of two fences',
    [madeUpStep({ name: 'archive' }), madeUpStep({ fence: NOTHING })],
    [{ ...REMOVE, steps: ['archive', 'delete'] }],
    'made-up: x:Delete is for steps with different fences',
  ],
  ['a copy that nobody finds', [madeUpStep()], [copies(['x'])], 'what a lost answer made'],
  ['a copy that is removable', [madeUpStep()], [copies(['orgsweep:marked'])], 'removed at once'],
  ['a copy that stays', [madeUpStep()], [copies(['orgsweep:protect'])], 'kept for ever'],
  ['a copy without a tag', [madeUpStep()], [copies([])], 'by which tags it is ours'],
  ['a copy with any tags', [madeUpStep()], [copies('AS_BEFORE')], 'x:Copy: whose tags'],
] as const)('%s is refused', (_, steps, remove, fault) => {
  expect(faultsOf(steps, remove)).toContainEqual(expect.stringContaining(fault));
});

it('a way back that nothing allows is refused, and one of nothing', () => {
  const undone = [madeUpStep({ undo: [reverse] })];
  expect(faultsOf(undone, [MARK, REMOVE])).toEqual(['delete: nothing allows its way back']);
  expect(faultsOf([madeUpStep()], [MARK, REMOVE], [BACK])).toEqual([
    'delete: a way back of nothing',
  ]);
});
