import { GenerateMacCommand, GenerateRandomCommand } from '@aws-sdk/client-kms';
import { HUB } from '../../support/organizations/tiny-organization.ts';
import {
  type Credentials,
  refusalOf,
  serve,
  type Served,
} from '../../support/organizations/served-organization.ts';

const KEY = `arn:aws:kms:eu-west-1:${HUB}:key/of-all`;
const OTHER = `arn:aws:kms:eu-west-1:${HUB}:key/of-all-too`;
const CLOSED = `arn:aws:kms:eu-west-1:${HUB}:key/of-functions`;

let served: Served;
beforeAll(async () => {
  served = await serve(
    {},
    {
      macKeys: [{ arn: KEY }, { arn: OTHER }, { arn: CLOSED, users: [`arn:aws:iam::${HUB}:root`] }],
    },
  );
});
afterAll(async () => served.close());

interface Asked {
  readonly KeyId?: string;
  readonly text?: string;
  readonly MacAlgorithm?: 'HMAC_SHA_256' | 'HMAC_SHA_512';
  readonly by?: Credentials;
  readonly region?: string;
}

async function macOf({ KeyId = KEY, text = 'e-1', by, region, ...more }: Asked = {}) {
  const { MacAlgorithm = 'HMAC_SHA_256' } = more;
  const command = new GenerateMacCommand({ KeyId, MacAlgorithm, Message: Buffer.from(text) });
  return served.kms(by, region).send(command);
}

test('a MAC is of one message and one key, and the same each time', async () => {
  const { Mac, KeyId, MacAlgorithm } = await macOf();
  expect({ KeyId, MacAlgorithm, length: Mac?.byteLength }).toEqual({
    KeyId: KEY,
    MacAlgorithm: 'HMAC_SHA_256',
    length: 32,
  });
  expect((await macOf()).Mac).toEqual(Mac);
  expect((await macOf({ text: 'e-2' })).Mac).not.toEqual(Mac);
  expect((await macOf({ KeyId: OTHER })).Mac).not.toEqual(Mac);
});

test.each<[string, () => Promise<Asked>, string]>([
  [
    'a spoke session, whose role has no such action',
    async () => ({ by: await served.assume('orgsweep-discovery') }),
    'AccessDeniedException',
  ],
  [
    'whom the policy of the key leaves out',
    async () => ({ KeyId: CLOSED }),
    'AccessDeniedException',
  ],
  ['a key that is not there', async () => ({ KeyId: `${KEY}-not` }), 'NotFoundException'],
  ['a key of another Region', async () => ({ region: 'us-east-1' }), 'NotFoundException'],
  [
    'an algorithm of another key spec',
    async () => ({ MacAlgorithm: 'HMAC_SHA_512' }),
    'InvalidKeyUsageException',
  ],
  ['a long message', async () => ({ text: 'x'.repeat(4097) }), 'ValidationException'],
])('%s is refused', async (_, asked, code) => {
  expect(await refusalOf(macOf(await asked()))).toMatchObject({ code, status: 400 });
});

test('nothing else is answered', async () => {
  const call = served.kms().send(new GenerateRandomCommand({ NumberOfBytes: 8 }));
  expect(await refusalOf(call)).toMatchObject({ code: 'UnknownOperationException' });
});
