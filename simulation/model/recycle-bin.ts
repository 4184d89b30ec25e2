import type { SimPage } from './page.ts';
import type { SimSnapshot } from './snapshot.ts';
import { DAY_MS } from './units.ts';

export interface SimTag {
  readonly key: string;
  readonly value: string;
}

export type SimRuleType = 'EBS_SNAPSHOT' | 'EBS_VOLUME' | 'EC2_IMAGE';

/** A retention rule of the Recycle Bin, in one account and Region. */
export interface SimRetentionRule {
  /** 11 letters or digits. */
  readonly identifier: string;
  readonly description?: string;
  /** Left out: EBS_SNAPSHOT. */
  readonly resourceType?: SimRuleType;
  /** Only an available rule keeps anything. */
  readonly status: 'pending' | 'available';
  /** 1 to 365; of volumes 1 to 7. */
  readonly retentionDays: number;
  /** Tag-level: keeps what has any of these tags, key and value alike. Omitted: Region-level. */
  readonly resourceTags?: readonly SimTag[];
  /** What a Region-level rule leaves alone; at most 5. */
  readonly excludeResourceTags?: readonly SimTag[];
  readonly lockState?: 'locked' | 'pending_unlock' | 'unlocked';
}

export interface SimBinnedSnapshot {
  /** As it was when it was deleted, and will be again when it is restored. */
  readonly snapshot: SimSnapshot;
  readonly enteredAt: Date;
  /** From then on nothing brings it back. */
  readonly exitsAt: Date;
}

/** The Recycle Bin's part of an estate. */
export interface SimRecycleBin {
  retentionRules(): readonly SimRetentionRule[];
  setRetentionRules(rules: readonly SimRetentionRule[]): void;
  /** What can be restored now, in the order it entered. */
  binnedSnapshots(): readonly SimBinnedSnapshot[];
  binnedSnapshot(id: string): SimBinnedSnapshot | undefined;
  /** The same as `binnedSnapshots` by positions that don't move when something leaves. */
  binnedPage(from: number, limit: number): SimPage<SimBinnedSnapshot>;
  /** @throws for a snapshot that isn't in the bin */
  restoreSnapshot(id: string): void;
  /** Whether the snapshot is there, or in the bin. */
  existsOrIsRestorable(id: string): boolean;
}

export function ruleTypeOf({ resourceType = 'EBS_SNAPSHOT' }: SimRetentionRule): SimRuleType {
  return resourceType;
}

/** When something with these tags, deleted now, leaves the bin: the longest retention wins. */
export function exitTime(
  rules: readonly SimRetentionRule[],
  { type = 'EBS_SNAPSHOT', tags, now }: Deleted,
): Date | undefined {
  const days = rules
    .filter((rule) => ruleTypeOf(rule) === type && rule.status === 'available' && keeps(rule, tags))
    .map(({ retentionDays }) => retentionDays);
  if (days.length === 0) return undefined;
  return new Date(now.getTime() + Math.max(...days) * DAY_MS);
}

interface Deleted {
  readonly type?: SimRuleType;
  readonly tags: Readonly<Record<string, string>>;
  readonly now: Date;
}

function keeps(
  { resourceTags, excludeResourceTags = [] }: SimRetentionRule,
  tags: Readonly<Record<string, string>>,
): boolean {
  const has = ({ key, value }: SimTag) => Object.hasOwn(tags, key) && tags[key] === value;
  return resourceTags?.some(has) ?? !excludeResourceTags.some(has);
}
