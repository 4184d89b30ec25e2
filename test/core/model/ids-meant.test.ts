import { resourceIdMeant } from '../../../core/model/ids-meant.ts';
import { ExecutionInput } from '../../../kinds/registry.ts';
import { parseInput } from '../../../core/input/bad-input.ts';
import { parseArguments } from '../../../local/cli/arguments.ts';
import type { RestoreArguments } from '../../../local/arguments/restore-arguments.ts';
import type { ExplainArguments } from '../../../local/arguments/explain-arguments.ts';
import type { RunArguments } from '../../../local/arguments/run-arguments.ts';

const run = (...argv: string[]) => parseArguments(['run', ...argv]) as RunArguments;

it.each([
  '222222222222',
  '2222-2222-2222',
  '2222 2222 2222',
  '="222222222222"',
  '="2222-2222-2222"',
  "'222222222222",
  "'2222-2222-2222",
  '"222222222222"',
  ' 222222222222\t',
  '\u00a02222-2222-2222\u00a0',
])('takes --account %j, as findings.csv and spreadsheets have it', (account) => {
  expect(run('--account', account).accounts).toEqual(['222222222222']);
});

it('takes an account that is named twice in two ways as one', () =>
  expect(run('--account', '2222-2222-2222', '--account=222222222222').accounts).toEqual([
    '222222222222',
  ]));

it.each([
  [
    '22222222222',
    '--account: "22222222222" – accepted: 12 digits; a spreadsheet drops zeros in front: "022222222222" if it was that',
  ],
  ['2.22222E+11', 'accepted: 12 digits; a spreadsheet has taken it for a number and lost some'],
  ['2222-22222222', '--account: "2222-22222222" – accepted: 12 digits'],
  ['22222222222a', '--account: "22222222222a" – accepted: 12 digits'],
  ['2222222222222', '--account: "2222222222222" – accepted: 12 digits'],
  ['２２２２２２２２２２２２', 'accepted: 12 digits'],
])('refuses --account %s, and says what it may have been', (account, message) =>
  expect(() => run('--account', account)).toThrow(message),
);

it('refuses in the execution input what it takes from a flag, and says what it should be', () => {
  const refused = (accounts: string[]) => () => parseInput(ExecutionInput, { scope: { accounts } });
  expect(refused(['2222-2222-2222'])).toThrow(
    'input.scope.accounts[0]: "2222-2222-2222" – accepted: 12 digits, as in "222222222222"',
  );
  expect(refused(['22222222222'])).toThrow('a spreadsheet drops zeros in front: "022222222222"');
});

it.each([
  ['orgsweep-discovery', 'orgsweep-discovery'],
  ['/team/orgsweep-discovery', 'team/orgsweep-discovery'],
  ['team/orgsweep-discovery', 'team/orgsweep-discovery'],
  ['/a/b.c/r', 'a/b.c/r'],
])('takes --role-name %s, under its IAM path', (given, role) => {
  const { discovery, deletion } = run(
    '--role-name',
    given,
    '--deletion-role-name',
    given,
  ).roleNames;
  expect([discovery, deletion]).toEqual([role, role]);
  const restoring = parseArguments(['restore', 'x', '--restore-role-name', given]);
  expect((restoring as RestoreArguments).roleNames.restore).toBe(role);
});

it.each([
  ['arn:aws:iam::111122223333:role/team/sweeper', 'not its ARN: "team/sweeper"'],
  ['arn:aws:sts::111122223333:assumed-role/sweeper/me', 'accepted: the name of an IAM role'],
  ['/team/', 'accepted: the name of an IAM role'],
  ['//r', 'accepted: the name of an IAM role'],
  ['team/../r/', 'accepted: the name of an IAM role'],
  ['a'.repeat(65), 'accepted: the name of an IAM role'],
  ['two words', 'accepted: the name of an IAM role'],
])('refuses --role-name %s', (given, message) =>
  expect(() => run('--role-name', given)).toThrow(message),
);

it.each([
  ['snap-0123456789abcdef0'],
  [' snap-0123456789abcdef0 '],
  ['SNAP-0123456789ABCDEF0'],
  ['arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0'],
  ['arn:aws-us-gov:ec2:us-gov-west-1:111122223333:snapshot/snap-0123456789abcdef0'],
  ['="snap-0123456789abcdef0"'],
])('finds the resource that %j means', (given) => {
  const id = 'snap-0123456789abcdef0';
  expect(resourceIdMeant(given)).toBe(id);
  expect((parseArguments(['explain', given]) as ExplainArguments).resourceId).toBe(id);
  const restoring = parseArguments(['restore', 'x', '--resource', given]) as RestoreArguments;
  expect(restoring.resourceIds).toEqual([id]);
});

it.each(['snap-nothing', 'Vol-1', 'arn:aws:s3:::bucket', 'my-Thing'])('leaves %s as it is', (id) =>
  expect(resourceIdMeant(id)).toBe(id),
);
