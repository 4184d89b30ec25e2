import {
  type ChangedResource,
  largest,
  NO_CHANGE,
  type StaleChange,
  WAYS_TO_CHANGE,
  type WayToChange,
} from './stale-change.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { HoldReason } from '../model/hold-reason.ts';
import type { Finding } from '../model/verdict.ts';
import type { ResourceInTarget, ResourceRef } from '../model/ids.ts';
import type { TargetRef } from '../model/target.ts';

type Listed = ResourceInTarget & Pick<Finding, 'verdict' | 'reasons' | 'ageDays' | 'sizeGiB'>;

const BY_ANOTHER_ACCOUNT: HoldReason = 'USED_BY_ANOTHER_ACCOUNT';

/** Counts and lists how the stale resources of one target differ from those its history knew. */
export class StaleChangeCount {
  readonly #target: TargetRef;
  readonly #byWay = new Map<WayToChange, ChangedResource[]>();
  #stillStale = 0;

  constructor({ accountId, region }: TargetRef) {
    this.#target = { accountId, region };
  }

  addNewlyStale(finding: Listed, staleSince: string): void {
    const { ageDays, sizeGiB, reasons } = finding;
    this.#add('newlyStale', finding, { staleSince, ageDays, sizeGiB, reasons });
  }

  addStillStale(): void {
    this.#stillStale += 1;
  }

  /** @param entry what the history had of it; `finding`: none, if it isn't there any more */
  addEnded(resource: ResourceInTarget, entry: HistoryEntry, finding: Listed | undefined): void {
    const { staleSince, sizeGiB = null } = entry;
    if (finding === undefined) {
      const way = entry.removed ? 'removed' : 'gone';
      this.#add(way, resource, { staleSince, ageDays: null, sizeGiB, reasons: [] });
      return;
    }
    const way = finding.reasons.includes('IN_USE') ? 'usedAgain' : 'newlyProtected';
    const reasons = finding.verdict === 'STALE' ? [BY_ANOTHER_ACCOUNT] : finding.reasons;
    const { ageDays } = finding;
    this.#add(way, resource, { staleSince, ageDays, sizeGiB: finding.sizeGiB, reasons });
  }

  get total(): StaleChange {
    const of = (way: WayToChange) => this.#byWay.get(way) ?? [];
    const counts = Object.fromEntries(WAYS_TO_CHANGE.map((way) => [way, of(way).length]));
    const listed = Object.fromEntries(WAYS_TO_CHANGE.map((way) => [way, largest(of(way))]));
    const changed = WAYS_TO_CHANGE.reduce((sum, way) => sum + of(way).length, 0);
    return {
      ...NO_CHANGE,
      ...counts,
      stillStale: this.#stillStale,
      noLongerStale: changed - of('newlyStale').length,
      listed: listed as StaleChange['listed'],
    };
  }

  #add(
    way: WayToChange,
    { kind, resourceId }: ResourceInTarget,
    seen: Omit<ChangedResource, keyof ResourceRef>,
  ): void {
    const changed = { kind, ...this.#target, resourceId, ...seen };
    const others = this.#byWay.get(way);
    if (others === undefined) this.#byWay.set(way, [changed]);
    else others.push(changed);
  }
}
