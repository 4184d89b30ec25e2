import { z } from 'zod';

const IN_PLACE = {
  accountId: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
};
const SnapshotId = z.string().min(1);

/** What a call changes in the organization, as plain data: done again, it has the same result. */
export const SimChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tag-snapshots'),
    ...IN_PLACE,
    snapshotIds: z.array(SnapshotId).min(1),
    /** Pairs: an object has keys that aren't its own, and a tag may be called like them. */
    tags: z.array(z.tuple([z.string(), z.string()])),
  }),
  z.strictObject({
    kind: z.literal('delete-snapshot'),
    ...IN_PLACE,
    snapshotId: SnapshotId,
    by: z.strictObject({
      role: z.enum(['hub', 'discovery', 'deletion', 'restore']),
      accessKeyId: z.string(),
    }),
  }),
  z.strictObject({ kind: z.literal('restore-snapshot'), ...IN_PLACE, snapshotId: SnapshotId }),
]);
export type SimChange = z.infer<typeof SimChange>;

/** A change, and when it was made by the clock of the organization. */
export interface DatedChange {
  readonly at: Date;
  readonly change: SimChange;
}

/** What outlives the server of an organization. */
export interface SimJournal {
  /** What was changed before, in its order. */
  readonly before: Iterable<DatedChange>;
  /** Before the change is made: when this throws, it isn't. */
  note(change: DatedChange): void;
  /** Before a call is answered: from then on, all that was noted is kept. */
  settle(): Promise<void>;
}
