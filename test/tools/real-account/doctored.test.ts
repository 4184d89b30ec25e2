import { NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { PROBES } from '../../../tools/real-account/table.ts';
import {
  ec2Answer,
  ec2Error,
  type FakeAnswer,
  type SentRequest,
} from '../../support/aws/fake-aws.ts';
import { imageXml, snapshotXml, volumeXml } from '../../support/aws/fake-ec2.ts';
import { openFake, probe, run } from './opened.ts';

type Answer = (request: SentRequest) => FakeAnswer | undefined;

const ODD = 'InvalidParameterValue';

/** A page without the list that it should have. */
const listless: Answer = ({ operation, headers }) =>
  /json/.test(headers['content-type'] ?? '') || operation === 'ListRules'
    ? { body: '{}' }
    : { body: `<${operation}Response><requestId>req-1</requestId></${operation}Response>` };

/** The service's own shape of an error, with a code that nobody expects. */
const oddly: Answer = ({ headers, operation }) =>
  /json/.test(headers['content-type'] ?? '') || /Rule|Blocks/.test(operation)
    ? { status: 400, body: JSON.stringify({ __type: ODD, message: 'odd' }) }
    : operation === 'DescribeAccountLimits' || operation === 'AssumeRole'
      ? {
          status: 400,
          body: `<ErrorResponse><Error><Code>${ODD}</Code><Message>odd</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
        }
      : ec2Error(ODD, 'odd');

const listed: Answer = ({ operation }) =>
  operation === 'DescribeSnapshots'
    ? ec2Answer(operation, `<snapshotSet>${snapshotXml('snap-1')}</snapshotSet>`)
    : undefined;

/** Done, whatever it is. */
const done: Answer = ({ operation }) => ec2Answer(operation, '<return>true</return>');

const removedAtOnce: Answer = (request) =>
  request.operation === 'DescribeImages'
    ? ec2Answer(request.operation, `<imagesSet>${imageXml('ami-1', ['snap-3'])}</imagesSet>`)
    : request.operation === 'RegisterImage'
      ? ec2Answer(request.operation, '<imageId>ami-1</imageId>')
      : done(request);

/** Without what is asked for, EC2 shows one more. */
const hidesManaged: Answer = ({ operation, params }) => {
  const all = params['IncludeManagedResources'] === undefined;
  const xml = {
    DescribeVolumes: `<volumeSet>${all ? volumeXml('vol-1') : ''}</volumeSet>`,
    DescribeInstances: all
      ? '<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId></item></instancesSet></item></reservationSet>'
      : '<reservationSet/>',
    DescribeLaunchTemplates: all
      ? '<launchTemplates><item><launchTemplateId>lt-1</launchTemplateId></item></launchTemplates>'
      : '<launchTemplates/>',
  }[operation];
  return xml === undefined ? undefined : ec2Answer(operation, xml);
};

const oneRegion =
  (status: string): Answer =>
  (request) =>
    request.operation === 'DescribeRegions'
      ? ec2Answer(
          request.operation,
          `<regionInfo><item><regionName>ap-east-1</regionName><optInStatus>${status}</optInStatus></item></regionInfo>`,
        )
      : listed(request);

const binStaysEmpty: Answer = (request) => {
  const { operation } = request;
  if (operation === 'CreateRule') return { status: 201, body: '{"Identifier":"rule1"}' };
  if (operation === 'GetRule') {
    return {
      body: JSON.stringify({
        Identifier: 'rule1',
        ResourceType: 'EBS_SNAPSHOT',
        Status: 'available',
        RetentionPeriod: { RetentionPeriodValue: 1, RetentionPeriodUnit: 'DAYS' },
        ResourceTags: [{ ResourceTagKey: 'orgsweep:real-account-bin', ResourceTagValue: 'true' }],
      }),
    };
  }
  return operation === 'ListSnapshotsInRecycleBin'
    ? ec2Answer(operation, '<snapshotSet/>')
    : done(request);
};

/** What AWS would have to do for each probe to differ. */
const LIES: Readonly<Record<string, Answer>> = {
  ...Object.fromEntries(
    PROBES.filter(({ name }) => name.startsWith('listing-')).map(({ name }) => [name, listless]),
  ),
  ...Object.fromEntries(
    PROBES.filter(({ name }) => /^(absent|denied)-/.test(name)).map(({ name }) => [name, oddly]),
  ),
  'snapshot-attribute-lists': (request) => listed(request) ?? listless(request),
  'managed-resources-DescribeVolumes': hidesManaged,
  'managed-resources-DescribeInstances': hidesManaged,
  'managed-resources-DescribeLaunchTemplates': hidesManaged,
  'time-of-answers': listed,
  'filter-of-absent-ids': oddly,
  'region-statuses': oneRegion('being-enabled'),
  'region-not-enabled': oneRegion('not-opted-in'),
  'regions-of-a-service': () => ({ body: '{"Parameters":[{"Value":"eu-west-1"}]}' }),
  'price-list': () => ({ body: '{"PriceList":[]}' }),
  'marker-shows': ({ operation }) =>
    operation === 'DescribeSnapshots' ? ec2Answer(operation, '<snapshotSet/>') : undefined,
  'deletion-shows': listed,
  'deleted-twice': done,
  'delete-locked': done,
  'delete-used-by-ami': removedAtOnce,
  'volume-of-copy': listed,
  'recycle-bin': binStaysEmpty,
  'blocks-of-encrypted': () => ({
    status: 403,
    body: '{"__type":"AccessDeniedException","message":"kms:Decrypt is needed"}',
  }),
  'assume-absent-role': oddly,
};

it('has a lie for each probe but the one that asks S3', () => {
  const names = PROBES.map(({ name }) => name).filter((name) => name !== 'conditional-writes');
  expect(Object.keys(LIES).toSorted()).toEqual(names.toSorted());
});

it.each(Object.entries(LIES))('%s can differ', async (name, lie) => {
  const { sandbox, writing } = openFake((request) => lie(request) ?? done(request)!);
  const [settled] = await run({ ...sandbox, writing }, [probe(name)]);
  expect(settled).toMatchObject({ result: 'DIFFERS' });
});

/** An empty bucket, and what becomes of each write. */
function s3That(puts: readonly ('ok' | 'refused')[]): S3Client {
  const left = [...puts];
  const send = async (command: object): Promise<object> => {
    const operation = command.constructor.name;
    if (operation === 'GetObjectCommand') throw new NoSuchKey({ message: 'no', $metadata: {} });
    if (operation !== 'PutObjectCommand') return {};
    if (left.shift() === 'ok') return { ETag: `"${left.length}"` };
    const refusal = { name: 'PreconditionFailed', $fault: 'client' as const, $metadata: {} };
    throw new S3ServiceException(refusal);
  };
  return { send } as unknown as S3Client;
}

it.each([
  ['takes every write', ['ok', 'ok', 'ok', 'ok']],
  ['takes a write by an older version', ['ok', 'refused', 'ok', 'ok']],
] as const)('conditional-writes differs where S3 %s', async (_, puts) => {
  const { sandbox, writing } = openFake(done as never);
  const s3 = s3That(puts);
  const [settled] = await run({ ...sandbox, writing: { ...writing, s3 } }, [
    probe('conditional-writes'),
  ]);
  expect(settled).toMatchObject({ result: 'DIFFERS' });
});

/** A denial is what these look for. */
const LOOK_FOR_DENIALS = /^(denied-.*|assume-absent-role)$/;

describe.each([
  ['is denied', 403, 'AccessDenied', true],
  ['is denied by EC2', 403, 'UnauthorizedOperation', true],
  ['is throttled', 400, 'ThrottlingException', false],
  ['meets a server in trouble', 500, 'InternalError', false],
  ['has credentials that are no good', 403, 'ExpiredToken', false],
  ['asks whoever does not know the call', 400, 'InvalidAction', false],
] as const)('a probe that %s', (_, status, code, isDenial) => {
  it('is never the same, nor does it differ', async () => {
    const { sandbox, writing } = openFake((request) => {
      const answer = oddly(request)!;
      return { status, body: answer.body.replaceAll(ODD, code) };
    });
    const s3 = { send: async () => Promise.reject(new Error('denied')) } as unknown as S3Client;
    const settled = await run({ ...sandbox, writing: { ...writing, s3 } });
    const told = settled.filter(
      ({ probe: { name }, result }) =>
        result !== 'NOT_SETTLED' && !(isDenial && LOOK_FOR_DENIALS.test(name)),
    );
    expect(told.map(({ probe: { name }, seen }) => `${name}: ${seen}`)).toEqual([]);
  });
});

it('what cannot be made leaves all that needs it open, and says why', async () => {
  const { sandbox, writing } = openFake(done as never);
  const made = 'ec2:CreateVolume answered VolumeLimitExceeded: no';
  const [settled] = await run({ ...sandbox, writing: { ...writing, made } }, [
    probe('delete-locked'),
  ]);
  expect(settled).toMatchObject({
    result: 'NOT_SETTLED',
    seen: expect.stringContaining('VolumeLimitExceeded'),
  });
});
