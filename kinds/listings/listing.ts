import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import type { Clock } from '../../clock/clock.ts';
import type { Policy } from '../../core/input/input.ts';

/**
 * Something that AWS lists, and that several kinds may need: it is read once for each target of an
 * execution, whoever asks. It says what reading takes; what is made of it, each kind says.
 */
export interface Listing<T> {
  readonly name: string;
  /** A global one is the same in every Region. */
  readonly reach: 'regional' | 'global';
  /** The calls that read it, each an IAM action of the discovery role. */
  readonly iam: readonly string[];
  /** Calls per target, in words. */
  readonly cost: string;
  /** The service it belongs to, as AWS's list of services by Region names it, if not every Region has it. */
  readonly service?: string;
  /** All there is, to its end. @throws whatever ends the listing before its end */
  list(by: ReadBy): AsyncIterable<T>;
}

/** What a listing is read with. */
export interface ReadBy {
  readonly clients: SpokeClients;
  /** For waiting between calls, where a listing makes many. */
  readonly clock: Clock;
}

/** What one kind takes of a listing. Only that is held while other kinds are looked at. */
export interface Excerpt<T, U> {
  readonly listing: Listing<T>;
  /** What is needed of one item; null: nothing, and it doesn't count. Pure, and never throws. */
  take(item: T, at: TakenAt): U | null;
}

/** What an excerpt may go by. */
export interface TakenAt {
  readonly policy: Policy;
  readonly now: Date;
}

/** Reads what a kind takes of a listing. @throws what ends the listing, the same for all who ask */
export type Read = <T, U>(excerpt: Excerpt<T, U>) => AsyncIterable<U>;

/** A place that could refer to resources of a kind, over a listing; what it refers to is kept. */
export interface Source<T, N extends string = string> extends Excerpt<T, Referrer> {
  readonly name: N;
  /** Whether `policy.skipReferences` may switch it off. */
  readonly skippable: boolean;
  /** Whether it can name resources of another account, shared with this one. */
  readonly crossesAccounts: boolean;
}

/** One thing of a source, named as people know it, and the ids of what it refers to. */
export interface Referrer {
  readonly by: string;
  readonly keys: readonly string[];
  /** What others may name it by, where a kind asks other targets for that. Left out: its keys. */
  readonly names?: readonly string[];
}

/** Something in this account that refers to a resource which isn't this account's. */
export interface ForeignReference {
  readonly resourceId: string;
  readonly source: string;
  readonly by: string;
}

/** An item of a listing whose id was seen to be there. */
export type Identified<T, K extends keyof T> = T & Readonly<Record<K, string>>;
