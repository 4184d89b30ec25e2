/**
 * What a call changes in the organization, as plain data: done again, it has the same result. What
 * else belongs to one says its rule (`services/ec2/change-rule.ts`), which its kind brings.
 */
export interface SimChange {
  /** Which rule it goes by: `delete-snapshot`. */
  readonly kind: string;
  readonly accountId: string;
  readonly region: string;
}

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
