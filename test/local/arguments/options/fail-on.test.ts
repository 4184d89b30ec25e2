import { failOnOf } from '../../../../local/arguments/options/fail-on.ts';
import { parseArguments } from '../../../../local/cli/arguments.ts';

const failOn = (...values: string[]) => failOnOf(new Map([['fail-on', values]]));

it('takes several conditions, with commas between them or one by one', () => {
  const all = [
    { of: 'stale', above: 100 },
    { of: 'cost', above: 12.5 },
    { of: 'coverage', below: 99.5 },
  ];
  expect(failOn('stale>100,cost>12.5,coverage<99.5')).toEqual(all);
  expect(failOn('stale > 100', 'cost>12.5, coverage < 99.5')).toEqual(all);
  expect(failOnOf(new Map())).toBeUndefined();
});

it.each([
  // What a shell leaves of `--fail-on stale>100` without quotation marks.
  'stale',
  '',
  'stale>',
  'stale>-1',
  'stale>1.5',
  'stale<1',
  'stale>=1',
  'cost>1,000',
  'cost>$5',
  'coverage>90',
  'coverage<0',
  'coverage<100.1',
  'coverage<90%',
  'unused>1',
  'stale>1;cost>1',
  'stale>1|cost>1',
])('refuses %j with the field, the value and what is accepted', (value) => {
  expect(() => failOn(value)).toThrow(/^--fail-on: ".*" – accepted: (stale>COUNT, |coverage< and)/);
});

it('needs a run whose end is waited for', () => {
  const parse = (...argv: string[]) => parseArguments(argv);
  expect(() => parse('start', '--fail-on', 'stale>1')).toThrow(
    '--fail-on: "stale>1" – accepted: only together with --watch, which waits for the end',
  );
  for (const argv of [['run'], ['start', '--watch'], ['watch', 'e1']])
    expect(parse(...argv, '--fail-on=stale>1')).toMatchObject({
      failOn: [{ of: 'stale', above: 1 }],
    });
});
