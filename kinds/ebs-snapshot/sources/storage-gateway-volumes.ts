import { paginateListVolumes } from '@aws-sdk/client-storage-gateway';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import type { Asked, Referrer, Source } from './source.ts';

/**
 * Volumes of Storage Gateway. Their snapshots are ordinary EBS snapshots, but EC2 doesn't know the
 * volumes: they would all look missing.
 */
export const storageGatewayVolumes: Source = {
  name: 'storage-gateway-volumes',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: false,
  service: 'storagegateway',
  cost: '1 call per 100 gateway volumes, where the Region has Storage Gateway',
  awsRefuses: 'no',
  iam: ['storagegateway:ListVolumes'],
  list: listGatewayVolumes,
};

async function* listGatewayVolumes({ look, snapshots }: Asked): AsyncGenerator<Referrer> {
  const operation = 'storagegateway:ListVolumes';
  const pages = paginateListVolumes({ client: look.clients.storageGateway }, { Limit: 100 });
  const gatewayVolumes = new Map<string, string[]>();
  for await (const volume of itemsOfPages(
    operation,
    pages,
    (page) => page.VolumeInfos,
    (page) => page.Marker,
  )) {
    // Storage Gateway writes ids in capitals in places where EC2 doesn't.
    gatewayVolumes.set(idOf(volume.VolumeId, operation).toLowerCase(), []);
  }
  if (gatewayVolumes.size === 0) return;
  for (const { snapshotId, volumeId } of snapshots.values()) {
    gatewayVolumes.get(volumeId?.toLowerCase() ?? '')?.push(snapshotId);
  }
  for (const [by, snapshotIds] of gatewayVolumes) yield { by, snapshotIds };
}
