import type { Guard } from '../guard.ts';

const EXECUTIONS = ['test/end-to-end/approval.test.ts'];
const ASL = ['test/statemachine/definition.test.ts'];

/** Between a plan that a person has to approve and its removals. */
export const APPROVAL: readonly Guard[] = [
  {
    name: 'approval-before-removal',
    promise: 3,
    keeps: 'a machine that went on by mistake removes what nobody approved',
    file: 'sweep/remove-target.ts',
    find: '  await refuseUnlessApproved(deps.store, plan);\n',
    replace: '',
    tests: EXECUTIONS,
    title: 'another plan',
  },
  {
    name: 'approval-of-this-very-plan',
    promise: 3,
    keeps: 'an approval of one plan lets another be carried out',
    file: 'core/approval.ts',
    find: 'record.planDigest === plan.digest &&',
    replace: '',
    tests: EXECUTIONS,
    title: 'another plan',
  },
  {
    name: 'only-a-yes-is-a-yes',
    promise: 3,
    keeps: 'a rejected or expired plan is carried out',
    file: 'core/approval.ts',
    find: "record?.decision === 'APPROVED' &&",
    replace: 'record !== undefined &&',
    tests: ['test/core/approval.test.ts'],
  },
  {
    name: 'approval-unless-nobody-is-asked',
    promise: 3,
    keeps: 'a plan that a person has to approve goes past them',
    file: 'statemachine/sweep.asl.json',
    find: '"Default": "AwaitApproval"',
    replace: '"Default": "RemoveTargets"',
    tests: ASL,
  },
];
