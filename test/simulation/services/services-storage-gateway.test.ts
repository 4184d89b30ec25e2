import type { ListVolumesCommandInput } from '@aws-sdk/client-storage-gateway';
import {
  ListGatewaysCommand,
  ListVolumesCommand,
  paginateListVolumes,
} from '@aws-sdk/client-storage-gateway';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import { SPOKE, numbered } from '../../support/organizations/tiny-organization.ts';

const volumeId = (number: number) => `vol-0abcdef${number.toString(16).padStart(10, '0')}`;

let served: Served;
let session: Parameters<Served['storageGateway']>[0];
const gateway = (region?: string) => served.storageGateway(session, region);
beforeAll(async () => {
  served = await serve({
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        gatewayVolumes: numbered(150, (number) => ({
          gatewayId: number <= 120 ? 'sgw-12A3456B' : 'sgw-00000001',
          volumeId: volumeId(number),
          sizeGiB: 10,
        })),
      },
    },
    serviceRegions: { storagegateway: ['eu-west-1'] },
  });
  session = await served.assume('orgsweep-discovery');
});
afterAll(async () => served.close());

const list = async (input: ListVolumesCommandInput) =>
  gateway().send(new ListVolumesCommand(input));

test('the volumes of all gateways come in pages of 100', async () => {
  const sizes: number[] = [];
  for await (const page of paginateListVolumes({ client: gateway() }, {})) {
    sizes.push(page.VolumeInfos?.length ?? 0);
  }
  expect(sizes).toEqual([100, 50]);
  expect((await list({ Limit: 7 })).VolumeInfos).toHaveLength(7);
});

test('ids are in upper case, where EC2 has them in lower case', async () => {
  const { VolumeInfos } = await list({ Limit: 1 });
  expect(VolumeInfos).toMatchObject([
    {
      VolumeId: 'vol-0ABCDEF0000000001',
      VolumeARN: `arn:aws:storagegateway:eu-west-1:${SPOKE}:gateway/sgw-12A3456B/volume/vol-0ABCDEF0000000001`,
      VolumeSizeInBytes: 10 * 2 ** 30,
    },
  ]);
  expect(VolumeInfos?.[0]?.VolumeId?.toLowerCase()).toBe(volumeId(1));
});

test('the volumes of one gateway', async () => {
  const GatewayARN = `arn:aws:storagegateway:eu-west-1:${SPOKE}:gateway/sgw-00000001`;
  const { VolumeInfos } = await list({ GatewayARN });
  expect(VolumeInfos).toHaveLength(30);
});

test('a Region without the service gives no answer at all, never an empty list', async () => {
  const elsewhere = gateway('us-east-1').send(new ListVolumesCommand({}));
  const refusal = await refusalOf(elsewhere);
  expect(refusal.status).toBeUndefined();
  expect(refusal.message).toContain('ECONNRESET');
});

test.each<[string, () => Promise<unknown>, string]>([
  ['a page of 101', async () => list({ Limit: 101 }), 'InvalidGatewayRequestException'],
  ['a made-up marker', async () => list({ Marker: 'x' }), 'InvalidGatewayRequestException'],
  [
    'an operation that the simulation lacks',
    async () => gateway().send(new ListGatewaysCommand({})),
    'UnknownOperationException',
  ],
  [
    'a session that may not',
    async () =>
      served
        .storageGateway(await served.assume('orgsweep-deletion'))
        .send(new ListVolumesCommand({})),
    'AccessDeniedException',
  ],
])('%s is refused', async (_, call, code) => {
  expect(await refusalOf(call())).toMatchObject({ code, status: 400 });
});

test('a volume that another user makes is there with the next call', async () => {
  const estate = served.organization.estate(SPOKE, 'eu-west-1');
  estate.putGatewayVolume({ gatewayId: 'sgw-00000002', volumeId: volumeId(999), sizeGiB: 1 });
  const GatewayARN = `arn:aws:storagegateway:eu-west-1:${SPOKE}:gateway/sgw-00000002`;
  expect((await list({ GatewayARN })).VolumeInfos).toHaveLength(1);
});
