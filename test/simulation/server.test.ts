import { DescribeSnapshotsCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { SimFault } from '../../simulation/model/fault.ts';
import { startSimulation } from '../../simulation/server.ts';
import type { SimCall } from '../../simulation/services/dispatch/faults.ts';
import { makeManualClock } from '../support/manual-clock.ts';
import type { Served } from '../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../support/organizations/served-organization.ts';
import {
  HUB,
  SPOKE,
  numbered,
  tinyOrganization,
  tinySnapshot,
} from '../support/organizations/tiny-organization.ts';

let served: Served;
beforeEach(async () => {
  served = await serve(
    { estates: { [`${SPOKE}/eu-west-1`]: { snapshots: numbered(50, (n) => tinySnapshot(n)) } } },
    { buckets: ['sweeps'] },
  );
});
afterEach(async () => served.close());

const list = new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 1000 });
const fault = (answer: SimFault['answer'], different: Partial<SimFault> = {}): SimFault => ({
  operation: 'DescribeSnapshots',
  answer,
  ...different,
});

test('a port in use is said in one line, with its code', async () => {
  const options = { organization: tinyOrganization(), clock: makeManualClock(), seed: 1 };
  const again = startSimulation({ ...options, port: served.simulation.port });
  await expect(again).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `port ${served.simulation.port} on 127.0.0.1 is in use; choose another one, or 0 for any free port`,
  });
});

test('after close the port is free again', async () => {
  const options = { organization: tinyOrganization(), clock: makeManualClock(), seed: 1 };
  const first = await startSimulation(options);
  await first.close();
  const second = await startSimulation({ ...options, port: first.port });
  expect(second.endpoint).toBe(`http://127.0.0.1:${first.port}`);
  await second.close();
});

test('every answer has the time of the simulation, whose clock may run at another pace', async () => {
  const clock = makeManualClock();
  const options = { organization: tinyOrganization(), clock, seed: 1 };
  const simulation = await startSimulation(options);
  const dateOf = async () => (await fetch(simulation.endpoint)).headers.get('date');
  expect(await dateOf()).toBe(clock.now().toUTCString());
  clock.advance(40 * 86_400_000);
  expect(await dateOf()).toBe(clock.now().toUTCString());
  await simulation.close();
});

test.each([
  ['throttle', 'RequestLimitExceeded', 503],
  ['error', 'InternalError', 500],
  ['deny', 'UnauthorizedOperation', 403],
] as const)('fault %s: EC2 answers %s', async (answer, code, status) => {
  served.simulation.setFaults([fault(answer)]);
  expect(await refusalOf(served.ec2().send(list))).toMatchObject({ code, status });
});

test('fault reset: the connection breaks off without an answer', async () => {
  served.simulation.setFaults([fault('reset')]);
  const refusal = await refusalOf(served.ec2().send(list));
  expect(refusal.message).toMatch(/ECONNRESET|socket hang up/);
  expect(refusal.status).toBeUndefined();
});

test('fault truncate: half of the body comes, and the call fails', async () => {
  served.simulation.setFaults([fault('truncate')]);
  const session = await served.assume('orgsweep-discovery');
  const refusal = await refusalOf(served.ec2(session).send(list));
  expect(refusal.message).toMatch(/aborted|ECONNRESET|terminated|premature/i);
});

test('fault html: what comes is no answer of AWS', async () => {
  served.simulation.setFaults([fault('html')]);
  const refusal = await refusalOf(served.ec2().send(list));
  expect(refusal.status).toBe(500);
});

test('a fault hits the calls, the account and the Region that it names', async () => {
  const hub = async () => served.ec2().send(list);
  served.simulation.setFaults([fault('deny', { calls: { from: 2, to: 3 } })]);
  await hub();
  await refusalOf(hub());
  await refusalOf(hub());
  await hub();

  served.simulation.setFaults([fault('deny', { accountId: SPOKE, region: 'eu-west-1' })]);
  await hub();
  const session = await served.assume('orgsweep-discovery');
  await refusalOf(served.ec2(session).send(list));
  await served.ec2(session, 'us-east-1').send(list);
  await served.ec2(session).send(new DescribeVolumesCommand({ MaxResults: 5 }));
});

test('a fault of AssumeRole names the account whose role is asked for', async () => {
  served.simulation.setFaults([{ operation: 'AssumeRole', accountId: SPOKE, answer: 'deny' }]);
  expect(await refusalOf(served.assume('orgsweep-discovery'))).toMatchObject({
    code: 'AccessDenied',
  });
  await expect(served.assume('orgsweep-discovery', { accountId: HUB })).resolves.toBeDefined();
});

test('calls are counted, in all and by account and Region, throttled ones apart', async () => {
  const session = await served.assume('orgsweep-discovery');
  await served.ec2(session).send(list);
  served.simulation.setFaults([fault('throttle')]);
  await refusalOf(served.ec2(session).send(list));
  const { calls } = served.simulation;
  expect(calls.total).toEqual({ 'sts:AssumeRole': 1, 'ec2:DescribeSnapshots': 2 });
  expect(calls.throttled).toEqual({ 'ec2:DescribeSnapshots': 1 });
  expect(calls.byTarget).toEqual({
    [`${SPOKE}/eu-west-1`]: { 'sts:AssumeRole': 1, 'ec2:DescribeSnapshots': 2 },
  });
});

test('the hook runs before the call is answered, and the call waits for it', async () => {
  const seen: SimCall[] = [];
  const session = await served.assume('orgsweep-discovery');
  served.simulation.onBeforeCall = async (call) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    served.organization.estate(SPOKE, 'eu-west-1').deleteSnapshot(tinySnapshot(1).snapshotId);
    seen.push(call);
  };
  const { Snapshots } = await served.ec2(session).send(list);
  expect(Snapshots).toHaveLength(49);
  expect(seen).toEqual([
    { service: 'ec2', operation: 'DescribeSnapshots', accountId: SPOKE, region: 'eu-west-1' },
  ]);
});

test('retries of the SDK get over faults that end', async () => {
  served.simulation.setFaults([fault('reset', { calls: { from: 1, to: 1 } })]);
  const { endpoint, credentials } = served.simulation;
  const client = new EC2Client({ endpoint, credentials, region: 'eu-west-1', maxAttempts: 3 });
  await expect(client.send(list)).resolves.toBeDefined();
  expect(served.simulation.calls.total['ec2:DescribeSnapshots']).toBe(2);
  client.destroy();
});

test('S3 is on the same endpoint, for the hub only', async () => {
  const { endpoint, credentials } = served.simulation;
  const s3Of = (of: ConstructorParameters<typeof S3Client>[0]) =>
    new S3Client({ endpoint, region: 'eu-west-1', forcePathStyle: true, maxAttempts: 1, ...of });
  const object = { Bucket: 'sweeps', Key: 'executions/1/summary.json' };
  const hub = s3Of({ credentials });
  await hub.send(new PutObjectCommand({ ...object, Body: 'é<&>' }));
  const { Body } = await hub.send(new GetObjectCommand(object));
  expect(await Body?.transformToString()).toBe('é<&>');
  const spoke = s3Of({ credentials: await served.assume('orgsweep-discovery') });
  expect(await refusalOf(spoke.send(new GetObjectCommand(object)))).toMatchObject({
    code: 'AccessDenied',
  });
  hub.destroy();
  spoke.destroy();
});

async function post(authorization: string, headers: Record<string, string>, body: string) {
  return fetch(served.simulation.endpoint, {
    method: 'POST',
    headers: { authorization, ...headers },
    body,
  });
}

const signedFor = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=${served.simulation.credentials.accessKeyId}/20260601/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

test('a service that the simulation lacks refuses in the protocol of the question', async () => {
  const form = await post(signedFor('cloudwatch'), FORM, 'Action=DescribeAlarms');
  expect(form.status).toBe(400);
  expect(await form.text()).toContain('<Code>InvalidAction</Code>');
  const json = await post(
    signedFor('kinesis'),
    { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Kinesis_1.ListStreams' },
    '{}',
  );
  expect(json.status).toBe(400);
  expect(await json.json()).toMatchObject({ __type: 'UnknownOperationException' });
});

test('every answer has a date, and a request id that depends on the seed', async () => {
  const body = 'Action=DescribeRegions&Version=2016-11-15';
  const good = await post(signedFor('ec2'), FORM, body);
  const text = await good.text();
  const requestId = good.headers.get('x-amzn-requestid');
  expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(text).toContain(`<requestId>${requestId}</requestId>`);
  expect(good.headers.get('date')).toBe(makeManualClock().now().toUTCString());
  const bad = await post(signedFor('ec2'), FORM, 'Action=Nothing&Version=2016-11-15');
  expect(await bad.text()).toContain(
    `<RequestID>${bad.headers.get('x-amzn-requestid')}</RequestID>`,
  );
  const { $metadata } = await served.sts().send(new GetCallerIdentityCommand({}));
  expect($metadata.requestId).toBeDefined();
});
