import { type KnownTags, managedPolicy } from './known-tag.ts';

const REASON = 'MANAGED_BY_KUBERNETES';

/** A volume whose cluster has gone keeps the cluster's tags: they alone don't tell. */
const KUBERNETES = { 'ebs-snapshot': REASON, 'ebs-volume': REASON, ami: REASON };
const OF_VOLUMES = { 'ebs-volume': REASON };

/** What Kubernetes sets, its distributions, and what backs it up. */
export const OF_KUBERNETES: readonly KnownTags[] = [
  {
    setBy: 'the EBS CSI driver',
    tags: ['CSIVolumeSnapshotName', 'ebs.csi.aws.com/*'],
    means: KUBERNETES,
    deniedKeys: ['CSIVolumeSnapshotName', 'ebs.csi.aws.com/cluster'],
    source: managedPolicy('AmazonEBSCSIDriverPolicy'),
    sourceSays:
      'the driver makes and deletes snapshots with these tags: whatever a cluster takes as a VolumeSnapshot',
  },
  {
    setBy: 'the EBS CSI driver, on volumes',
    tags: ['CSIVolumeName'],
    means: OF_VOLUMES,
    deniedKeys: ['CSIVolumeName'],
    source: managedPolicy('AmazonEBSCSIDriverPolicy'),
    sourceSays: 'the driver makes and deletes volumes with this tag: a claim of a cluster has them',
  },
  {
    setBy: 'Kubernetes',
    tags: ['kubernetes.io/*', 'KubernetesCluster'],
    means: KUBERNETES,
    deniedKeys: [
      'KubernetesCluster',
      'kubernetes.io/created-for/pv/name',
      'kubernetes.io/created-for/pvc/name',
      'kubernetes.io/created-for/pvc/namespace',
    ],
    source:
      'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/cb6468c067d8cd2d5e734d26f6dcf30e60ad258f/pkg/cloud/tags.go',
    sourceSays:
      "a cluster's resources carry kubernetes.io/cluster/<name>, or KubernetesCluster of old",
  },
  {
    setBy: 'EKS Auto Mode',
    tags: ['eks:eks-cluster-name', 'ebs.csi.eks.amazonaws.com/*'],
    means: KUBERNETES,
    deniedKeys: ['eks:eks-cluster-name'],
    source: managedPolicy('AmazonEKSBlockStoragePolicy'),
    sourceSays: 'snapshots that a cluster makes get these tags, and are deleted by the first',
  },
  {
    setBy: 'OpenShift on AWS (ROSA)',
    tags: ['red-hat-managed', 'red-hat'],
    means: KUBERNETES,
    deniedKeys: ['red-hat-managed'],
    source: managedPolicy('ROSAAmazonEBSCSIDriverOperatorPolicy'),
    sourceSays: 'the driver makes, locks and deletes only snapshots with one of these tags',
  },
  {
    setBy: 'Velero',
    tags: ['velero.io/*'],
    means: KUBERNETES,
    deniedKeys: ['velero.io/backup', 'velero.io/pv', 'velero.io/storage-location'],
    source:
      'https://github.com/vmware-tanzu/velero/blob/95c674b23ab07dfb0381610926e39dfbc9e375c9/pkg/backup/item_backupper.go',
    sourceSays: 'the snapshots of a backup are tagged with the backup and the volume',
  },
  {
    setBy: 'Ark, as Velero was called',
    tags: ['ark.heptio.com/*'],
    means: KUBERNETES,
    deniedKeys: ['ark.heptio.com/backup'],
    source:
      'https://github.com/skriss/ark/blob/079d90673bedb2c58ad03fd9868e69dd617ebbb5/pkg/backup/item_backupper.go',
    sourceSays:
      "a developer's copy of that time: the snapshots of a backup are tagged with the backup and the volume",
  },
  {
    setBy: 'Kanister, of Kasten K10',
    tags: ['kanister.io/*'],
    means: KUBERNETES,
    deniedKeys: ['kanister.io/clustername'],
    source:
      'https://github.com/kanisterio/kanister/blob/0d2378c1946c760017829ed4d89f7f8d1088b9c1/pkg/blockstorage/tags/tags.go',
    sourceSays: "what it makes gets the cluster's name, its own version and the application's name",
  },
  {
    setBy: 'Kasten K10',
    tags: ['Name=Kasten: Snapshot*', 'name=kasten__snapshot*'],
    means: KUBERNETES,
    source: 'https://docs.kasten.io/latest/install/aws/aws_permissions',
    sourceSays: 'it deletes only snapshots with such a name',
  },
  {
    setBy: 'Stork, of Portworx',
    tags: ['created-by=stork', 'source-pvc-name'],
    means: KUBERNETES,
    source:
      'https://github.com/libopenstorage/stork/blob/35818363025f7c5f6a8e48a04702e781f8245bd1/drivers/volume/aws/aws.go',
    sourceSays: 'the snapshots of a backup are tagged with it and with their claim',
  },
  {
    setBy: 'TiDB, its backup by volume snapshots',
    tags: ['TiDBCluster-BR-Snapshot'],
    means: KUBERNETES,
    source:
      'https://github.com/pingcap/tidb/blob/e15b4eba7bc2727338795962a66102f52fc6e36d/br/pkg/aws/ebs.go',
    sourceSays: 'it asks EC2 itself for snapshots, past the CSI driver, and tags them so',
  },
  {
    setBy: 'k8s-snapshots',
    tags: ['created-by=k8s-snapshots'],
    means: KUBERNETES,
    source:
      'https://github.com/miracle2k/k8s-snapshots/blob/045e92e1a8ac3586dc08a90997d7b3b996d8f5fa/k8s_snapshots/config.py',
    sourceSays: 'every snapshot that it makes gets this label; backends/aws.py makes it a tag',
  },
];
