import type { WatchedSource } from './sanity-floor.ts';

/** What planning has to know of a kind beyond what was seen of it. */
export interface KindRules {
  /** The reference listings that its sanity floor goes by. */
  readonly watched: readonly WatchedSource[];
  /** A kind that is only reported is in no plan. */
  readonly isRemovable: boolean;
}

/** By the kind's name; what isn't here isn't removed. */
export type RulesByKind = ReadonlyMap<string, KindRules>;
