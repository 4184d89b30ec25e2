import { z } from 'zod';
import { Timestamp } from '../model/ids.ts';

/** Since when a resource has been seen stale without a break, and when last. */
export const HistoryEntry = z.strictObject({
  staleSince: Timestamp,
  lastSeen: Timestamp,
  /** Reference sources that the look at `staleSince` left out; absent: none. */
  notLookedAt: z.array(z.string()).optional(),
  /** When orgsweep removed it, or found it gone. Seen again, it was restored. */
  goneAt: Timestamp.optional(),
  /** It wasn't just found gone: orgsweep removed it. */
  removed: z.literal(true).optional(),
  /** As it was last seen, for the day when it isn't there any more; null: its kind has no size; absent in older files. */
  sizeGiB: z.number().nullable().optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
