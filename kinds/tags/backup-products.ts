import type { KnownTags } from './known-tag.ts';

const BACKUP = { 'ebs-snapshot': 'MANAGED_BY_BACKUP_PRODUCT' };

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
      'the policy it names, amazon_restricted_role_permissions.json, has public copies that delete only snapshots with _GX_BACKUP_ and tag them with the others',
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
      'the tags that it sets are the appendix A of this paper; public copies of its policy name rk_component on snapshots',
  },
  {
    setBy: 'Elastio',
    tags: ['elastio:resource'],
    means: BACKUP,
    source:
      'https://github.com/elastio/contrib/blob/086d087621f3a6a24b8b799d95a06ad35a2663c3/cleanup-imported-ebs-snapshots/README.md',
    sourceSays:
      "Elastio's tags begin so; a public copy of its policy deletes snapshots by this one",
  },
  {
    setBy: 'N2W (Cloud Protection Manager)',
    tags: ['cpm backup', 'cpm_backup'],
    means: BACKUP,
    source: 'https://docs.n2ws.com/user-guide/14-tag-based-backup-management',
    sourceSays: 'what carries this tag is in a backup policy of it',
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
];
