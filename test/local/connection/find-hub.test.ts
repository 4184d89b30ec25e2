import type { ClientOptions } from '../../../aws/sessions/aws-clients.ts';
import type { HubDescription } from '../../../aws/hub/hub-description.ts';
import { callerIdentity } from '../../../aws/sessions/spoke-session.ts';
import { hubNames } from '../../../infra/config/hub-names.ts';
import { peopleRolesOf } from '../../../core/input/hub-name.ts';
import {
  findHubAsCaller,
  findHubAsOperator,
  roleArnOf,
} from '../../../local/connection/find-hub.ts';
import type { SimPerson } from '../../../simulation/services/call/service.ts';
import { type Served, serve } from '../../support/organizations/served-organization.ts';
import { HUB, SPOKE } from '../../support/organizations/tiny-organization.ts';

const REGION = 'eu-west-1';
const describeHub = (operatorRole: string): HubDescription => ({
  version: 1,
  stateMachineArn: `arn:aws:states:${REGION}:${HUB}:stateMachine:orgsweep`,
  bucket: 'orgsweep-hub',
  topicArn: `arn:aws:sns:${REGION}:${HUB}:orgsweep`,
  decideApprovalFunctionArn: `arn:aws:lambda:${REGION}:${HUB}:function:orgsweep-decide-approval`,
  operatorRoleArn: `arn:aws:iam::${HUB}:role/${operatorRole}`,
  restoreRoleName: 'orgsweep-restore',
});
const HUBS = {
  '/orgsweep/hub': 'orgsweep-operator',
  '/team/hub': 'team-operator',
  '/pathed/hub': 'hub/pathed-operator',
  '/renamed/hub': 'operators-of-orgsweep',
  '/team/orgsweep/sweeper': 'orgsweep-operator',
};
const READS = ['ssm:GetParameter'];

const person = (name: string, accountId: string, may: Partial<SimPerson>): SimPerson => ({
  accessKeyId: `AKIA${name.toUpperCase()}`,
  secretAccessKey: name,
  arn: `arn:aws:iam::${accountId}:user/${name}`,
  actions: [],
  mayAssume: [],
  ...may,
});
const PEOPLE = {
  all: person('all', HUB, { mayAssume: [...Object.values(HUBS), 'renamed-operator'] }),
  reader: person('reader', HUB, { actions: READS, mayAssume: Object.values(HUBS) }),
  nobody: person('nobody', HUB, {}),
  readsOnly: person('readsonly', HUB, { actions: READS }),
  elsewhere: person('elsewhere', SPOKE, { mayAssume: Object.values(HUBS) }),
};

let served: Served;
beforeAll(async () => {
  const values = Object.fromEntries(
    Object.entries(HUBS).map(([name, role]) => [name, JSON.stringify(describeHub(role))]),
  );
  const names = Object.values(HUBS).map((role) => role.split('/').at(-1) ?? '');
  served = await serve(
    {},
    {
      parameters: { region: REGION, values },
      people: Object.values(PEOPLE),
      hubRoleNames: [...names, 'renamed-operator'],
    },
  );
});
afterEach(() => served.simulation.setFaults([]));
afterAll(async () => served.close());

async function searchAs(who: keyof typeof PEOPLE, name: string, region = REGION) {
  const credentials = PEOPLE[who];
  const { endpoint } = served.simulation;
  const callersOwn: ClientOptions = { endpoint, credentials, maxAttempts: 1 };
  return { name, region, callersOwn, caller: await callerIdentity(served.sts(credentials)) };
}
const find = async (...asked: Parameters<typeof searchAs>) =>
  findHubAsOperator(await searchAs(...asked));
const assumed = () => served.simulation.calls.total['sts:AssumeRole'] ?? 0;

/** Whom the credentials are of. */
async function whose({ credentials }: Awaited<ReturnType<typeof findHubAsOperator>>) {
  if (typeof credentials !== 'function') throw new Error('no provider');
  return (await callerIdentity(served.sts(await credentials()))).arn;
}

it.each([
  ['the default hub', 'all', '/orgsweep/hub', 'orgsweep-operator'],
  ['one with a prefix of its own', 'all', '/team/hub', 'team-operator'],
  ['one whose parameter names another role', 'all', '/renamed/hub', 'operators-of-orgsweep'],
  ['a role with a path, named by the parameter', 'reader', '/pathed/hub', 'pathed-operator'],
  ['a parameter of any name', 'reader', '/team/orgsweep/sweeper', 'orgsweep-operator'],
] as const)('finds %s, and acts as its operator', async (_, who, name, role) => {
  const found = await find(who, name);
  expect(found.hub).toEqual(describeHub(HUBS[name]));
  expect(await whose(found)).toBe(`arn:aws:sts::${HUB}:assumed-role/${role}/orgsweep-${who}`);
});

const both = (accountId: string, prefix: string) => [
  `sts:AssumeRole on arn:aws:iam::${accountId}:role/${prefix}-operator`,
  `ssm:GetParameter on arn:aws:ssm:${REGION}:${accountId}:parameter/${prefix}/hub`,
  'AWS_PROFILE, AWS_REGION, --hub=NAME',
];
it.each([
  ['nobody', '/orgsweep/hub', both(HUB, 'orgsweep')],
  ['all', '/other/hub', both(HUB, 'other')],
  ['all', '/pathed/hub', both(HUB, 'pathed')],
  ['elsewhere', '/orgsweep/hub', both(SPOKE, 'orgsweep')],
  ['all', '/team/orgsweep/sweeper', ['parameter/team/orgsweep/sweeper']],
  ['readsOnly', '/orgsweep/hub', ['credentials that may assume arn:aws:iam::']],
] as const)('tells %s who looks for %s what it takes', async (who, name, words) => {
  const error = await find(who, name).then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  expect(error).toMatchObject({ name: 'InvalidInput' });
  for (const word of words) expect(error?.message).toContain(word);
  expect(error?.message).toContain(PEOPLE[who].arn);
});

it.each(['throttle', 'error', 'reset', 'unknown-key'] as const)(
  'assumes no role by its name where the parameter was answered by %s',
  async (answer) => {
    const before = assumed();
    served.simulation.setFaults([{ operation: 'GetParameter', answer }]);
    await expect(find('all', '/orgsweep/hub')).rejects.toThrow();
    expect(assumed()).toBe(before);
  },
);

it('assumes no role where the caller may read, and there is no such parameter', async () => {
  const before = assumed();
  await expect(find('reader', '/nowhere/hub')).rejects.toThrow('there is no SSM parameter');
  expect(assumed()).toBe(before);
});

it('assumes nothing for a command that acts as the caller', async () => {
  const before = assumed();
  await expect(findHubAsCaller(await searchAs('all', '/orgsweep/hub'))).rejects.toThrow(
    `accepted: credentials of the role arn:aws:iam::${HUB}:role/orgsweep-approver`,
  );
  expect(await findHubAsCaller(await searchAs('readsOnly', '/orgsweep/hub'))).toMatchObject({
    version: 1,
  });
  expect(assumed()).toBe(before);
});

it.each(['aws', 'aws-cn', 'aws-us-gov'])(
  'looks in the account of the caller, in %s',
  (partition) => {
    const caller = { accountId: HUB, partition, arn: `arn:${partition}:iam::${HUB}:user/u` };
    expect(roleArnOf({ name: '/orgsweep/hub', caller }, 'operator')).toBe(
      `arn:${partition}:iam::${HUB}:role/orgsweep-operator`,
    );
  },
);

it.each(['orgsweep', 'a', 'team-2'])(
  'knows the roles that a hub is deployed with: %s',
  (prefix) => {
    const { parameter, operatorRole, approverRole } = hubNames(prefix);
    expect(peopleRolesOf(parameter)).toEqual({ operator: operatorRole, approver: approverRole });
  },
);
