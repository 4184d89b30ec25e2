import type { KnownTags } from './known-tag.ts';

const REASON = 'MANAGED_BY_BACKUP_PRODUCT';
const PRODUCT = { 'ebs-snapshot': REASON, 'ebs-volume': REASON, ami: REASON };

/** What products set that take snapshots on the way to something else. */
export const OTHER_PRODUCTS: readonly KnownTags[] = [
  {
    setBy: 'Migrate to Virtual Machines, of Google',
    tags: ['m2vm-resource=snapshot'],
    means: PRODUCT,
    source:
      'https://docs.cloud.google.com/migrate/virtual-machines/docs/5.0/migrate/create-an-aws-source',
    sourceSays:
      'it copies volumes by their snapshots, and its policy deletes only those with this tag: seen in public copies of the page',
  },
  {
    setBy: 'CloudSlash',
    tags: ['CloudSlash', 'CreatedBy=CloudSlash'],
    means: PRODUCT,
    source:
      'https://github.com/DrSkyle/CloudSlash/blob/e2202e30d0328cbbc9a217ac66952da76ec58acc/internal/remediation/generator.go',
    sourceSays:
      'its script takes a snapshot with the first tag and then deletes the volume on purpose; later code has the second',
  },
  {
    setBy: 'Dremio',
    tags: ['dremio_managed=true'],
    means: PRODUCT,
    source:
      'https://github.com/ashleyfarrugia89/dremio-deployer/blob/79c5d9abd6d044d1121b12b28d52559e04894813/aws/modules/iam/main.tf',
    sourceSays: 'a copy of its policy: it makes and deletes only snapshots with this tag',
  },
];
