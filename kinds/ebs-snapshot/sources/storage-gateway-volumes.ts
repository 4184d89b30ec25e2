import {
  paginateListVolumes,
  StorageGatewayClient,
  type VolumeInfo,
} from '@aws-sdk/client-storage-gateway';
import { checkId, itemsOfPages } from '../../../aws/answers/pages.ts';
import type { AwsService } from '../../../aws/sessions/aws-clients.ts';
import type { Identified, ReadBy } from '../../listings/listing.ts';
import type { SnapshotSource } from './source.ts';

type GatewayVolume = Identified<VolumeInfo, 'VolumeId'>;

export const STORAGE_GATEWAY: AwsService<StorageGatewayClient> = {
  prefix: 'storagegateway',
  make: (config) => new StorageGatewayClient(config),
};

const OPERATION = 'storagegateway:ListVolumes';

/**
 * Volumes of Storage Gateway. Their snapshots are ordinary EBS snapshots, but EC2 doesn't know the
 * volumes: they would all look missing.
 */
export const storageGatewayVolumes: SnapshotSource<GatewayVolume> = {
  name: 'storage-gateway-volumes',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: false,
  awsRefuses: 'no',
  listing: {
    name: 'storage-gateway-volumes',
    reach: 'regional',
    service: 'storagegateway',
    cost: '1 call per 100 gateway volumes, where the Region has Storage Gateway',
    iam: [OPERATION],
    list: listGatewayVolumes,
  },
  // Storage Gateway writes ids in capitals in places where EC2 doesn't.
  take: ({ VolumeId }) => ({ by: VolumeId.toLowerCase(), keys: [VolumeId.toLowerCase()] }),
  keysOf: ({ volumeId }) => (volumeId === null ? [] : [volumeId.toLowerCase()]),
};

async function* listGatewayVolumes({ clients }: ReadBy): AsyncGenerator<GatewayVolume> {
  const pages = paginateListVolumes({ client: clients.of(STORAGE_GATEWAY) }, { Limit: 100 });
  for await (const volume of itemsOfPages(
    OPERATION,
    pages,
    (page) => page.VolumeInfos,
    (page) => page.Marker,
  )) {
    checkId(volume, 'VolumeId', OPERATION);
    yield volume;
  }
}
