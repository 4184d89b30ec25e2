import { STSClient } from '@aws-sdk/client-sts';
import {
  type CallerProof,
  type Claim,
  makeCallerProof,
  verifyCallerProof,
} from '../../../aws/sessions/caller-proof.ts';
import { systemClock } from '../../../clock/clock.ts';
import { type Simulation, startSimulation } from '../../../simulation/server.ts';
import { fakeAws } from '../../support/aws/fake-aws.ts';
import { TINY } from '../../support/removal-sweep.ts';

const CLAIM: Claim = {
  'x-orgsweep-execution-id': 'weekly-1',
  'x-orgsweep-plan-digest': 'a'.repeat(64),
  'x-orgsweep-decision': 'APPROVED',
};
let simulation: Simulation;
beforeAll(async () => {
  const organization = TINY.build(new Date());
  simulation = await startSimulation({ organization, clock: systemClock, seed: 1, faults: [] });
});
afterAll(async () => simulation.close());

const stsWith = (options: { region?: string; secret?: string } = {}) =>
  new STSClient({
    region: options.region ?? 'eu-west-1',
    endpoint: simulation.endpoint,
    credentials: {
      accessKeyId: simulation.credentials.accessKeyId,
      secretAccessKey: options.secret ?? simulation.credentials.secretAccessKey,
    },
    maxAttempts: 1,
  });
const verify = async (proof: CallerProof, claim: Claim = CLAIM, now = new Date()) =>
  verifyCallerProof(stsWith(), claim, proof, now);

it('tells who signed it, by what STS says', async () => {
  const proof = await makeCallerProof(stsWith(), CLAIM);
  expect(await verify(proof)).toEqual({
    accountId: expect.stringMatching(/^\d{12}$/),
    arn: expect.stringMatching(/^arn:aws:iam::\d{12}:user\/orgsweep$/),
    partition: 'aws',
  });
});

it('holds no secret: neither the key nor anything but three values', async () => {
  const proof = await makeCallerProof(stsWith(), CLAIM);
  expect(JSON.stringify(proof)).not.toContain(simulation.credentials.secretAccessKey);
  expect(Object.keys(proof)).toEqual(['authorization', 'date']);
});

it.each(Object.keys(CLAIM))('is good for nothing else: another %s', async (name) => {
  const proof = await makeCallerProof(stsWith(), CLAIM);
  const other = { ...CLAIM, [name]: 'other' };
  await expect(verify(proof, other)).rejects.toThrow(/SignatureDoesNotMatch/);
});

it.each(['host', ...Object.keys(CLAIM)])('is refused where %s is not signed', async (name) => {
  const claim = Object.fromEntries(Object.entries(CLAIM).filter(([key]) => key !== name));
  const proof = await makeCallerProof(stsWith(), claim as Claim);
  const authorization = proof.authorization.replace(`${name};`, '');
  await expect(verify({ ...proof, authorization })).rejects.toThrow(
    /^The caller's signature covers .* – accepted: host;x-amz-date;x-orgsweep-decision/,
  );
});

it('is refused where it covers more than is sent', async () => {
  const proof = await makeCallerProof(stsWith(), { ...CLAIM, 'x-orgsweep-more': '1' });
  await expect(verify(proof)).rejects.toThrow(/x-orgsweep-more.* – accepted: /);
});

it('is refused with another key, whoever it says it is', async () => {
  const proof = await makeCallerProof(stsWith({ secret: 'guessed' }), CLAIM);
  await expect(verify(proof)).rejects.toMatchObject({
    name: 'ProofRefused',
    message: expect.stringContaining('SignatureDoesNotMatch'),
  });
});

it('is good for five minutes', async () => {
  const proof = await makeCallerProof(stsWith(), CLAIM);
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  await verify(proof, CLAIM, at(4.9));
  await expect(verify(proof, CLAIM, at(5.1))).rejects.toThrow('the last 5 minutes');
  await expect(verify(proof, CLAIM, at(-5.1))).rejects.toThrow('the last 5 minutes');
});

it("is for STS in the function's own Region", async () => {
  const proof = await makeCallerProof(stsWith({ region: 'us-east-1' }), CLAIM);
  await expect(verify(proof)).rejects.toThrow('is for us-east-1 – accepted: eu-west-1');
});

it.each(['', 'Bearer abc', 'AWS4-HMAC-SHA256 Credential=AKIA/1/x/sts/aws4_request'])(
  'is refused unless it is a signature: %j',
  async (authorization) => {
    const proof = await makeCallerProof(stsWith(), CLAIM);
    await expect(verify({ ...proof, authorization })).rejects.toThrow('Signature Version 4');
  },
);

describe('an answer that is not quite STS’s', () => {
  const answers = {
    'a page with status 200': '<html><Account>111122223333</Account></html>',
    'an answer of another operation':
      '<GetAccessKeyInfoResponse><GetAccessKeyInfoResult><Account>111122223333</Account></GetAccessKeyInfoResult></GetAccessKeyInfoResponse>',
    'a result inside another answer':
      '<GetFederationTokenResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/a</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetFederationTokenResponse>',
    'no account':
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/a</Arn><UserId>U</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>',
    'an ARN of another account':
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::999922223333:user/a</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  };
  it.each(Object.entries(answers))('is no proof: %s', async (_, body) => {
    const sts = new STSClient({ region: 'eu-west-1', ...fakeAws(() => ({ body })).options });
    const proof = await makeCallerProof(stsWith(), CLAIM);
    const verified = verifyCallerProof(sts, CLAIM, proof, new Date());
    // Not the caller's fault.
    await expect(verified).rejects.not.toMatchObject({ name: 'ProofRefused' });
  });
});

it('sends what the function itself put together, and three values of the caller', async () => {
  const fake = fakeAws(() => new Error('enough'));
  const sts = new STSClient({ region: 'eu-west-1', ...fake.options });
  const proof = { ...(await makeCallerProof(stsWith(), CLAIM)), securityToken: 'tok' };
  const signed = proof.authorization.replace('x-amz-date', 'x-amz-date;x-amz-security-token');
  const verified = verifyCallerProof(sts, CLAIM, { ...proof, authorization: signed }, new Date());
  await expect(verified).rejects.toThrow('enough');
  expect(fake.sent).toEqual([
    expect.objectContaining({
      hostname: 'sts.eu-west-1.amazonaws.com',
      path: '/',
      params: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: {
        host: 'sts.eu-west-1.amazonaws.com',
        'content-type': 'application/x-www-form-urlencoded',
        'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
        'x-amz-date': proof.date,
        'x-amz-security-token': 'tok',
        authorization: signed,
        ...CLAIM,
      },
    }),
  ]);
});
