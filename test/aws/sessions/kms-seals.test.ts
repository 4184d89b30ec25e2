import { GenerateRandomCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { makeKmsClient, makeKmsSeals } from '../../../aws/sessions/kms-seals.ts';
import { makeSeal } from '../../../core/model/seal.ts';
import { type FakeAnswer, fakeAws, type SentRequest } from '../../support/aws/fake-aws.ts';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const BYTES = Buffer.alloc(32, 7);

function answer(more: Record<string, unknown> = {}): FakeAnswer {
  const whole = { KeyId: KEY_ARN, Mac: BYTES.toString('base64'), MacAlgorithm: 'HMAC_SHA_256' };
  return { body: JSON.stringify({ ...whole, ...more }) };
}

const refusal = (code: string, status = 400): FakeAnswer => ({
  status,
  body: JSON.stringify({ __type: code, message: 'no' }),
});

function seals(respond: (request: SentRequest, count: number) => FakeAnswer) {
  let count = 0;
  const aws = fakeAws((request) => respond(request, (count += 1)));
  const clients = makeKmsClient({ ...aws.options, region: 'eu-west-1' });
  return { aws, clients, sealOf: makeKmsSeals(clients.kms, KEY_ARN) };
}

/** Of each execution another, as a key would. */
const byMessage = ({ json }: SentRequest) =>
  answer({
    Mac: Buffer.from(String(json['Message']).padEnd(32, '=').slice(-32)).toString('base64'),
  });

describe('the seal of an execution', () => {
  it('is made with the MAC that the key gives for its id', async () => {
    const { aws, clients, sealOf } = seals(() => answer());
    const mac = makeSeal(BYTES).mac('key', 'body');
    expect((await sealOf('weekly-1')).verify('key', 'body', mac)).toBe(true);
    expect(aws.sent).toHaveLength(1);
    expect(aws.sent[0]).toMatchObject({
      hostname: 'kms.eu-west-1.amazonaws.com',
      operation: 'GenerateMac',
      json: {
        KeyId: KEY_ARN,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from('orgsweep key to seal with 1\nweekly-1').toString('base64'),
      },
    });
    expect(clients.calls).toEqual({ 'kms:GenerateMac': 1 });
  });

  it('is asked for once, however many files and callers at a time', async () => {
    const { aws, sealOf } = seals(() => answer());
    await Promise.all(['e-1', 'e-1', 'e-1'].map(sealOf));
    await sealOf('e-1');
    expect(aws.sent).toHaveLength(1);
  });

  it('is none of another execution', async () => {
    const { aws, sealOf } = seals(byMessage);
    const mac = (await sealOf('e-1')).mac('key', 'body');
    expect((await sealOf('e-2')).verify('key', 'body', mac)).toBe(false);
    expect((await sealOf('e-1')).verify('key', 'body', mac)).toBe(true);
    expect(aws.sent).toHaveLength(2);
  });

  it('is asked for again after a call that failed', async () => {
    const { sealOf } = seals((_, count) =>
      count === 1 ? refusal('KMSInternalException', 500) : answer(),
    );
    await expect(sealOf('e-1')).rejects.toMatchObject({ name: 'KMSInternalException' });
    expect((await sealOf('e-1')).mac('key', 'body')).toBe(makeSeal(BYTES).mac('key', 'body'));
  });

  it('keeps those of 200 executions, not of all there ever were', async () => {
    const { aws, sealOf } = seals(byMessage);
    for (let number = 0; number < 201; number += 1) await sealOf(`e-${number}`);
    await sealOf('e-200');
    expect(aws.sent).toHaveLength(201);
    await sealOf('e-0');
    expect(aws.sent).toHaveLength(202);
  });

  it.each([
    ['AccessDeniedException', 'SealUnavailable'],
    ['DisabledException', 'SealUnavailable'],
    ['NotFoundException', 'SealUnavailable'],
    ['KMSInvalidStateException', 'SealUnavailable'],
    ['ThrottlingException', 'Throttled'],
  ])('where KMS answers %s is %s', async (code, name) => {
    const { sealOf } = seals(() => refusal(code));
    await expect(sealOf('e-1')).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`kms:GenerateMac answered ${code}`),
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['another key', { KeyId: KEY_ARN.replace('1234abcd', '9999abcd') }],
    ['another algorithm', { MacAlgorithm: 'HMAC_SHA_512' }],
    ['too few bytes', { Mac: BYTES.subarray(1).toString('base64') }],
    ['none', { Mac: undefined }],
  ])('is not made of an answer with %s, in words without it', async (_, more) => {
    const { sealOf } = seals(() => answer(more));
    const [field = ''] = Object.keys(more);
    const error = await sealOf('e-1').then(String, String);
    expect(error).toBe(
      `SealUnavailable: kms:GenerateMac answered what is not of the key asked for: ${field}`,
    );
  });
});

it('nothing else is sent to KMS', async () => {
  const { aws, clients } = seals(() => answer());
  for (const command of [
    new GenerateRandomCommand({ NumberOfBytes: 8 }),
    new ScheduleKeyDeletionCommand({ KeyId: KEY_ARN }),
  ]) {
    await expect(clients.kms.send(command as GenerateRandomCommand)).rejects.toThrow(
      'was not sent: this session is for kms:GenerateMac',
    );
  }
  expect(aws.sent).toEqual([]);
});
