import type { Guard } from '../guard.ts';

const MAIL = ['test/core/report/mail.property.test.ts'];

/** What people read of a run, and paste from it. */
export const MESSAGE: readonly Guard[] = [
  {
    name: 'mail-in-sixty-lines',
    promise: 6,
    keeps: 'a mail is so long that nobody reads what matters in it',
    file: 'core/report/mail.ts',
    find: 'const room = MOST_LINES - taken - run.length;',
    replace: 'const room = 200;',
    tests: MAIL,
    title: 'at most 60 lines',
  },
  {
    name: 'command-whole',
    promise: 6,
    keeps: 'a command that is there to be pasted is cut, and does something else',
    file: 'core/report/mail-lines.ts',
    find: 'oneLine(command.command)',
    replace: 'oneLine(command.command).slice(0, 60)',
    tests: MAIL,
    title: 'each command whole',
  },
  {
    name: 'retry-stays-in-mail',
    promise: 2,
    keeps: 'a mail about much to do no longer says how what was not scanned is scanned',
    file: 'core/report/next-steps.ts',
    find: '&& { staysInMessage: true }',
    replace: '&& {}',
    tests: MAIL,
    title: 'has to act on',
  },
  {
    name: 'aws-command-names-account',
    promise: 6,
    keeps: 'a pasted AWS CLI command acts in whatever account its reader is in',
    file: 'core/report/aws-commands.ts',
    find: '`--profile ${account} --region ${region}`',
    replace: '`--region ${region}${account.slice(99)}`',
    tests: ['test/core/report/aws-commands.test.ts'],
    title: 'profile of its account',
  },
  {
    name: 'errors-in-words',
    promise: 6,
    keeps: 'a stack or JSON of a runtime takes the place of what happened in a message to people',
    file: 'sweep/record-failed-target.ts',
    find: 'message: caughtInWords(cause) }',
    replace: 'message: cause }',
    tests: ['test/core/caught-in-words.test.ts'],
  },
  {
    name: 'odd-name-in-words',
    promise: 6,
    keeps:
      'an execution name that only Step Functions allows ends in a raw error instead of in words',
    file: 'statemachine/contracts.ts',
    find: 'input: z.object({ executionId: z.string(), input: z.unknown() }),',
    replace: 'input: z.object({ executionId: ExecutionId, input: z.unknown() }),',
    tests: ['test/local/no-stack.test.ts'],
    title: 'run\\(1\\)',
  },
  {
    name: 'odd-name-begins-nothing',
    promise: 6,
    keeps: 'keys of the store and commands are made of a name that they do not allow',
    file: 'sweep/prepare-execution.ts',
    find: "parseInput(ExecutionId, name, 'execution name')",
    replace: 'name',
    tests: ['test/local/no-stack.test.ts'],
    title: 'run\\(1\\)',
  },
];
