import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PEOPLE } from '../../local/hub/simulated-hub.ts';
import { type MayCall, mayCallByDefault } from '../../simulation/services/iam/people.ts';
import { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { keysOf } from '../../store/keys.ts';
import { type ServedHub, serveHub } from '../support/hub/simulated-hub.ts';
import { steadyScenario } from '../support/organizations/steady-scenario.ts';
import { synthHub } from '../support/hub/synth-hub.ts';
import { synthesizeStackSets } from '../support/hub/synthesized-spokes.ts';
import { askedFor } from './asked-for.ts';
import type { Judge } from './policy-gate.ts';
import { type Resource, resolveTemplate, type Template } from './resolved-template.ts';
import { judgeBy } from './role-policies.ts';
import { trustOfSpokeRoles } from './spoke-trust.ts';
import type { Synthesized } from './synthesized.ts';

/**
 * The command line over a hub whose people may do what the docs name and nothing else: sessions of
 * operator and approver are judged by the roles of the synthesized template.
 */
const ORGANIZATION = 'o-simulated01';
const INPUT = JSON.stringify({ approval: 'required', policy: { graceDays: 0 } });

let hub: ServedHub;
const refused: string[] = [];
beforeAll(async () => {
  const scenario = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 20, seed: 5 });
  const accountId = scenario.build(new Date()).hubAccountId;
  hub = await serveHub(scenario, true, undefined, mayCallBy(judgeOfTemplate(accountId)));
  const deleted = ['start', '--name', 'deleted', '--mode', 'delete', '--watch'];
  const input = JSON.stringify({ policy: { graceDays: 0 }, limits: { maxRemovalsPerTarget: 2 } });
  expect(await hub.cli(...deleted, '--input', input)).toMatchObject({ exitCode: 0 });
  hub.simulation.setFaults([{ operation: 'DescribeSnapshots', answer: 'deny' }]);
  const partial = await hub.cli('start', '--name', 'partial', '--watch');
  expect(partial).toMatchObject({ exitCode: 3 });
  hub.simulation.setFaults([]);
}, 120_000);
afterAll(async () => hub.close());

/** From now on the command line finds somebody's keys. */
async function become(who: Who | 'hub') {
  const keys: Keys = who === 'hub' ? hub.simulation.credentials : await keysOfPerson(who);
  process.env['AWS_ACCESS_KEY_ID'] = keys.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = keys.secretAccessKey;
  if (keys.sessionToken !== undefined) process.env['AWS_SESSION_TOKEN'] = keys.sessionToken;
  else delete process.env['AWS_SESSION_TOKEN'];
}

async function cliAs(who: Who, ...argv: string[]) {
  await become(who);
  refused.length = 0;
  return hub.cli(...argv).finally(async () => become('hub'));
}

type Who = 'may assume operator' | 'is operator' | 'may assume approver' | 'is approver';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

async function keysOfPerson(who: Who): Promise<Keys> {
  const role = who.endsWith('operator') ? 'operator' : 'approver';
  const person = PEOPLE[role];
  if (who.startsWith('may')) return person;
  const { endpoint } = hub.simulation;
  const sts = new STSClient({ endpoint, region: 'us-east-1', credentials: person });
  const accountId = hub.hub.stateMachineArn.split(':')[4];
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/orgsweep-${role}`,
      RoleSessionName: 'sam',
    }),
  );
  sts.destroy();
  return {
    accessKeyId: given!.AccessKeyId!,
    secretAccessKey: given!.SecretAccessKey!,
    sessionToken: given!.SessionToken!,
  };
}

function judgeOfTemplate(accountId: string): Judge {
  const into = { accountId, region: 'us-east-1', partition: 'aws', organizationId: ORGANIZATION };
  const resources = resolveTemplate(synthHub().template.toJSON() as Template, into);
  const [bucketId = ''] =
    Object.entries(resources).find(([, { Type }]) => Type === 'AWS::S3::Bucket') ?? [];
  const named = JSON.parse(
    JSON.stringify(resources).replaceAll(`:::${bucketId.toLowerCase()}`, ':::orgsweep-hub'),
  ) as Record<string, Resource>;
  const template = synthesizeStackSets({
    deletion: { organizationalUnits: ['ou-ab12-cdef3456'] },
    organizationId: ORGANIZATION,
    organizationalUnits: ['r-ab12'],
  }) as unknown as Template;
  const spokeTrust = trustOfSpokeRoles({ template } as Synthesized, into);
  return judgeBy(named, { ...into, spokeTrust });
}

function mayCallBy(judge: Judge): MayCall {
  return async (request, operation) => {
    const { caller } = request;
    const role = /:assumed-role\/(orgsweep-(?:operator|approver))\//.exec(caller.arn)?.[1];
    if (role === undefined) return mayCallByDefault(request, operation);
    const account = { accountId: caller.accountId, partition: 'aws' };
    const query = request.query.toString();
    const asked = askedFor(
      {
        ...request,
        url: `${request.path}${query && `?${query}`}`,
        body: request.body.toString('utf8'),
      },
      account,
    );
    const alsoNeeded =
      asked.action === 's3:GetObject'
        ? [{ ...asked, action: 's3:ListBucket', resource: 'arn:aws:s3:::orgsweep-hub' }]
        : [];
    for (const needed of [asked, ...alsoNeeded]) {
      if (await judge(role, needed)) continue;
      refused.push(`${role}: ${needed.action} on ${needed.resource}`);
      return `because no identity-based policy allows the ${needed.action} action`;
    }
    return undefined;
  };
}

/** Of a run of which nothing is known yet, no key is there. */
function isPublished(name: string): boolean {
  try {
    const request = JSON.parse(hub.read(keysOf(name).approvalRequest)) as { publishedAt?: string };
    return typeof request.publishedAt === 'string';
  } catch {
    return false;
  }
}

/** Starts an execution and comes back when it waits for a decision. */
async function waiting(name: string): Promise<string> {
  await hub.cli('start', '--name', name, '--mode', 'delete', '--input', INPUT);
  for (;;) {
    if (isPublished(name)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  return name;
}

const removed = () =>
  hub
    .read(keysOf('deleted').removals)
    .split('\n')
    .filter(Boolean)
    .map((line) => RemovalOutcome.parse(JSON.parse(line)));

const byName = (many: string[][]) => many.map((argv) => [argv.join(' '), argv] as const);

const DONE = { exitCode: 0, refused: [], told: '' };

describe.each(['may assume operator', 'is operator'] as const)('somebody who %s', (who) => {
  const suffix = who.startsWith('is') ? '-2' : '';
  it.each(
    byName([
      ['start', '--name', `started${suffix}`, '--watch'],
      ['start', '--retry', 'partial', '--name', `retried${suffix}`],
      ['watch', 'deleted'],
      ['watch', 'deleted', '--json'],
      ['restore', 'deleted', '--hub', '--dry-run'],
      ['restore', 'deleted', '--hub', ...(suffix === '' ? [] : ['--json'])],
      ['prices', '--hub'],
      ['prices', '--update', '--yes', '--hub'],
    ]),
  )('does orgsweep %s', async (_, argv) => {
    const { exitCode, stderr } = await cliAs(who, ...argv);
    expect({ exitCode, refused, told: exitCode === 0 ? '' : stderr }).toEqual(DONE);
  });

  it('explains', async () => {
    const [{ resourceId } = { resourceId: '' }] = removed();
    const { exitCode } = await cliAs(who, 'explain', resourceId, '--hub');
    expect({ exitCode, refused }).toEqual({ exitCode: 0, refused: [] });
  });

  it('decides nothing, and reads who does', async () => {
    const executionId = await waiting(`asked${suffix}`);
    for (const argv of [['approve', '--yes'], ['reject']]) {
      const { exitCode, stdout, stderr } = await cliAs(who, ...argv, executionId, '--hub');
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('role/orgsweep-approver');
      expect(stderr).toContain('AWS_PROFILE');
    }
    await hub.cli('reject', executionId, '--hub');
  });

  it('watches a run that waits, with the plan to decide on', async () => {
    const executionId = await waiting(`watched${suffix}`);
    await become(who);
    refused.length = 0;
    const watching = hub.cli('watch', executionId);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await become('hub');
    await hub.cli('reject', executionId, '--hub');
    const { exitCode, stderr } = await watching;
    expect({ exitCode, refused }).toEqual({ exitCode: 4, refused: [] });
    expect(stderr).toContain(`orgsweep approve ${executionId}`);
  });
});

describe('somebody who is approver', () => {
  it.each(['approve', 'reject'])('can %s', async (command) => {
    const executionId = await waiting(`to-${command}`);
    const yes = command === 'approve' ? ['--yes'] : [];
    const { exitCode, stdout, stderr } = await cliAs('is approver', command, executionId, ...yes);
    expect({ exitCode, refused, told: exitCode === 0 ? '' : stderr }).toEqual(DONE);
    expect(stdout).toMatch(/by arn:aws:sts::\d{12}:assumed-role\/orgsweep-approver\/sam/);
  });

  it.each(
    byName([
      ['start'],
      ['start', '--retry', 'deleted'],
      ['watch', 'deleted'],
      ['restore', 'deleted', '--hub'],
      ['explain', 'snap-0', '--hub'],
      ['prices', '--hub'],
      ['prices', '--update', '--yes', '--hub'],
    ]),
  )('cannot %s, and reads who can', async (_, argv) => {
    const { exitCode, stdout, stderr } = await cliAs('is approver', ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/accepted: credentials that may assume \S+role\/orgsweep-operator/);
  });
});

it.each(['approve', 'reject'])(
  'does not take the approver role for somebody who may: %s says how',
  async (command) => {
    const yes = command === 'approve' ? ['--yes'] : [];
    const answered = await cliAs('may assume approver', command, 'deleted', ...yes, '--hub');
    expect(answered).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /^orgsweep: credentials: .*user\/some-approver.* – accepted: credentials of the role arn:aws:iam::\d{12}:role\/orgsweep-approver, which this command does not assume \(AWS_PROFILE\)/,
      ),
    });
  },
);

it('names both permissions to somebody who has neither', async () => {
  const { exitCode, stderr } = await cliAs('may assume approver', 'start');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /ssm:GetParameter on arn:aws:ssm:us-east-1:\d{12}:parameter\/orgsweep\/hub/,
  );
  expect(stderr).toMatch(/sts:AssumeRole on arn:aws:iam::\d{12}:role\/orgsweep-operator/);
});

it.each([
  ['a hub that nobody deployed under this name', ['--hub=/other/hub'], {}],
  ['a name that says nothing of a role', ['--hub=/team/orgsweep/deployed'], {}],
  ['another Region', [], { AWS_REGION: 'eu-west-1' }],
])('says of %s what it tried, and what to name', async (_, options, environment) => {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const { exitCode, stderr } = await cliAs('may assume operator', 'start', ...options);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('AWS_REGION');
    expect(stderr).toContain('--hub=NAME');
    expect(stderr).toContain('ssm:GetParameter');
  } finally {
    process.env = before;
  }
});
