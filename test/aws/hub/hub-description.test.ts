import { HubDescription, HubName, readHubDescription } from '../../../aws/hub/hub-description.ts';
import { Floors } from '../../../core/floors/floors.ts';
import type { Served } from '../../support/organizations/served-organization.ts';
import { serve } from '../../support/organizations/served-organization.ts';
import { HUB } from '../../support/organizations/tiny-organization.ts';

const DESCRIPTION: HubDescription = {
  version: 1,
  stateMachineArn: `arn:aws:states:eu-west-1:${HUB}:stateMachine:orgsweep`,
  bucket: 'orgsweep-hub',
  topicArn: `arn:aws:sns:eu-west-1:${HUB}:orgsweep`,
  decideApprovalFunctionArn: `arn:aws:lambda:eu-west-1:${HUB}:function:orgsweep-decide-approval`,
  operatorRoleArn: `arn:aws:iam::${HUB}:role/orgsweep-operator`,
  restoreRoleName: 'orgsweep-restore',
};

const FLOORS = Floors.parse({ graceDays: 7 });

/** One of the hub's parts, in an account or a Region that isn't the parameter's. */
const STRAY = [
  ['decideApprovalFunctionArn', 'arn:aws:lambda:eu-west-1:999999999999:function:approve'],
  ['stateMachineArn', 'arn:aws:states:eu-west-1:999999999999:stateMachine:orgsweep'],
  ['topicArn', 'arn:aws:sns:us-east-1:111111111111:orgsweep'],
  ['operatorRoleArn', 'arn:aws:iam::999999999999:role/orgsweep-operator'],
] as const;
const strayed = (key: string, arn: string) => JSON.stringify({ ...DESCRIPTION, [key]: arn });

let served: Served;
beforeAll(async () => {
  const { bucket: _bucket, ...withoutBucket } = DESCRIPTION;
  const values = {
    '/orgsweep/hub': JSON.stringify({ ...DESCRIPTION, ofANewerHub: true }),
    '/floors/hub': JSON.stringify({ ...DESCRIPTION, floors: { ...FLOORS, ofANewerHub: 1 } }),
    '/floors/newer': JSON.stringify({ ...DESCRIPTION, floors: { graceDays: 'many' } }),
    '/text/hub': 'hello',
    '/broken/hub': JSON.stringify({ ...withoutBucket, stateMachineArn: 'arn:aws:sqs:::x' }),
    ...Object.fromEntries(STRAY.map(([key, arn]) => [`/stray/${key}`, strayed(key, arn)])),
    '/newer/hub': JSON.stringify({ ...DESCRIPTION, version: 2 }),
  };
  served = await serve({}, { parameters: { region: 'eu-west-1', values } });
});
afterAll(async () => served.close());

const read = async (name: string) =>
  readHubDescription(served.ssm(), name, { accountId: HUB, region: 'eu-west-1' });

it('reads the hub from its parameter, and leaves out what a newer hub says beside', async () => {
  expect(await read('/orgsweep/hub')).toEqual(DESCRIPTION);
});

it('reads its floors, and leaves to its functions what it cannot read of them', async () => {
  expect(await read('/floors/hub')).toEqual({ ...DESCRIPTION, floors: FLOORS });
  expect(await read('/floors/newer')).toEqual({ ...DESCRIPTION, floors: undefined });
});

it.each([
  ['/other/hub', `there is no SSM parameter /other/hub in account ${HUB}, eu-west-1`],
  ['/other/hub', 'AWS_PROFILE, AWS_REGION), or --hub=NAME with its parameter; docs/operating.md'],
  ['/text/hub', 'SSM parameter /text/hub: "hello" – accepted: an object with version, stateMach'],
  ['/broken/hub', '/hub.stateMachineArn: "arn:aws:sqs:::x" – accepted: an ARN of states'],
  ['/broken/hub', 'SSM parameter /broken/hub.bucket: missing – accepted: text'],
  ['/newer/hub', 'SSM parameter /newer/hub.version: 2 – accepted: 1'],
])('says of %s in words what is wrong', async (name, message) => {
  await expect(read(name)).rejects.toMatchObject({
    name: 'InvalidInput',
    message: expect.stringContaining(message),
  });
});

it.each(STRAY)(
  'takes no hub whose %s is %s: what is signed for one would go to another',
  async (key, arn) => {
    await expect(read(`/stray/${key}`)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining(
        `SSM parameter /stray/${key}.${key}: "${arn}" – accepted: an ARN of account ${HUB}`,
      ),
    });
  },
);

it('never takes a refusal for a hub that is not there', async () => {
  served.simulation.setFaults([{ operation: 'GetParameter', answer: 'deny' }]);
  await expect(read('/orgsweep/hub')).rejects.toMatchObject({ name: 'AccessDenied' });
  served.simulation.setFaults([]);
});

it.each(['arn:aws-us-gov:', 'arn:aws-cn:'])('takes the ARNs of %s', (partition) => {
  const text = JSON.stringify(DESCRIPTION).replaceAll('arn:aws:', partition);
  expect(HubDescription.parse(JSON.parse(text)).topicArn.startsWith(partition)).toBe(true);
});

it.each(['hub', '/aws/hub', '/ssm/x', '/a//b', '/', '/a/', '/a b'])('refuses the name %s', (name) =>
  expect(HubName.safeParse(name).success).toBe(false),
);
