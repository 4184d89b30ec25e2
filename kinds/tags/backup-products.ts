import type { KnownTags } from './known-tag.ts';

const REASON = 'MANAGED_BY_BACKUP_PRODUCT';

/** The sources tell of snapshots. A volume with the same tag is kept too: it may be the product's. */
const BACKUP = { 'ebs-snapshot': REASON, 'ebs-volume': REASON, ami: REASON };

/** What products and tools for backups set, old and new. */
export const BACKUP_PRODUCTS: readonly KnownTags[] = [
  {
    setBy: 'Commvault',
    tags: ['commvault:*', '_GX_BACKUP_', '_GX_AMI_', 'CV_Retain_Snap', 'CV_Integrity_Snap'],
    means: BACKUP,
    deniedKeys: ['_GX_BACKUP_'],
    source:
      'https://documentation.commvault.com/2024e/essential/aws_iam_policies_for_protecting_aws_services_with_commvault.html',
    sourceSays:
      'the page names a policy, amazon_restricted_role_permissions.json; a public copy deletes only snapshots with _GX_BACKUP_ and names the other tags that it takes off',
  },
  {
    setBy: 'Clumio',
    tags: ['Vendor=Clumio', 'clumio.restore.tag'],
    means: BACKUP,
    source:
      'https://github.com/clumio-code/terraform-clumio-aws-template/blob/27fff5bea03e860a14934d471288ed2796046468/ebs_ec2.tf',
    sourceSays:
      'it makes and deletes only snapshots with the first tag, and restores with the second',
  },
  {
    setBy: 'Rubrik',
    tags: ['rk_component', 'rk_taskchain_id'],
    means: BACKUP,
    deniedKeys: ['rk_component'],
    source: 'https://www.scribd.com/document/555319935/Cloud-Native-Protection-for-AWS-RWP-0512',
    sourceSays:
      'the contents of this paper name an appendix A, AWS tags; its pages were not to be seen, and a public copy of its policy deletes only snapshots with rk_component',
  },
  {
    setBy: 'Elastio',
    tags: ['elastio:resource'],
    means: BACKUP,
    source:
      'https://github.com/elastio/contrib/blob/74b35fc1ea3d9777c508688ec966991dbc4feb67/terraform-deploy/asset-account-stack.tf',
    sourceSays: 'its role deletes and tags only snapshots with this tag',
  },
  {
    setBy: 'N2W (Cloud Protection Manager)',
    tags: ['cpm backup', 'cpm_backup'],
    // On a volume it says only that there are backups of it.
    means: { 'ebs-snapshot': REASON, 'ebs-volume': null, ami: REASON },
    source: 'https://docs.n2ws.com/user-guide/14-tag-based-backup-management',
    sourceSays:
      'what carries this tag is in a backup policy of it; the page names no tag of its snapshots',
  },
  {
    setBy: 'ec2-automate-backup',
    tags: ['PurgeAllow', 'PurgeAfter', 'PurgeAfterFE'],
    means: BACKUP,
    deniedKeys: ['PurgeAllow'],
    source:
      'https://github.com/cloudavail/aws-missing-tools/blob/348e628c572c1e37bbe42aeb77846cdc4188514e/ec2-automate-backup/ec2-automate-backup.sh',
    sourceSays: 'it deletes its snapshots itself, after the time in these tags',
  },
  {
    setBy: 'EBS Snapper, and other functions that delete on a date',
    tags: ['DeleteOn'],
    means: BACKUP,
    deniedKeys: ['DeleteOn'],
    source:
      'https://github.com/rackerlabs/ebs_snapper/blob/00e4efd9e7a10ea9ead0e922e468e9d3a65fba56/ebs_snapper/clean.py',
    sourceSays:
      'it deletes its snapshots itself, on this date, and keeps the last ones of a volume',
  },
  {
    setBy: 'Cloud Custodian',
    tags: ['custodian_snapshot'],
    means: BACKUP,
    source:
      'https://github.com/cloud-custodian/cloud-custodian/blob/f1b8ca719a34d2b4cc143c3c7fff569b483d2b63/c7n/resources/ec2.py',
    sourceSays: 'the action that makes snapshots tags them so, for the policy that deletes them',
  },
  {
    setBy: 'Convoy, of Rancher',
    tags: ['ConvoySnapshotName', 'ConvoyVolumeName'],
    means: BACKUP,
    source:
      'https://github.com/rancher/convoy/blob/5e1e9f692b844403a7ed9a6f72ea50ac46c8f24e/ebs/ebs.go',
    sourceSays: 'the snapshots of a container volume are tagged with both names',
  },
  {
    setBy: 'Shelvery',
    tags: ['shelvery:*'],
    means: BACKUP,
    source:
      'https://github.com/base2Services/shelvery-aws-backups/blob/2dce59ca90b0429720c110c0272152a670a1c9c8/shelvery/backup_resource.py',
    sourceSays: 'a backup carries shelvery:tag_name, and under what that names its retention',
  },
  {
    setBy: 'AWS Ops Automator',
    tags: ['OpsAutomator:*'],
    means: BACKUP,
    source:
      'https://github.com/aws-solutions-library-samples/aws-ops-automator/blob/22c4bf17b686c04934d8550480fe4e94eb866f12/source/code/actions/__init__.py',
    sourceSays:
      'snapshots that it makes and copies carry OpsAutomator:<stack>-Snapshot-SourceVolume',
  },
  {
    setBy: 'AWS EBS Snapshot Scheduler',
    tags: ['scheduler:ebs-snapshot=auto_delete'],
    means: BACKUP,
    source:
      'https://github.com/amazon-archives/ebs-snapshot-scheduler/blob/1a42667e27bda9bc65368f5489c96e62e142d6d5/code/ebs-snapshot-scheduler.py',
    sourceSays:
      'its snapshots get this value under the key that its deployment names; public deployments use this key',
  },
  {
    setBy: 'BOSH, of Cloud Foundry',
    tags: ['director_uuid'],
    means: BACKUP,
    source:
      'https://github.com/cloudfoundry/bosh/blob/023be2db7a36c5379c5ddb85f05e381ad86c2f9b/src/bosh-director/lib/bosh/director/api/snapshot_manager.rb',
    sourceSays:
      'what its director hands on for a snapshot; the part for AWS makes tags of it, and the others have ordinary names',
  },
  {
    setBy: 'RunsOn',
    tags: ['runs-on-snapshot-*'],
    means: BACKUP,
    source:
      'https://github.com/runs-on/snapshot/blob/2f44086302a49c4696e0ae0bb860268b50088d8d/internal/snapshot/snapshotter.go',
    sourceSays:
      'a job restores its folder from the newest snapshot with these tags; save.go deletes its volume on purpose',
  },
  {
    setBy: 'Zerto',
    tags: ['ZERTO_TAG'],
    means: BACKUP,
    source:
      'https://github.com/ZertoPublic/AWS/blob/8490a8a063ea7ab109b8ea7f94228d685221ea5b/migration_utility_scripts/reassign-nic.bash',
    sourceSays:
      'it tags the snapshots of an AMI with ZERTO_EBS_RESOURCE before it replaces the instance',
  },
  {
    setBy: 'Xosphere Instance Orchestrator',
    tags: ['xosphere.io/*'],
    means: BACKUP,
    source:
      'https://github.com/xosphere/terraform-xosphere-instance-orchestrator/blob/2d6aa0e394a2abcfa6facd3e0a3ab0e7be67fef9/snapshot.tf',
    sourceSays:
      'its snapshot creator makes only snapshots with the name of a group, and deletes them',
  },
  {
    setBy: "AWS's scripts for backups of SAP HANA and SAP ASE",
    tags: ['Createdby=AWS-HANA-Snapshot*', 'Createdby=AWS-ASE-Snapshot*'],
    means: BACKUP,
    source:
      'https://github.com/aws-samples/aws-ebs-snapshot-sap-hana/blob/6150bffc9d5c1a43ad76ba46bdeffeb4044b323b/aws-sap-hana-snapshot.sh',
    sourceSays:
      "a backup in HANA's own catalog is tagged so; aws-ebs-snapshot-sap-ase does the same for ASE",
  },
];
