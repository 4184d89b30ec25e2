import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import {
  findRecycleBinRule,
  listRecycleBinRules,
} from '../../../aws/services/recycle-bin-rules.ts';
import { type FakeAnswer, fakeAws, rbinAnswer, rbinError } from '../../support/aws/fake-aws.ts';
import type { SentRequest } from '../../support/aws/fake-aws.ts';

const TYPE = 'EBS_SNAPSHOT';

function aRule(identifier: string, different: Record<string, unknown> = {}) {
  return {
    Identifier: identifier,
    ResourceType: TYPE,
    Status: 'available',
    RetentionPeriod: { RetentionPeriodValue: 14, RetentionPeriodUnit: 'DAYS' },
    ...different,
  };
}

function setUp(
  respond: (request: SentRequest) => FakeAnswer | Error,
  options: { region?: string; maxAttempts?: number } = {},
) {
  const { region = 'eu-west-1', maxAttempts = 1 } = options;
  const aws = fakeAws(respond);
  const clients = makeSpokeClients({
    accountId: '111122223333',
    region,
    ...aws.options,
    maxAttempts,
    allows: 'READS',
  });
  return { aws, clients, rbin: clients.rbin };
}

/** ListRules answers these identifiers on one page, GetRule what is made of each. */
function answering(...rules: { Identifier: string }[]) {
  return ({ operation, path }: SentRequest) =>
    operation === 'ListRules'
      ? rbinAnswer({ Rules: rules.map(({ Identifier }) => ({ Identifier })) })
      : rbinAnswer(rules.find(({ Identifier }) => path.endsWith(`/${Identifier}`)));
}

describe("the Recycle Bin's rules", () => {
  it('are read with tags, exclusions and status, which only GetRule tells', async () => {
    const { rbin, aws, clients } = setUp(
      answering(
        aRule('r1', {
          Description: 'all but scratch',
          ExcludeResourceTags: [{ ResourceTagKey: 'scratch', ResourceTagValue: 'yes' }],
          LockState: 'locked',
          LockEndTime: 1790000000.5,
        }),
        aRule('r2', { Status: 'pending', ResourceTags: [{ ResourceTagKey: 'team' }] }),
      ),
    );
    await expect(listRecycleBinRules(rbin, TYPE)).resolves.toEqual([
      {
        identifier: 'r1',
        retentionDays: 14,
        status: 'available',
        resourceTags: [],
        excludeResourceTags: [{ key: 'scratch', value: 'yes' }],
      },
      {
        identifier: 'r2',
        retentionDays: 14,
        status: 'pending',
        resourceTags: [{ key: 'team', value: null }],
        excludeResourceTags: [],
      },
    ]);
    expect(aws.sent[0]?.json).toEqual({ ResourceType: TYPE, MaxResults: 1000 });
    expect(clients.calls).toEqual({ 'rbin:ListRules': 1, 'rbin:GetRule': 2 });
  });

  it('are read to the last page', async () => {
    const { rbin, aws } = setUp(({ operation, json, path }) => {
      if (operation === 'GetRule') return rbinAnswer(aRule(path.split('/').at(-1)!));
      return json['NextToken'] === 'more'
        ? rbinAnswer({ Rules: [{ Identifier: 'r2' }] })
        : rbinAnswer({ Rules: [{ Identifier: 'r1' }], NextToken: 'more' });
    });
    const rules = await listRecycleBinRules(rbin, TYPE);
    expect(rules.map(({ identifier }) => identifier)).toEqual(['r1', 'r2']);
    expect(aws.operations()).toEqual(['ListRules', 'GetRule', 'ListRules', 'GetRule']);
  });

  it('that are deleted while they are read are not there any more', async () => {
    const { rbin } = setUp(({ operation }) =>
      operation === 'ListRules'
        ? rbinAnswer({ Rules: [{ Identifier: 'r1' }] })
        : rbinError('ResourceNotFoundException', 404),
    );
    await expect(listRecycleBinRules(rbin, TYPE)).resolves.toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a page without its list', {}],
    ['no JSON object', null],
    ['rules without identifiers', { Rules: [{}] }],
    ['a token that came before', { Rules: [], NextToken: 'again' }],
  ])('are not told from %s', async (_what, page) => {
    const { rbin } = setUp(() => rbinAnswer(page));
    const failure = await listRecycleBinRules(rbin, TYPE).catch(toAwsFailure);
    expect(failure).toMatchObject({ code: 'BrokenListing', operation: 'rbin:ListRules' });
  });

  it('are not told from what is not an answer of AWS', async () => {
    const { rbin } = setUp(() => ({ body: '<html>proxy</html>' }));
    await expect(listRecycleBinRules(rbin, TYPE)).rejects.toThrow();
  });

  it.each<[string, Record<string, unknown>]>([
    ['of another type of resource', { ResourceType: 'EC2_IMAGE' }],
    ['that is another one', { Identifier: 'other' }],
    ['without a status', { Status: undefined }],
    [
      'kept for no days',
      { RetentionPeriod: { RetentionPeriodValue: 0, RetentionPeriodUnit: 'DAYS' } },
    ],
    [
      'kept for hours',
      { RetentionPeriod: { RetentionPeriodValue: 5, RetentionPeriodUnit: 'HOURS' } },
    ],
    ['with a condition not known yet', { IncludeOnlyVolumes: ['vol-1'] }],
    [
      'with a tag of another shape',
      { ExcludeResourceTags: [{ ResourceTagKey: 'a', Match: 'PREFIX' }] },
    ],
  ])('are not believed for a rule %s', async (_what, different) => {
    const { rbin } = setUp(answering(aRule('r1')));
    await expect(findRecycleBinRule(rbin, TYPE, 'r1')).resolves.not.toBeNull();
    const odd = setUp(() => rbinAnswer(aRule('r1', different)));
    const failure = await findRecycleBinRule(odd.rbin, TYPE, 'r1').catch(toAwsFailure);
    expect(failure).toMatchObject({ code: 'BrokenListing', operation: 'rbin:GetRule' });
  });

  it('that may not be read are an error with its operation, never "no rules"', async () => {
    const { rbin } = setUp(() => rbinError('AccessDeniedException', 403));
    const failure = await listRecycleBinRules(rbin, TYPE).catch(toAwsFailure);
    expect(failure).toMatchObject({ code: 'AccessDeniedException', operation: 'rbin:ListRules' });
  });
});

describe("the Recycle Bin's client", () => {
  it.each([
    ['eu-west-1', 'rbin.eu-west-1.amazonaws.com'],
    ['cn-north-1', 'rbin.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'rbin.us-gov-west-1.amazonaws.com'],
  ])('asks in %s at %s, signed for rbin', async (region, hostname) => {
    const { rbin, aws } = setUp(answering(), { region });
    await listRecycleBinRules(rbin, TYPE);
    expect(aws.sent[0]?.hostname).toBe(hostname);
    expect(aws.sent[0]?.headers['authorization']).toContain(`/${region}/rbin/aws4_request`);
  });

  it('asks at the endpoint of the standard chain', async () => {
    const before = process.env['AWS_ENDPOINT_URL'];
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:4566';
    try {
      const { rbin, aws } = setUp(answering());
      await listRecycleBinRules(rbin, TYPE);
      expect(aws.sent[0]?.hostname).toBe('127.0.0.1');
    } finally {
      if (before === undefined) delete process.env['AWS_ENDPOINT_URL'];
      else process.env['AWS_ENDPOINT_URL'] = before;
    }
  });

  it('tries again what is throttled, and counts each try', async () => {
    let tries = 0;
    const answer = answering();
    const { rbin, clients } = setUp(
      (request) => (++tries < 3 ? rbinError('ThrottlingException', 429) : answer(request)),
      { maxAttempts: 3 },
    );
    await listRecycleBinRules(rbin, TYPE);
    expect(clients.calls).toEqual({ 'rbin:ListRules': 3 });
  });

  it('sends nothing that changes a rule', async () => {
    const { rbin, aws } = setUp(answering());
    // The guard goes by method and path, not by what a command calls itself.
    rbin.middlewareStack.add(
      (next) => async (args) => {
        Object.assign(args.request as object, { method: 'DELETE', path: '/rules/r1' });
        return next(args);
      },
      { step: 'build' },
    );
    await expect(listRecycleBinRules(rbin, TYPE)).rejects.toThrow(
      'rbin:DeleteRule was not sent: this session only reads',
    );
    expect(aws.sent).toEqual([]);
  });
});
