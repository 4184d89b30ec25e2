import { AwsSolutionsChecks } from 'cdk-nag';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../infra/config/config.ts';
import { flat, synthHub } from '../support/hub/synth-hub.ts';

const BUCKET = 'orgsweephub-orgsweepstorebucket13f1167e-9ab3x';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ADOPTING = { store: { bucketName: BUCKET, sealKeyArn: KEY } };

const made = synthHub();
const adopting = synthHub(ADOPTING);

/** The bucket by its name, however a template says it. */
function named(text: string, logicalId: string): string {
  return text
    .replaceAll(`<${logicalId}.Arn>`, `arn:<AWS::Partition>:s3:::${BUCKET}`)
    .replaceAll(`<${logicalId}>`, BUCKET);
}

describe('a hub that adopts a bucket', () => {
  it('makes neither bucket nor key', () => {
    expect(adopting.ofType('AWS::S3::Bucket')).toEqual([]);
    const specs = adopting.ofType('AWS::KMS::Key').map(({ Properties }) => Properties['KeySpec']);
    expect(specs).toEqual([undefined]);
  });

  it('lets each role do in it what it may do in one that was made', () => {
    const [id] = Object.entries(made.resources).find(([, { Type }]) => Type === 'AWS::S3::Bucket')!;
    const [keyId] = Object.entries(made.resources).find(([one]) => /^OrgsweepSealKey/.test(one))!;
    const grantsOf = (hub: typeof made) =>
      hub
        .ofType('AWS::IAM::Policy')
        .map(({ Properties }) =>
          named(
            JSON.stringify(Properties, (_, value: unknown) =>
              typeof value === 'object' && value !== null && ('Ref' in value || keysOfOne(value))
                ? flat(value)
                : value,
            ),
            id,
          ).replaceAll(`<${keyId}.Arn>`, KEY),
        )
        .toSorted();
    expect(grantsOf(adopting)).toEqual(grantsOf(made));
  });

  it('tells its functions and its people of it', () => {
    const text = JSON.stringify(adopting.template.toJSON());
    expect(text).toContain(`"BUCKET":"${BUCKET}"`);
    expect(text).toContain(`"SEAL_KEY_ARN":"${KEY}"`);
    const [parameter] = adopting.ofType('AWS::SSM::Parameter');
    expect(flat(parameter?.Properties['Value'])).toContain(`"bucket":"${BUCKET}"`);
  });

  it('puts the policy on it that went with the earlier stack, which only its own account can', () => {
    const policyOf = (hub: typeof made) => {
      const [policy] = hub.ofType('AWS::S3::BucketPolicy');
      const { Statement } = policy!.Properties['PolicyDocument'] as { Statement: Statement[] };
      return Statement.map(({ Resource, ...others }) => ({ ...others, on: Resource.length }));
    };
    expect(policyOf(adopting)).toEqual(policyOf(made));
    const [policy] = adopting.ofType('AWS::S3::BucketPolicy');
    expect(policy?.Properties['Bucket']).toBe(BUCKET);
    expect(policyOf(adopting).map(({ on }) => on)).toEqual([2, 2]);
  });

  it('names the key, so that one which is gone or of another account ends the deployment', () => {
    const [alias] = adopting.ofType('AWS::KMS::Alias');
    expect(alias?.Properties).toEqual({ AliasName: 'alias/orgsweep-seal', TargetKeyId: KEY });
  });

  it('has no finding of cdk-nag', () => {
    const { violations } = new AwsSolutionsChecks(adopting.app).validateScope(adopting.app);
    expect(violations).toEqual([]);
  });

  it('warns that the lifecycle of the bucket stays as it is', () => {
    const warnings = (context: object) =>
      Annotations.fromStack(synthHub(context).stack).findWarning('*', Match.anyValue());
    expect(warnings(ADOPTING)).toEqual([]);
    expect(warnings({ ...ADOPTING, retention: { executionDays: 90 } })).toHaveLength(1);
  });

  it('may have a new key: what an earlier one sealed is then told from nothing', () => {
    const { ofType } = synthHub({ store: { bucketName: BUCKET } });
    const specs = ofType('AWS::KMS::Key').map(({ Properties }) => Properties['KeySpec']);
    expect(specs).toContain('HMAC_256');
  });
});

it('keeps bucket and key when a stack goes, and neither when it fails at its first try', () => {
  const kept = Object.entries(made.resources).filter(([id]) =>
    /^OrgsweepStoreBucket.{8}$|^OrgsweepSealKey/.test(id),
  );
  expect(kept).toHaveLength(2);
  for (const [, resource] of kept) {
    expect(resource).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  }
});

it.each([
  [{ bucketName: 'Orgsweep' }, 'orgsweep.store.bucketName: "Orgsweep" – accepted: the name of a b'],
  [
    { bucketName: BUCKET, sealKeyArn: 'alias/x' },
    'orgsweep.store.sealKeyArn: "alias/x" – accepted',
  ],
  [{ sealKeyArn: KEY }, 'accepted: only together with store.bucketName'],
])('refuses %j', (store, message) => expect(() => readConfig({ store })).toThrow(message));

it.each([
  [{ hubAccountId: '444455556666' }, 'accepted: a key of hubAccountId'],
  [{ region: 'us-east-1' }, 'accepted: a key of region'],
])('refuses a key that is elsewhere: %j', (place, message) => {
  expect(() => readConfig({ ...ADOPTING, ...place })).toThrow(message);
  const there = { hubAccountId: '111122223333', region: 'eu-west-1' };
  expect(readConfig({ ...ADOPTING, ...there }).store).toEqual(ADOPTING.store);
});

interface Statement {
  readonly Resource: readonly unknown[];
}

function keysOfOne(value: object): boolean {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && (key?.startsWith('Fn::') ?? false);
}
