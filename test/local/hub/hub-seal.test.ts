import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { TINY } from '../../support/removal-sweep.ts';

let served: ServedHub;
beforeAll(async () => {
  served = await serveHub(TINY);
});
afterAll(async () => served.close());

type Credentials = ServedHub['connection']['credentials'];

async function macBy(credentials: Credentials) {
  const { endpoint } = served.simulation;
  const [, , , , accountId] = served.connection.hub.stateMachineArn.split(':');
  const kms = new KMSClient({
    endpoint,
    region: 'us-east-1',
    ...(credentials !== undefined && { credentials }),
  });
  try {
    return await kms.send(
      new GenerateMacCommand({
        KeyId: `arn:aws:kms:us-east-1:${accountId}:key/orgsweep-seal`,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from('orgsweep key to seal with 1\ne-1'),
      }),
    );
  } finally {
    kms.destroy();
  }
}

it('a simulated hub gives its functions what they seal with, and its operator nothing', async () => {
  expect((await macBy(served.simulation.credentials)).Mac?.byteLength).toBe(32);
  await expect(macBy(served.connection.credentials)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('orgsweep-operator'),
  });
});

it('what it seals with is told to nobody who asks for the hub', () => {
  expect(JSON.stringify(served.connection.hub)).not.toContain('kms');
});
