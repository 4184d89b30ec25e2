import { parseArguments } from '../../../local/cli/arguments.ts';

const parse = (line: string) => parseArguments(line.split(' ').filter((word) => word !== ''));

const ROLE_NAMES = {
  discovery: 'orgsweep-discovery',
  deletion: 'orgsweep-deletion',
  restore: 'orgsweep-restore',
};

it('restores all that an execution removed, unless told otherwise', () => {
  const defaults = {
    ...{ command: 'restore', executionId: 'x', out: './orgsweep-out', self: false, hub: undefined },
  };
  expect(parse('restore x')).toEqual({
    ...defaults,
    ...{ resourceIds: [], dryRun: false, roleNames: ROLE_NAMES, quiet: false, json: false },
  });
  expect(
    parse(
      'restore --resource snap-1 --resource=snap-2 x --dry-run --quiet --json --restore-role-name r',
    ),
  ).toEqual({
    ...defaults,
    ...{ resourceIds: ['snap-1', 'snap-2'], dryRun: true, quiet: true, json: true },
    roleNames: { ...ROLE_NAMES, restore: 'r' },
  });
});

it('runs for real, in report mode, into ./orgsweep-out, unless told otherwise', () => {
  expect(parse('run')).toEqual({
    command: 'run',
    simulated: false,
    scenario: undefined,
    input: undefined,
    accounts: [],
    regions: [],
    mode: undefined,
    enableDeletion: false,
    plan: undefined,
    retry: undefined,
    out: './orgsweep-out',
    roleNames: ROLE_NAMES,
    self: false,
    topic: undefined,
    quiet: false,
    json: false,
  });
});

it('takes every option, after a space or an equals sign', () => {
  const line =
    'run --simulated --scenario bad-day --input in.json --account 111122223333 ' +
    '--account=444455556666 --region eu-west-1 --region us-gov-west-1 --mode delete ' +
    '--enable-deletion --plan 20260101T000000-report-abc123 --retry r1 --out=somewhere --role-name r ' +
    '--deletion-role-name d --self --topic arn:aws:sns:eu-west-1:111122223333:t --quiet --json';
  expect(parse(line)).toEqual({
    command: 'run',
    simulated: true,
    scenario: 'bad-day',
    input: 'in.json',
    accounts: ['111122223333', '444455556666'],
    regions: ['eu-west-1', 'us-gov-west-1'],
    mode: 'delete',
    enableDeletion: true,
    plan: '20260101T000000-report-abc123',
    retry: 'r1',
    out: 'somewhere',
    roleNames: { discovery: 'r', deletion: 'd', restore: 'orgsweep-restore' },
    self: true,
    topic: 'arn:aws:sns:eu-west-1:111122223333:t',
    quiet: true,
    json: true,
  });
});

it('serves the default scenario on any free port, unless told otherwise', () => {
  const defaults = { command: 'simulate', port: 0, hub: false, enableDeletion: false };
  const none = { scenario: undefined, config: undefined };
  expect(parse('simulate')).toEqual({ ...defaults, ...none });
  expect(parse('simulate --hub --config c.json')).toMatchObject({ hub: true, config: 'c.json' });
  expect(parse('simulate --port 4599 --scenario bad-day --hub --enable-deletion')).toEqual({
    ...{ command: 'simulate', port: 4599, scenario: 'bad-day' },
    ...{ hub: true, config: undefined, enableDeletion: true },
  });
});

it('starts on the default hub, and does not wait, unless told otherwise', () => {
  const none = { input: undefined, mode: undefined, plan: undefined, retry: undefined };
  const defaults = { ...none, command: 'start', accounts: [], regions: [], hub: '/orgsweep/hub' };
  expect(parse('start')).toEqual({
    ...defaults,
    name: undefined,
    watch: false,
    quiet: false,
    json: false,
  });
  expect(
    parse(
      'start --mode delete --plan p --region eu-west-1 --hub /a/hub --name n --watch --quiet --json',
    ),
  ).toEqual({
    ...defaults,
    ...{ mode: 'delete', plan: 'p', regions: ['eu-west-1'], hub: '/a/hub' },
    ...{ name: 'n', watch: true, quiet: true, json: true },
  });
  expect(parse('watch x --hub')).toEqual({
    ...{ command: 'watch', executionId: 'x', hub: '/orgsweep/hub', quiet: false, json: false },
  });
});

it('explains one resource, named before, between or after the options', () => {
  const explained = {
    ...{ command: 'explain', resourceId: 'snap-1', out: 'x', hub: undefined, json: true },
  };
  expect(parse('explain snap-1')).toEqual({ ...explained, out: './orgsweep-out', json: false });
  for (const line of ['snap-1 --out x --json', '--out x snap-1 --json', '--json --out=x snap-1']) {
    expect(parse(`explain ${line}`)).toEqual(explained);
  }
});

it.each(['--help', '-h', 'help', 'fly --help', 'constructor -h', 'help fly'])(
  'helps with "%s": all commands',
  (line) => expect(parse(line)).toEqual({ command: 'help' }),
);

it.each(['run --help', 'run --foo -h', 'help run'])('helps with "%s": that command', (line) =>
  expect(parse(line)).toEqual({ command: 'help', about: 'run' }),
);

it('tells its version', () => expect(parse('--version')).toEqual({ command: 'version' }));

it.each([
  [
    '',
    'command: missing – accepted: run, start, watch, approve, reject, findings, list, open, explain, measure, restore, prices, simulate, completion; see --help',
  ],
  [
    'fly',
    'command: "fly" – accepted: run, start, watch, approve, reject, findings, list, open, explain, measure, restore, prices, simulate, completion; see --help',
  ],
  [
    'constructor',
    'command: "constructor" – accepted: run, start, watch, approve, reject, findings, list, open, explain, measure, restore, prices, simulate, completion; see --help',
  ],
  ['rnu', 'see --help; did you mean run?'],
  ['--json run', 'command: "--json" – accepted: run, start'],
  ['run --regoin eu-west-1', '--json; did you mean --region?'],
  ['run --resume e1', '--resume: works only with start, on a deployed hub'],
  ['explain', 'RESOURCE_ID: missing – accepted: one, such as snap-0123456789abcdef0'],
  ['explain --json', 'RESOURCE_ID: missing – accepted: one, such as snap-0123456789abcdef0'],
  [
    'restore --keep try',
    'EXECUTION_ID: missing – accepted: one, such as 20261121T060000-delete-a1b2c3',
  ],
  ['explain snap-1 snap-2', 'argument: "snap-2" – accepted: one RESOURCE_ID only'],
  [
    'explain snap-1 --region x',
    '--region: unknown option – accepted: --out, --keep, --hub, --json',
  ],
  ['explain snap-1 --hub --out x', '--out: "x" – accepted: only without --hub'],
  ['restore x --hub --self', '--self: works only without --hub'],
  ['start now', 'argument: "now" – accepted: options only'],
  ['start --enable-deletion', '--enable-deletion: unknown option'],
  ['start --name a/b', '--name: "a/b" – accepted: 1 to 80 letters'],
  ['start --hub /aws/hub', '--hub: "/aws/hub" – accepted: the name of an SSM parameter'],
  ['watch', 'EXECUTION_ID: missing'],
  ['watch a/b', 'EXECUTION_ID: "a/b"'],
  ['simulate --config c.json', '--config: "c.json" – accepted: only together with --hub'],
  [
    'simulate --hub --config c.json --enable-deletion',
    '--enable-deletion: works only without --config, which has deletion.enabled',
  ],
  ['simulate --enable-deletion', '--enable-deletion: works only together with --hub'],
  ['restore', 'EXECUTION_ID: missing'],
  ['restore a/b', 'EXECUTION_ID: "a/b" – accepted: 1 to 80 letters'],
  ['restore x y', 'argument: "y" – accepted: one EXECUTION_ID only'],
  ['restore x --restore-role-name=a//b', '--restore-role-name: "a//b"'],
  ['run now', 'argument: "now" – accepted: options only, after the command'],
  ['run -s', '-s: unknown option – accepted: --simulated, --scenario'],
  ['run --constructor', '--constructor: unknown option – accepted: --simulated'],
  ['simulate --json', '--json: unknown option – accepted: --port, --scenario'],
  ['run --self=yes', '--self: "yes" – accepted: no value'],
  ['run --out', '--out: missing – accepted: a value'],
  ['run --out=', '--out: missing – accepted: a value'],
  ['run --out --json', '--out: missing – accepted: a value'],
  ['run --out a --out b', '--out: "b" – accepted: --out only once'],
  ['run --account 11112222333', '--account: "11112222333" – accepted: 12 digits'],
  ['run --region Ireland', '--region: "Ireland" – accepted: a Region name such as "eu-west-1"'],
  ['run --mode kill', '--mode: "kill" – accepted: "report", "delete"'],
  ['run --plan a/b', '--plan: "a/b" – accepted: 1 to 80 letters'],
  ['run --role-name a//b', '--role-name: "a//b" – accepted: the name of an IAM role'],
  ['run --topic t', '--topic: "t" – accepted: the ARN of a standard SNS topic'],
  ['run --topic arn:aws:sns:eu-west-1:111122223333:t.fifo', 'accepted: the ARN of a standard'],
  ['run --scenario default', '--scenario: "default" – accepted: only together with --simulated'],
  ['run --keep k', '--keep: "k" – accepted: only together with --simulated'],
  ['run --simulated --after 14d', '--after: "14d" – accepted: only together with --keep'],
  ['restore x --after 14d', '--after: "14d" – accepted: only together with --keep'],
  ['simulate --after 14d', '--after: "14d" – accepted: only together with --keep'],
  [
    'run --simulated --keep k --after=-1d',
    '--after: "-1d" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after 14',
    '--after: "14" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after 0d',
    '--after: "0d" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after 1.5d',
    '--after: "1.5d" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after 14D',
    '--after: "14D" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after 3651d',
    '--after: "3651d" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after 99999999w',
    '--after: "99999999w" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after d',
    '--after: "d" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  [
    'run --simulated --keep k --after 1e3d',
    '--after: "1e3d" – accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to 3650d',
  ],
  ['simulate --keep k --hub', '--keep: "k" – accepted: only without --hub'],
  ['restore x --hub --keep k', '--keep: "k" – accepted: only without --hub'],
  ['approve x --hub --keep k', '--keep: "k" – accepted: only without --hub'],
  ['explain x --keep k --after 1d', '--after: unknown option'],
  ['simulate --port 65536', '--port: "65536" – accepted: 0 to 65535'],
  ['simulate --port -1', '--port: "-1" – accepted: 0 to 65535'],
  ['simulate --port http', '--port: "http" – accepted: 0 to 65535'],
])('refuses "%s"', (line, message) => {
  expect(() => parse(line)).toThrow(
    expect.objectContaining({ name: 'InvalidInput', message: expect.stringContaining(message) }),
  );
});

it.each([
  ['90m', 90 * 60_000],
  ['36h', 36 * 3_600_000],
  ['14d', 14 * 86_400_000],
  ['2w', 14 * 86_400_000],
])('takes --after %s', (after, afterMilliseconds) => {
  for (const line of ['run --simulated', 'restore x', 'measure x', 'simulate']) {
    expect(parse(`${line} --keep k --after ${after}`)).toMatchObject({
      afterMilliseconds,
      keep: 'k',
    });
  }
});

it('looks for executions where --keep keeps them, unless --out says otherwise', () => {
  for (const line of ['run --simulated', 'restore x', 'measure x', 'explain x', 'approve x']) {
    expect(parse(`${line} --keep k`)).toMatchObject({ out: 'k', keep: 'k' });
    expect(parse(`${line} --keep k --out o`)).toMatchObject({ out: 'o', keep: 'k' });
  }
});
