/** How a service shows by tags that a snapshot is its own. */
export interface Manager {
  /** The reason it is kept for. */
  readonly reason: string;
  /** `*` at the end: any such key. */
  readonly tagKeys: readonly string[];
  /** For IAM, which knows no patterns for keys: those that the service is known to use. */
  readonly knownKeys: readonly string[];
}

export const MANAGERS: readonly Manager[] = [
  {
    reason: 'MANAGED_BY_AWS_BACKUP',
    tagKeys: ['aws:backup:*'],
    knownKeys: ['aws:backup:source-resource'],
  },
  {
    reason: 'MANAGED_BY_DLM',
    tagKeys: ['aws:dlm:*', 'dlm:managed'],
    knownKeys: [
      'aws:dlm:archived',
      'aws:dlm:expirationTime',
      'aws:dlm:lifecycle-policy-id',
      'aws:dlm:lifecycle-schedule-name',
      'dlm:managed',
    ],
  },
  {
    reason: 'MANAGED_BY_KUBERNETES',
    tagKeys: ['CSIVolumeSnapshotName', 'ebs.csi.aws.com/cluster', 'kubernetes.io/*', 'velero.io/*'],
    knownKeys: [
      'CSIVolumeSnapshotName',
      'ebs.csi.aws.com/cluster',
      'kubernetes.io/created-for/pv/name',
      'kubernetes.io/created-for/pvc/name',
      'kubernetes.io/created-for/pvc/namespace',
      'velero.io/backup',
      'velero.io/pv',
      'velero.io/storage-location',
    ],
  },
  {
    reason: 'MANAGED_BY_DRS',
    tagKeys: ['AWSElasticDisasterRecovery*'],
    knownKeys: ['AWSElasticDisasterRecoveryManaged', 'AWSElasticDisasterRecoverySourceServerID'],
  },
];
