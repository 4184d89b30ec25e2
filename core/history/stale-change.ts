import { z } from 'zod';
import { ReasonCode, resourceKey, ResourceRef, Timestamp } from '../model/ids.ts';
import { largestFirst as bySize } from '../model/amount.ts';
import { compare } from '../model/order.ts';

const tally = z.int().min(0);

/** A resource whose staleness began or ended. */
export const ChangedResource = ResourceRef.extend({
  /** Since when it is, or was, seen stale. */
  staleSince: Timestamp,
  /** null: not known, or it isn't listed any more. */
  ageDays: z.int().nullable(),
  /** Of what isn't listed any more, as it was last seen; null: not known, or its kind has no size. */
  sizeGiB: z.number().nullable(),
  /** Why it is stale, or why it is kept now; none of what isn't listed any more. */
  reasons: z.array(ReasonCode),
});
export type ChangedResource = z.infer<typeof ChangedResource>;

/** What the summary lists of each way to change; all of them are counted. */
export const LISTED_CHANGES = 20;

const listed = z.array(ChangedResource).max(LISTED_CHANGES).default([]);

/** How the stale resources of a target, or of many, differ from what was seen there before. */
export const StaleChange = z.strictObject({
  newlyStale: tally,
  stillStale: tally,
  /** Stale then, and not any more: the sum of the four that follow. */
  noLongerStale: tally,
  /** Removed by orgsweep since the last look; what this execution removes, the next one counts. */
  removed: tally.default(0),
  /** Not there any more, and not by orgsweep: also what a removal found gone already. */
  gone: tally.default(0),
  /** In use again. */
  usedAgain: tally.default(0),
  /** Kept by a guard now: a tag, a lock, an AMI, a manager, the Recycle Bin, another account. */
  newlyProtected: tally.default(0),
  /** The largest of each, at most 20. */
  listed: z
    .strictObject({
      newlyStale: listed,
      removed: listed,
      gone: listed,
      usedAgain: listed,
      newlyProtected: listed,
    })
    .default({ newlyStale: [], removed: [], gone: [], usedAgain: [], newlyProtected: [] }),
});
export type StaleChange = z.infer<typeof StaleChange>;

export const NO_CHANGE: StaleChange = {
  newlyStale: 0,
  stillStale: 0,
  noLongerStale: 0,
  removed: 0,
  gone: 0,
  usedAgain: 0,
  newlyProtected: 0,
  listed: { newlyStale: [], removed: [], gone: [], usedAgain: [], newlyProtected: [] },
};

/** In how many ways a staleness can begin or end, and be listed. */
export type WayToChange = keyof StaleChange['listed'];
export const WAYS_TO_CHANGE = Object.keys(NO_CHANGE.listed) as readonly WayToChange[];

/** Of different targets. */
export function mergeChanges(a: StaleChange, b: StaleChange): StaleChange {
  const listed = WAYS_TO_CHANGE.map((way) => [way, largest([...a.listed[way], ...b.listed[way]])]);
  return {
    newlyStale: a.newlyStale + b.newlyStale,
    stillStale: a.stillStale + b.stillStale,
    noLongerStale: a.noLongerStale + b.noLongerStale,
    removed: a.removed + b.removed,
    gone: a.gone + b.gone,
    usedAgain: a.usedAgain + b.usedAgain,
    newlyProtected: a.newlyProtected + b.newlyProtected,
    listed: Object.fromEntries(listed) as StaleChange['listed'],
  };
}

/** Those that a summary lists, in an order that leaves no two resources equal. */
export function largest(resources: readonly ChangedResource[]): ChangedResource[] {
  const listed: ChangedResource[] = [];
  // Not all of them in order, only to drop nearly all: a target may have a hundred thousand.
  for (const resource of resources) {
    const last = listed[LISTED_CHANGES - 1];
    if (last !== undefined && largestFirst(resource, last) >= 0) continue;
    const place = listed.findIndex((one) => largestFirst(resource, one) < 0);
    listed.splice(place === -1 ? listed.length : place, 0, resource);
    listed.length = Math.min(listed.length, LISTED_CHANGES);
  }
  return listed;
}

/** Then what has been stale for longest. What has no known size comes last. */
function largestFirst(a: ChangedResource, b: ChangedResource): number {
  return (
    bySize(a, b) || compare(a.staleSince, b.staleSince) || compare(resourceKey(a), resourceKey(b))
  );
}
