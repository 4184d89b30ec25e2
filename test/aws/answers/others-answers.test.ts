import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeLaunchConfigurationsCommand } from '@aws-sdk/client-auto-scaling';
import { ListSnapshotBlocksCommand } from '@aws-sdk/client-ebs';
import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2';
import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { GetParametersByPathCommand } from '@aws-sdk/client-ssm';
import { ListVolumesCommand } from '@aws-sdk/client-storage-gateway';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import { classifyFailure, isAnswerOfAws, toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { makeDeploymentClients } from '../../../local/connection/deployment-clients.ts';
import { makeKmsClient } from '../../../aws/sessions/kms-seals.ts';
import { GetRuleCommand, ListRulesCommand } from '../../../aws/sessions/rbin-client.ts';
import { makeS3Client, makeS3Store } from '../../../store/s3-store.ts';
import { classifyRefusal } from '../../../kinds/ebs-snapshot/refusal.ts';
import { ECS } from '../../../kinds/ebs-snapshot/sources/ecs-services.ts';
import { STORAGE_GATEWAY } from '../../../kinds/ebs-snapshot/sources/storage-gateway-volumes.ts';
import { AUTO_SCALING } from '../../../kinds/listings/launch-configurations.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string>;
}

let answer: Answer;
let server: Server;
let endpoint: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, { connection: 'close', ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => new Promise((resolve) => server.close(resolve)));

const options = () => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
});
const CHANGES = ['ec2:DeleteSnapshot', 'ec2:CreateTags'];
const spoke = (allows: 'READS' | readonly string[] = 'READS') =>
  makeSpokeClients({ ...options(), accountId: '111122223333', allows });
const hub = () => makeHubClients(options());
const deployed = () => makeDeploymentClients(options());
const ROLE = { RoleArn: 'arn:aws:iam::111122223333:role/x', RoleSessionName: 'x' };
const MAC = { KeyId: 'k', MacAlgorithm: 'HMAC_SHA_256' as const, Message: Buffer.from('m') };

/** Each client that orgsweep uses, with the protocol that it speaks. */
const CALLS: readonly (readonly [string, 'XML' | 'JSON', () => Promise<unknown>])[] = [
  ['ec2', 'XML', async () => spoke().ec2.send(new DescribeVolumesCommand({}))],
  [
    'autoscaling',
    'XML',
    async () => spoke().of(AUTO_SCALING).send(new DescribeLaunchConfigurationsCommand({})),
  ],
  ['sts', 'XML', async () => hub().sts.send(new GetCallerIdentityCommand({}))],
  ['s3', 'XML', async () => s3().get('some/key')],
  [
    'ebs',
    'JSON',
    async () => spoke().ebs.send(new ListSnapshotBlocksCommand({ SnapshotId: 'snap-1' })),
  ],
  [
    'rbin',
    'JSON',
    async () => spoke().rbin.send(new ListRulesCommand({ ResourceType: 'EBS_SNAPSHOT' })),
  ],
  [
    'rbin, one rule',
    'JSON',
    async () => spoke().rbin.send(new GetRuleCommand({ Identifier: 'x' })),
  ],
  ['ecs', 'JSON', async () => spoke().of(ECS).send(new ListClustersCommand({}))],
  [
    'storagegateway',
    'JSON',
    async () => spoke().of(STORAGE_GATEWAY).send(new ListVolumesCommand({})),
  ],
  ['organizations', 'JSON', async () => hub().organizations.send(new ListAccountsCommand({}))],
  ['ssm', 'JSON', async () => hub().ssm.send(new GetParametersByPathCommand({ Path: '/x' }))],
  [
    'states',
    'JSON',
    async () => deployed().sfn.send(new DescribeExecutionCommand({ executionArn: 'x' })),
  ],
  ['lambda', 'JSON', async () => deployed().lambda.send(new InvokeCommand({ FunctionName: 'x' }))],
  ['kms', 'JSON', async () => makeKmsClient(options()).kms.send(new GenerateMacCommand(MAC))],
];
/** Their answers have no content that could be missed. */
const CHANGING: typeof CALLS = [
  [
    'a removal',
    'XML',
    async () => spoke(CHANGES).ec2.send(new DeleteSnapshotCommand({ SnapshotId: 'snap-1' })),
  ],
  [
    'a marker',
    'XML',
    async () => spoke(CHANGES).ec2.send(new CreateTagsCommand({ Resources: ['snap-1'], Tags: [] })),
  ],
  ['a session', 'XML', async () => hub().sts.send(new AssumeRoleCommand(ROLE))],
  [
    'a message',
    'XML',
    async () => hub().sns.send(new PublishCommand({ TopicArn: 'x', Message: 'x' })),
  ],
];

function s3() {
  return makeS3Store({ client: makeS3Client(options()), bucket: 'bucket' });
}

const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };
const BODIES: readonly (readonly [string, string, Record<string, string>])[] = [
  ["a proxy's page", '<html><body><h1>Bad Gateway</h1></body></html>', HTML],
  ['nothing', '', {}],
  [
    'JSON that was cut short',
    '{"__type":"com.amazon#AccessDeniedExc',
    { 'content-type': 'application/x-amz-json-1.1' },
  ],
  [
    'XML that was cut short',
    '<Response><Errors><Error><Code>Unautho',
    { 'content-type': 'text/xml' },
  ],
  ["a proxy's JSON", '{"message":"upstream","code":"BAD_GATEWAY"}', JSON_TYPE],
  ["a proxy's JSON with a name that AWS has", '{"message":"no","code":"AccessDenied"}', JSON_TYPE],
  ["a gateway's JSON without a code", '{"message":"Forbidden"}', JSON_TYPE],
];

/** A server that isn't AWS's may say 404 to a call that it doesn't know. */
const CLASSES: Readonly<Record<number, string>> = {
  403: 'OTHER',
  404: 'UNSUPPORTED',
  429: 'THROTTLED',
  500: 'SERVER',
  503: 'SERVER',
};

async function failureOf(call: () => Promise<unknown>) {
  try {
    return { result: await call() };
  } catch (error) {
    return { failure: toAwsFailure(error) };
  }
}

describe.each([...CALLS, ...CHANGING])('%s', (service, _protocol, call) => {
  // The store's client tries five times, and waits longer after some.
  const statuses = service === 's3' ? [403, 404, 503] : [403, 404, 429, 500, 503];

  it.each(BODIES)(
    '%s with status 403, 404, 429, 500 or 503 is no answer of AWS',
    async (_what, body, headers) => {
      for (const status of statuses) {
        answer = { status, body, headers };
        const { failure } = await failureOf(call);
        if (failure === undefined) throw new Error(`${status} was taken for an answer`);
        expect({ status, code: failure.code, isAnswer: isAnswerOfAws(failure) }).toEqual({
          status,
          code: expect.stringMatching(`^(Http${status}|Error)$`) as string,
          isAnswer: false,
        });
        if (failure.code.startsWith('Http')) {
          expect(classifyFailure(failure)).toBe(CLASSES[status]);
        }
        if (status >= 500) expect(classifyFailure(failure)).toBe('SERVER');
      }
    },
  );
});

const QUERIES = CALLS.filter(([service, protocol]) => protocol === 'XML' && service !== 's3');

describe.each([...QUERIES, ...CHANGING])('%s', (_service, _protocol, call) => {
  it.each(BODIES)(
    '%s with status 200, 202 or 302 is no answer of AWS',
    async (_what, body, headers) => {
      for (const status of [200, 202, 302]) {
        answer = { status, body, headers };
        const { failure } = await failureOf(call);
        if (failure === undefined) throw new Error(`${status} was taken for an answer`);
        expect(isAnswerOfAws(failure)).toBe(false);
      }
    },
  );
});

describe.each(CALLS.filter(([, protocol]) => protocol === 'JSON'))('%s', (_service, _p, call) => {
  it("a proxy's page with status 200 or 302 is no answer of AWS", async () => {
    for (const status of [200, 302]) {
      answer = { status, body: '<html>Please log in</html>', headers: HTML };
      const { failure } = await failureOf(call);
      if (failure === undefined) throw new Error(`${status} was taken for an answer`);
      expect(isAnswerOfAws(failure)).toBe(false);
      expect(failure.message).toMatch(
        /^127\.0\.0\.1:\d+ answered with status \d+, text\/html: "Please log in"\. Something else/,
      );
    }
  });
});

it("a proxy's page with status 200 is no empty listing of the store", async () => {
  answer = { status: 200, body: '<html></html>', headers: HTML };
  const listing = async () => {
    for await (const key of s3().list('executions/')) throw new Error(`a key: ${key}`);
  };
  await expect(listing).rejects.toThrow('s3:ListObjectsV2: a page without its bucket');
});

describe('what AWS itself answers', () => {
  it('keeps its code, whatever the status, and counts as its answer', async () => {
    const body = '{"__type":"com.amazon#AccessDeniedException","message":"no"}';
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'req-1' };
    answer = { status: 400, body, headers };
    for (const [service, protocol, call] of CALLS) {
      if (protocol !== 'JSON' || service.startsWith('rbin')) continue;
      const { failure } = await failureOf(call);
      expect({ service, code: failure?.code }).toEqual({ service, code: 'AccessDeniedException' });
      expect(isAnswerOfAws(failure!)).toBe(true);
    }
  });

  it('a removal that ends with status 500 is tried again, whatever the code: it may be done', async () => {
    const [, , remove] = CHANGING[0]!;
    const body =
      '<Response><Errors><Error><Code>SomethingNew</Code><Message>x</Message></Error></Errors><RequestID>r</RequestID></Response>';
    answer = { status: 500, body, headers: { 'content-type': 'text/xml' } };
    const { failure } = await failureOf(remove);
    expect(failure).toMatchObject({ code: 'SomethingNew', status: 500 });
    expect(classifyRefusal(failure!)).toEqual({ outcome: 'RETRY' });
    answer = { ...answer, status: 400 };
    const refused = (await failureOf(remove)).failure!;
    expect(refused).not.toHaveProperty('status');
    expect(classifyRefusal(refused)).toEqual({ outcome: 'FAILED' });
  });
});
