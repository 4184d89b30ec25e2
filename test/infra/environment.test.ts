import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { InvalidInput } from '../../core/model/errors.ts';
import { OrgsweepHub } from '../../infra/hub/orgsweep-hub.ts';
import { synthApp } from '../support/hub/synth-app.ts';
import { synthHub } from '../support/hub/synth-hub.ts';

const HUB = '111122223333';
const MANAGEMENT = '777788889999';
const ADMINISTRATOR = '444455556666';
const ANY = 'unknown-account';
const ANYWHERE = 'unknown-region';

const placesOf = (context: Parameters<typeof synthApp>[0]) =>
  Object.fromEntries(
    Object.entries(synthApp(context)).map(([name, { account, region }]) => [
      name,
      `${account} ${region}`,
    ]),
  );

describe('where stacks are deployed', () => {
  it('is where the credentials are from, as long as the configuration says nothing', () =>
    expect(new Set(Object.values(placesOf({})))).toEqual(new Set([`${ANY} ${ANYWHERE}`])));

  it('is the configured account and Region, and no other: the CDK refuses other credentials', () =>
    expect(
      placesOf({ hubAccountId: HUB, region: 'eu-west-1', managementAccountId: MANAGEMENT }),
    ).toEqual({
      OrgsweepHub: `${HUB} eu-west-1`,
      OrgsweepSpokes: `${MANAGEMENT} eu-west-1`,
      'OrgsweepSpoke-Roles': `${MANAGEMENT} eu-west-1`,
      'OrgsweepSpoke-Deletion': `${MANAGEMENT} eu-west-1`,
      // A rule is of one Region, and is deployed in each.
      'OrgsweepSpoke-RecycleBin': `${MANAGEMENT} ${ANYWHERE}`,
    }));

  it('is the hub account for the hub alone: the others belong to other accounts', () =>
    expect(placesOf({ hubAccountId: HUB })).toMatchObject({
      OrgsweepHub: `${HUB} ${ANYWHERE}`,
      OrgsweepSpokes: `${ANY} ${ANYWHERE}`,
    }));

  it('is a delegated administrator for the StackSets, where that is named', () => {
    const stackSets = { callAs: 'DELEGATED_ADMIN', accountId: ADMINISTRATOR } as const;
    expect(placesOf({ managementAccountId: MANAGEMENT, stackSets })).toMatchObject({
      OrgsweepSpokes: `${ADMINISTRATOR} ${ANYWHERE}`,
      'OrgsweepSpoke-Roles': `${MANAGEMENT} ${ANYWHERE}`,
    });
    // It isn't the management account, whatever else it is.
    const unnamed = { managementAccountId: MANAGEMENT, stackSets: { callAs: 'DELEGATED_ADMIN' } };
    expect(placesOf(unnamed as Parameters<typeof synthApp>[0])['OrgsweepSpokes']).toBe(
      `${ANY} ${ANYWHERE}`,
    );
  });

  it('needs nothing to be looked up in the account', () => {
    const text = JSON.stringify(
      synthHub({ hubAccountId: HUB, region: 'eu-west-1' }).template.toJSON(),
    );
    expect(text).not.toMatch(/dummy|availability-zone/i);
  });
});

it('takes on no role of a bootstrapped account where there is none: everywhere but for the hub', () => {
  for (const [name, { roles }] of Object.entries(synthApp())) {
    expect({ name, roles: roles.length }).toEqual({ name, roles: name === 'OrgsweepHub' ? 2 : 0 });
  }
});

it('protects every stack from being destroyed by accident', () => {
  for (const [name, { terminationProtection }] of Object.entries(synthApp())) {
    expect({ name, terminationProtection }).toEqual({ name, terminationProtection: true });
  }
});

describe('a hub in a stack of somebody else', () => {
  const build = (env: { account: string; region: string } | undefined, config: object) => {
    const stack = new Stack(new App({ autoSynth: false }), 'Own', env && { env });
    return () =>
      new OrgsweepHub(stack, 'Orgsweep', config, () => Code.fromInline('exports.handler = 1;'));
  };
  const env = { account: MANAGEMENT, region: 'us-east-1' };

  it.each([
    [{ hubAccountId: HUB }, `orgsweep.hubAccountId: "${HUB}" – accepted: ${MANAGEMENT}, where`],
    [
      { region: 'eu-west-1' },
      'orgsweep.region: "eu-west-1" – accepted: us-east-1, where stack Own',
    ],
  ])('is refused where the stack is elsewhere: %j', (config, message) => {
    expect(build(env, config)).toThrow(InvalidInput);
    expect(build(env, config)).toThrow(message);
  });

  it('is made where the stack is there, or says nothing', () => {
    const config = { hubAccountId: MANAGEMENT, region: 'us-east-1' };
    expect(build(env, config)).not.toThrow();
    expect(build(undefined, config)).not.toThrow();
  });
});
