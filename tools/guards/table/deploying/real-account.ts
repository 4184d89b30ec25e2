import type { Guard } from '../../guard.ts';

const REFUSED = ['refused'];
const DOCTORED = ['doctored'];
const WRITTEN = ['written'];

/** Of `npm run real-account`, which may make and remove things in an account of somebody's. */
export const REAL_ACCOUNT: readonly Guard[] = [
  {
    name: 'trial-in-the-named-account',
    promise: 3,
    keeps: 'a trial makes things in the account of whatever credentials are set',
    in: 'refuseOtherAccount',
    find: 'if (account === undefined || account === accountId) return;',
    replace: 'if (account !== undefined) return;',
    tests: REFUSED,
  },
  {
    name: 'no-trial-in-a-management-account',
    promise: 3,
    keeps: 'a trial makes things in the account that all others depend on',
    in: 'refuseUnlessSandbox',
    find: 'if (management === sandbox.accountId) {',
    replace: 'if (management === sandbox.accountId && !sure) {',
    tests: REFUSED,
  },
  {
    name: 'trial-in-an-empty-account',
    promise: 3,
    keeps: 'a trial runs where people work',
    in: 'refuseUnlessSandbox',
    find: 'if (count <= MOST_RESOURCES) continue;',
    replace: 'if (count >= 0) continue;',
    tests: REFUSED,
  },
  {
    name: 'trial-removes-its-own',
    promise: 3,
    keeps: 'what cleans up after a trial deletes snapshots of others',
    in: 'clean',
    find: 'listSnapshots(reading.ec2, accountId, OWN_TAG)',
    replace: 'listSnapshots(reading.ec2, accountId)',
    tests: WRITTEN,
  },
  {
    name: 'trial-cleans-past-the-bin',
    promise: 6,
    keeps:
      'what cleans up after a trial leaves snapshots in the Recycle Bin, and says that all is gone',
    in: 'clean',
    find: 'if (Description !== RULE_DESCRIPTION) continue;',
    replace: 'if (Description !== undefined) continue;',
    tests: WRITTEN,
  },
  {
    name: 'denied-is-not-settled',
    promise: 6,
    keeps: 'a call that was denied or throttled counts as what AWS does',
    in: 'refused',
    find: 'if (!isExpected(failure) && !saysWhatItThinks(failure)) throw error;',
    replace: '',
    tests: DOCTORED,
  },
  {
    name: 'trial-without-account-ids',
    promise: 6,
    keeps: 'what is shown to others in an issue names an account',
    in: 'anonymous',
    find: ".replace(ACCOUNT, '000000000000')",
    replace: '',
    tests: ['results'],
  },
];
