import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import type { InitialReferences } from '../../../simulation/population/references/initial-references.ts';
import type {
  SimBinnedImage,
  SimBinnedVolume,
  SimEcsService,
  SimFastRestore,
  SimGatewayVolume,
  SimLaunchConfiguration,
  SimLaunchTemplate,
} from '../../../simulation/model/references.ts';
import { shelf, tinyId } from './tiny-organization.ts';

/** What refers to a tiny estate's snapshots when it begins; listings keep the order. */
export interface TinyReferences {
  readonly fastRestores?: readonly SimFastRestore[];
  readonly binnedVolumes?: readonly SimBinnedVolume[];
  readonly binnedImages?: readonly SimBinnedImage[];
  readonly launchTemplates?: readonly SimLaunchTemplate[];
  readonly launchConfigurations?: readonly SimLaunchConfiguration[];
  /** Clusters without a service; those of `ecsServices` are there anyway. */
  readonly ecsClusters?: readonly string[];
  readonly ecsServices?: readonly SimEcsService[];
  readonly gatewayVolumes?: readonly SimGatewayVolume[];
}

/** A template of one version that refers to no snapshot, unless told otherwise. */
export function tinyLaunchTemplate(
  number: number,
  different: Partial<SimLaunchTemplate> = {},
): SimLaunchTemplate {
  return {
    launchTemplateId: tinyId('lt', number),
    name: `template ${number}`,
    createTime: new Date('2024-01-01T00:00:00Z'),
    defaultVersion: 1,
    versions: [{ number: 1, snapshotIds: [] }],
    ...different,
  };
}

/** Those references from lists; locks and sharing are the snapshots' own. */
export function listedReferences(
  contents: TinyReferences & { readonly snapshots?: readonly SimSnapshot[] },
): InitialReferences {
  const services = contents.ecsServices ?? [];
  const snapshotIdsThat = (holds: (snapshot: SimSnapshot) => boolean) =>
    shelf(
      (contents.snapshots ?? []).filter(holds).map(({ snapshotId }) => snapshotId),
      (id) => id,
    );
  return {
    locked: snapshotIdsThat(({ lockState }) => lockState !== undefined),
    public: snapshotIdsThat((snapshot) => snapshot.public),
    fastRestores: shelf(
      contents.fastRestores,
      ({ snapshotId, availabilityZone }) => `${snapshotId}/${availabilityZone}`,
    ),
    binnedVolumes: shelf(contents.binnedVolumes, ({ volumeId }) => volumeId),
    binnedImages: shelf(contents.binnedImages, ({ imageId }) => imageId),
    launchTemplates: shelf(contents.launchTemplates, (one) => one.launchTemplateId),
    launchConfigurations: shelf(contents.launchConfigurations, ({ name }) => name),
    ecsClusters: [...(contents.ecsClusters ?? []), ...services.map((one) => one.clusterName)],
    ecsServices: shelf(services, ({ clusterName, name }) => `${clusterName}/${name}`),
    gatewayVolumes: shelf(contents.gatewayVolumes, ({ volumeId }) => volumeId),
  };
}
