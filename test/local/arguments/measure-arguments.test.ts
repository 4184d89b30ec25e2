import { InvalidInput } from '../../../core/model/errors.ts';
import { parseArguments } from '../../../local/cli/arguments.ts';

const parse = (...argv: string[]) => parseArguments(['measure', ...argv]);

it('measures the 20 dearest volumes, by 20,000 requests at most, and asks first', () => {
  expect(parse('e1')).toMatchObject({
    command: 'measure',
    executionId: 'e1',
    top: 20,
    maxRequests: 20_000,
    yes: false,
    out: './orgsweep-out',
    roleNames: { discovery: 'orgsweep-discovery' },
  });
});

it('takes all of it otherwise', () => {
  const argv = [
    '--top',
    '5',
    '--max-requests=100',
    '--yes',
    '--role-name',
    'looker',
    'e1',
    '--self',
  ];
  expect(parse(...argv, '--json', '--out', 'x')).toMatchObject({
    ...{ top: 5, maxRequests: 100, yes: true, self: true, json: true, out: 'x' },
    roleNames: { discovery: 'looker' },
  });
});

it.each([
  [[], 'EXECUTION_ID: missing'],
  [['e/1'], 'EXECUTION_ID: "e/1"'],
  [['e1', '--top', '0'], '--top: "0" – accepted: a whole number from 1 to 1000'],
  [['e1', '--top', '1001'], '--top: "1001"'],
  [['e1', '--max-requests', '1e3'], '--max-requests: "1e3" – accepted: a whole number from 1'],
  [['e1', '--max-requests', '0'], '--max-requests: "0"'],
  [['e1', '--hub'], '--hub: unknown option'],
])('refuses %j', (argv, message) => {
  expect(() => parse(...argv)).toThrow(InvalidInput);
  expect(() => parse(...argv)).toThrow(message);
});
