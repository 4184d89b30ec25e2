import type { Clock } from '../clock/clock.ts';
import type { SpokeClients } from '../aws/sessions/aws-clients.ts';
import type { Policy } from '../core/input/input.ts';
import type { AwsFailure } from '../core/outcome/outcome.ts';
import type { History } from '../core/history/history.ts';
import type { MadeById } from '../core/history/made.ts';
import type { PriceTable } from '../core/prices/price-table.ts';
import type { ForeignReference, Read } from './listings/listing.ts';

/** With what a kind looks at one target. */
export interface Look {
  readonly clients: SpokeClients;
  readonly accountId: string;
  readonly region: string;
  readonly policy: Policy;
  readonly now: Date;
  /** For waiting between calls, where a look makes many. */
  readonly clock: Clock;
  /** Services that AWS itself says this Region doesn't have, as its list of them names them. */
  readonly absentServices: readonly string[];
  /** For what resources cost. */
  readonly prices: PriceTable;
  /** What the kind takes of a listing: in a discovery once, and in a second look as it is now. */
  readonly read: Read;
  /**
   * Sources that other targets are asked for: they hand on also what the account itself has, as a name
   * may be meant for another's. Left out: none, what it has is its own.
   */
  readonly handsOnOwn?: readonly string[];
  /** What earlier executions saw in the target; left out: nothing. */
  readonly history?: Pick<History, 'entries' | 'observed'>;
  /** What steps of removals made, as far as ledgers prove it; left out: nothing. */
  readonly made?: MadeById;
}

/** What a look at the resources of one kind brought. */
export interface Discovery<F> {
  readonly resources: Iterable<F>;
  readonly incomplete: readonly AwsFailure[];
  /** How many things each reference source listed, by its name. */
  readonly counts: Readonly<Record<string, number>>;
  /** References to resources that the account doesn't have: another account's, or gone. */
  readonly foreignReferences: readonly ForeignReference[];
}

/** What a look at all of a target brought. */
export interface WholeDiscovery<F> extends Discovery<F> {
  /**
   * Further resources, of a kind without questions that may have hundreds of thousands: listed while
   * they are assessed, once, and never all in memory. Whatever refers to one is read after it was
   * listed, and what stands beside holds when all are read. Iterating throws when they can't be listed
   * to the end.
   */
  readonly further?: AsyncIterable<F>;
}
