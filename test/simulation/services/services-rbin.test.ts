import type { SimRetentionRule } from '../../../simulation/model/recycle-bin.ts';
import type { Credentials, Served } from '../../support/organizations/served-organization.ts';
import { serve } from '../../support/organizations/served-organization.ts';
import { numbered, SPOKE } from '../../support/organizations/tiny-organization.ts';

const markerTag = { key: 'orgsweep:marked', value: 'true' };
const onWire = { ResourceTagKey: 'orgsweep:marked', ResourceTagValue: 'true' };
const rule = (number: number, different: Partial<SimRetentionRule> = {}): SimRetentionRule => ({
  identifier: `rule${String(number).padStart(7, '0')}`,
  status: 'available',
  retentionDays: number,
  ...different,
});
const RULES = [
  rule(1, { description: 'tags', resourceTags: [markerTag] }),
  rule(2, { excludeResourceTags: [markerTag], lockState: 'locked' }),
  rule(3, { status: 'pending', resourceTags: [{ key: 'a', value: '' }] }),
];

let served: Served;
let discovery: Credentials;
beforeEach(async () => {
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: { retentionRules: RULES } } });
  discovery = await served.assume('orgsweep-discovery');
});
afterEach(async () => served.close());

// The npm client of the Recycle Bin is older than ExcludeResourceTags: its requests are made here.
async function call(
  method: 'GET' | 'POST',
  path: string,
  {
    body,
    by = discovery,
    region = 'eu-west-1',
  }: { body?: string; by?: Credentials; region?: string },
) {
  const scope = `${by.accessKeyId}/20261121/${region}/rbin/aws4_request`;
  const response = await fetch(served.simulation.endpoint + path, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'x-amz-security-token': by.sessionToken ?? '',
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body }),
  });
  const code = response.headers.get('x-amzn-errortype');
  return {
    status: response.status,
    code,
    answer: (await response.json()) as Record<string, unknown>,
  };
}

const list = async (input: object, options: { by?: Credentials; region?: string } = {}) =>
  call('POST', '/list-rules', { body: JSON.stringify(input), ...options });
const identifiers = ({ answer }: Awaited<ReturnType<typeof list>>) =>
  (answer['Rules'] as { Identifier: string }[]).map(({ Identifier }) => Identifier);
const SNAPSHOTS = { ResourceType: 'EBS_SNAPSHOT' };

test('ListRules sums up every rule for snapshots, pending ones too', async () => {
  const { status, answer } = await list(SNAPSHOTS);
  expect(status).toBe(200);
  const arnOf = (id: string) => `arn:aws:rbin:eu-west-1:${SPOKE}:rule/${id}`;
  const days = (value: number) => ({ RetentionPeriodValue: value, RetentionPeriodUnit: 'DAYS' });
  expect(answer).toEqual({
    Rules: [
      {
        Identifier: 'rule0000001',
        Description: 'tags',
        RetentionPeriod: days(1),
        RuleArn: arnOf('rule0000001'),
      },
      {
        Identifier: 'rule0000002',
        RetentionPeriod: days(2),
        LockState: 'locked',
        RuleArn: arnOf('rule0000002'),
      },
      { Identifier: 'rule0000003', RetentionPeriod: days(3), RuleArn: arnOf('rule0000003') },
    ],
  });
});

test('ListRules takes filters, and other kinds of resources have no rules', async () => {
  const given = async (filter: object) => identifiers(await list({ ...SNAPSHOTS, ...filter }));
  expect(await given({ ResourceTags: [onWire] })).toEqual(['rule0000001']);
  expect(await given({ ExcludeResourceTags: [onWire] })).toEqual(['rule0000002']);
  expect(await given({ LockState: 'locked' })).toEqual(['rule0000002']);
  expect(await given({ ResourceType: 'EC2_IMAGE' })).toEqual([]);
});

test('ListRules goes in pages', async () => {
  served.organization.estate(SPOKE, 'eu-west-1').setRetentionRules(numbered(250, (n) => rule(n)));
  const seen: string[] = [];
  let token: unknown;
  do {
    const page = await list({ ...SNAPSHOTS, MaxResults: 120, NextToken: token });
    seen.push(...identifiers(page));
    token = page.answer['NextToken'];
  } while (token !== undefined);
  expect(seen).toEqual(numbered(250, (n) => rule(n).identifier));
});

test.each<[object, string]>([
  [{}, 'ResourceType'],
  [{ ResourceType: 'SNAPSHOT' }, 'ResourceType'],
  [{ ...SNAPSHOTS, MaxResults: 0 }, 'MaxResults'],
  [{ ...SNAPSHOTS, MaxResults: 1001 }, 'MaxResults'],
  [{ ...SNAPSHOTS, LockState: 'open' }, 'LockState'],
  [{ ...SNAPSHOTS, ExcludeResourceTags: numbered(6, () => onWire) }, 'ExcludeResourceTags'],
  [{ ...SNAPSHOTS, NextToken: 'made-up' }, 'token'],
])('ListRules refuses %j', async (input, field) => {
  const { status, code, answer } = await list(input);
  expect([status, code]).toEqual([400, 'ValidationException']);
  expect(answer['Message']).toContain(field);
});

test('GetRule tells the whole rule', async () => {
  const get = async (id: string) => call('GET', `/rules/${id}`, {});
  expect((await get('rule0000001')).answer).toMatchObject({
    ResourceType: 'EBS_SNAPSHOT',
    Status: 'available',
    ResourceTags: [onWire],
    ExcludeResourceTags: [],
    RetentionPeriod: { RetentionPeriodValue: 1 },
  });
  expect((await get('rule0000002')).answer).toMatchObject({ ExcludeResourceTags: [onWire] });
  expect((await get('rule0000003')).answer).toMatchObject({ Status: 'pending' });
  expect(await get('rule0000004')).toMatchObject({
    status: 404,
    code: 'ResourceNotFoundException',
  });
});

test('each role, and each Region, gets its own refusal', async () => {
  const by = await served.assume('orgsweep-deletion');
  const denied = await list(SNAPSHOTS, { by });
  expect(denied).toMatchObject({ status: 403, code: 'AccessDeniedException' });
  expect(denied.answer['Message']).toContain('is not authorized to perform: rbin:ListRules');
  expect((await list(SNAPSHOTS, { by: served.simulation.credentials })).status).toBe(200);
  expect(await list(SNAPSHOTS, { region: 'ap-east-1' })).toMatchObject({
    status: 403,
    code: 'UnrecognizedClientException',
  });
  expect(await call('POST', '/rules', { body: '{}' })).toMatchObject({
    status: 404,
    code: 'UnknownOperationException',
  });
  served.clock.advance(3_600_001);
  expect(await list(SNAPSHOTS)).toMatchObject({ status: 403, code: 'ExpiredTokenException' });
});

test('faults hit rbin too, in its own words', async () => {
  served.simulation.setFaults([{ operation: 'ListRules', answer: 'throttle' }]);
  expect(await list(SNAPSHOTS)).toMatchObject({ status: 429, code: 'ThrottlingException' });
  served.simulation.setFaults([{ operation: 'ListRules', answer: 'deny' }]);
  expect(await list(SNAPSHOTS)).toMatchObject({ status: 403, code: 'AccessDeniedException' });
});
