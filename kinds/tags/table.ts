import { AWS_BACKUP_AND_RECOVERY } from './aws-backup-and-recovery.ts';
import { AWS_SERVICES } from './aws-services.ts';
import { BACKUP_PRODUCTS } from './backup-products.ts';
import { FORENSICS } from './forensics.ts';
import type { KnownTags } from './known-tag.ts';
import { OF_KUBERNETES } from './kubernetes.ts';
import { OTHER_PRODUCTS } from './other-products.ts';
import { SAYING_NOTHING } from './saying-nothing.ts';
import { SECURITY_SCANNERS } from './security-scanners.ts';

/** Every tag of others that orgsweep knows, for every kind. */
export const KNOWN_TAGS: readonly KnownTags[] = [
  ...AWS_BACKUP_AND_RECOVERY,
  ...AWS_SERVICES,
  ...OF_KUBERNETES,
  ...BACKUP_PRODUCTS,
  ...OTHER_PRODUCTS,
  ...SECURITY_SCANNERS,
  ...FORENSICS,
  ...SAYING_NOTHING,
];

/** The keys by which IAM denies that resources of a kind are removed, by what keeps them. */
export function deniedKeysOf(kind: string): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const { means, deniedKeys = [] } of KNOWN_TAGS) {
    const reason = means[kind] ?? null;
    if (reason === null || deniedKeys.length === 0) continue;
    keys.set(reason, [...(keys.get(reason) ?? []), ...deniedKeys]);
  }
  return keys;
}
