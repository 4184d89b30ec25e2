import { type KnownTags, managedPolicy } from './known-tag.ts';

/** What other services of AWS set. */
export const AWS_SERVICES: readonly KnownTags[] = [
  {
    setBy: 'RDS Custom',
    tags: ['AWSRDSCustom'],
    means: {
      'ebs-snapshot': 'MANAGED_BY_AWS_SERVICE',
      'ebs-volume': 'MANAGED_BY_AWS_SERVICE',
      ami: 'MANAGED_BY_AWS_SERVICE',
    },
    deniedKeys: ['AWSRDSCustom'],
    source: managedPolicy('AmazonRDSCustomServiceRolePolicy'),
    sourceSays: 'backups of RDS Custom for Oracle and SQL Server are snapshots with this tag',
  },
  {
    setBy: 'Amazon ECS',
    tags: ['AmazonECSManaged', 'AmazonECSCreated'],
    means: { 'ebs-volume': 'MANAGED_BY_ECS' },
    deniedKeys: ['AmazonECSManaged', 'AmazonECSCreated'],
    source: managedPolicy('AmazonECSInfrastructureRolePolicyForVolumes'),
    sourceSays:
      'it makes, attaches and deletes only volumes with these tags, for the tasks of a service',
  },
  {
    setBy: 'EC2 Image Builder',
    tags: ['CreatedBy=EC2 Image Builder'],
    means: { 'ebs-snapshot': 'MANAGED_BY_AWS_SERVICE', ami: 'MANAGED_BY_AWS_SERVICE' },
    source: managedPolicy('EC2ImageBuilderLifecycleExecutionPolicy'),
    sourceSays: "Image Builder's lifecycle policies delete only snapshots with this tag",
  },
  {
    setBy: 'EC2 Fast Launch',
    tags: ['CreatedBy=EC2 Fast Launch', 'CreatedByLaunchTemplate*'],
    means: { 'ebs-snapshot': 'MANAGED_BY_AWS_SERVICE', ami: 'MANAGED_BY_AWS_SERVICE' },
    source: managedPolicy('EC2FastLaunchServiceRolePolicy'),
    sourceSays: 'it keeps snapshots ready to launch Windows from, and tags them so',
  },
  {
    setBy: 'GuardDuty Malware Protection',
    tags: ['GuardDutyScanId', 'GuardDutyFindingDetected'],
    means: {
      'ebs-snapshot': 'MANAGED_BY_SECURITY_SCANNER',
      'ebs-volume': 'MANAGED_BY_SECURITY_SCANNER',
    },
    deniedKeys: ['GuardDutyScanId'],
    source: managedPolicy('AmazonGuardDutyMalwareProtectionServiceRolePolicy'),
    sourceSays:
      'it deletes its own snapshots, by this tag; one with a finding may be kept as evidence',
  },
  {
    setBy: 'Amazon Inspector',
    tags: ['InspectorScan'],
    means: {
      'ebs-snapshot': 'MANAGED_BY_SECURITY_SCANNER',
      'ebs-volume': 'MANAGED_BY_SECURITY_SCANNER',
    },
    deniedKeys: ['InspectorScan'],
    source: managedPolicy('AmazonInspector2AgentlessServiceRolePolicy'),
    sourceSays: 'it makes and deletes the snapshots that it scans with this tag',
  },
];
