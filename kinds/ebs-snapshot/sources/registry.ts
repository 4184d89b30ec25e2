import { amisInRecycleBin } from './amis-in-recycle-bin.ts';
import { amis } from './amis.ts';
import { ecsServices } from './ecs-services.ts';
import { fastRestores } from './fast-restores.ts';
import { launchConfigurations } from './launch-configurations.ts';
import { launchTemplates } from './launch-templates.ts';
import { publicSharing } from './public-sharing.ts';
import { snapshotLocks } from './snapshot-locks.ts';
import type { SnapshotSource } from './source.ts';
import { storageGatewayVolumes } from './storage-gateway-volumes.ts';
import { tierChanges } from './tier-changes.ts';
import { volumesInRecycleBin } from './volumes-in-recycle-bin.ts';

/**
 * Every source but the volumes themselves and their instances (`../references.ts`) and what costs a
 * call per snapshot (`../attributes.ts`). A source that isn't in this list isn't looked at.
 */
export const SOURCES: readonly SnapshotSource<unknown>[] = [
  amis,
  volumesInRecycleBin,
  amisInRecycleBin,
  snapshotLocks,
  fastRestores,
  tierChanges,
  publicSharing,
  launchTemplates,
  launchConfigurations,
  ecsServices,
  storageGatewayVolumes,
];
