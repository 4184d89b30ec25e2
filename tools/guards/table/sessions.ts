import type { Guard } from '../guard.ts';

const SESSION = 'aws/sessions/spoke-session.ts';
const SESSIONS_TESTS = ['test/aws/sessions/spoke-session.test.ts'];

/** Whose credentials do what, and where. */
export const SESSIONS: readonly Guard[] = [
  {
    name: 'wrong-account',
    promise: 3,
    keeps: 'a session in another account than the one asked for is used',
    file: SESSION,
    find: 'if (actual === expected) return;',
    replace: 'if (expected !== undefined) return;',
    tests: SESSIONS_TESTS,
  },
  {
    name: 'own-account',
    promise: 3,
    keeps: "the caller's own credentials are used for an account they aren't of",
    file: SESSION,
    find: '        await checkOwnAccount(accountId);',
    replace: '',
    tests: SESSIONS_TESTS,
  },
  {
    name: 'own-account-by-role',
    promise: 3,
    keeps: "a deployed function acts in the hub's account with its own credentials",
    file: SESSION,
    find: "    case 'BY_ROLE':\n      return false;",
    replace: "    case 'BY_ROLE':\n      return accountId === hubAccountId;",
    tests: SESSIONS_TESTS,
  },
  {
    name: 'deployed-by-role',
    promise: 3,
    keeps: "a deployed function reads the hub's account with its own credentials",
    file: 'functions/runtime/connect.ts',
    find: "ownAccount: 'BY_ROLE'",
    replace: "ownAccount: 'DIRECTLY'",
    tests: ['test/infra/bundle-at-work.test.ts'],
  },
  {
    name: 'session-policy',
    promise: 3,
    keeps: 'a session may do all that its role allows',
    file: SESSION,
    find: '    Policy: policy,',
    replace: '',
    tests: SESSIONS_TESTS,
  },
  {
    name: 'removal-is-sent-once',
    promise: 3,
    keeps: 'the SDK sends a removal again by itself, long after its check',
    file: SESSION,
    find: 'const REMOVAL_ATTEMPTS = 1;',
    replace: 'const REMOVAL_ATTEMPTS = 3;',
    tests: SESSIONS_TESTS,
  },
  {
    name: 'read-only-client',
    promise: 3,
    keeps: 'a discovery session sends anything but a read',
    file: 'aws/sessions/wire-guard.ts',
    find: "if (READ_OPERATION.test(operation.split(':')[1] ?? '')) return;",
    replace: 'if (READ_OPERATION !== undefined) return;',
    tests: ['test/aws/sessions/aws-clients.test.ts'],
  },
  {
    name: 'removal-client',
    promise: 3,
    keeps: "a session that removes or restores sends anything but its own role's actions",
    file: 'aws/sessions/wire-guard.ts',
    find: 'if (guard.includes(operation)) return;',
    replace: 'if (guard.length > 0) return;',
    tests: ['test/aws/sessions/aws-clients.test.ts'],
  },
  {
    name: 'what-is-on-the-wire',
    promise: 3,
    keeps: 'a change passes for a read by the name of its command',
    file: 'aws/sessions/wire-guard.ts',
    find: 'const operation = wireOperation(service, request) ?? commandOperation(context);',
    replace: 'const operation = commandOperation(context);',
    tests: ['test/aws/sessions/aws-clients.test.ts'],
  },
];
