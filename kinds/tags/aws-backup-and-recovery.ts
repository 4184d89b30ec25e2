import { type KnownTags, managedPolicy } from './known-tag.ts';

const OF_MGN = {
  'ebs-snapshot': 'MANAGED_BY_MGN',
  'ebs-volume': 'MANAGED_BY_MGN',
  ami: 'MANAGED_BY_MGN',
};
const OF_A_SERVICE = {
  'ebs-snapshot': 'MANAGED_BY_AWS_SERVICE',
  'ebs-volume': 'MANAGED_BY_AWS_SERVICE',
  ami: 'MANAGED_BY_AWS_SERVICE',
};

/** What AWS's services for backup, recovery and migration set. */
export const AWS_BACKUP_AND_RECOVERY: readonly KnownTags[] = [
  {
    setBy: 'AWS Backup',
    tags: ['aws:backup:*', 'AWSBackupManagedResource'],
    means: {
      'ebs-snapshot': 'MANAGED_BY_AWS_BACKUP',
      'ebs-volume': 'MANAGED_BY_AWS_BACKUP',
      ami: 'MANAGED_BY_AWS_BACKUP',
    },
    deniedKeys: ['aws:backup:source-resource', 'AWSBackupManagedResource'],
    source: managedPolicy('AWSBackupServiceLinkedRolePolicyForBackup'),
    sourceSays: 'AWS Backup deletes and archives only snapshots that carry one of these tags',
  },
  {
    setBy: 'Data Lifecycle Manager',
    tags: ['aws:dlm:*', 'dlm:managed'],
    means: { 'ebs-snapshot': 'MANAGED_BY_DLM', ami: 'MANAGED_BY_DLM' },
    deniedKeys: [
      'aws:dlm:archived',
      'aws:dlm:expirationTime',
      'aws:dlm:lifecycle-policy-id',
      'aws:dlm:lifecycle-schedule-name',
      'dlm:managed',
    ],
    source: 'https://repost.aws/knowledge-center/ebs-snapshots-list',
    sourceSays: 'a snapshot of a lifecycle policy is shown with these tags',
  },
  {
    setBy: 'Elastic Disaster Recovery',
    tags: ['AWSElasticDisasterRecovery*'],
    means: {
      'ebs-snapshot': 'MANAGED_BY_DRS',
      'ebs-volume': 'MANAGED_BY_DRS',
      ami: 'MANAGED_BY_DRS',
    },
    deniedKeys: ['AWSElasticDisasterRecoveryManaged', 'AWSElasticDisasterRecoverySourceServerID'],
    source: managedPolicy('AWSElasticDisasterRecoveryServiceRolePolicy'),
    sourceSays: 'the service makes and deletes only snapshots with the first of these tags',
  },
  {
    setBy: 'Application Migration Service',
    tags: ['AWSApplicationMigrationService*', 'CreatedBy=AWSApplicationMigrationService'],
    means: OF_MGN,
    deniedKeys: ['AWSApplicationMigrationServiceManaged'],
    source: managedPolicy('AWSApplicationMigrationServiceRolePolicy'),
    sourceSays:
      'the service makes and deletes only snapshots with AWSApplicationMigrationServiceManaged',
  },
  {
    setBy: 'AWS Transform',
    tags: ['CreatedBy=AWSTransform', 'ATWorkspace'],
    means: OF_MGN,
    source: managedPolicy('AWSTransformServerMigrationAgentPolicy'),
    sourceSays: 'snapshots that Application Migration Service makes for it get both tags',
  },
  {
    setBy: 'Server Migration Service',
    tags: ['SMSJobId'],
    means: OF_A_SERVICE,
    deniedKeys: ['SMSJobId'],
    source: managedPolicy('ServerMigration_ServiceRole'),
    sourceSays: 'the service copies, shares and deletes only snapshots with this tag',
  },
  {
    setBy: 'Compute Optimizer Automation',
    tags: ['aws:compute-optimizer:*'],
    means: { 'ebs-snapshot': 'MANAGED_BY_COMPUTE_OPTIMIZER' },
    deniedKeys: ['aws:compute-optimizer:automation-event-id'],
    source: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/automation-rec.html',
    sourceSays:
      'it tags the snapshot of a volume that it deletes; undoing that needs the snapshot, whose volume is gone on purpose',
  },
  {
    setBy: 'an owner who wants no automation',
    tags: ['exclude-from-compute-optimizer-automation'],
    means: { 'ebs-volume': 'EXCLUDED_FROM_AUTOMATION' },
    deniedKeys: ['exclude-from-compute-optimizer-automation'],
    source: managedPolicy('ComputeOptimizerAutomationServiceRolePolicy'),
    sourceSays: "AWS's own automation may not delete a volume that carries this tag",
  },
];
