import type { WatchedSource } from './sanity-floor.ts';
import type { RemovalStep } from './undo.ts';

/** What planning has to know of a kind beyond what was seen of it. */
export interface KindRules {
  /** The reference listings that its sanity floor goes by. */
  readonly watched: readonly WatchedSource[];
  /** In their order. None: the kind is only reported, and in no plan. */
  readonly steps: readonly RemovalStep[];
  /** The kind that its lineages are named after: what its copies are copies of. */
  readonly origin?: string;
  /** The kinds whose steps make such. */
  readonly madeBy?: readonly string[];
}

/** By the kind's name; what isn't here isn't removed. */
export type RulesByKind = ReadonlyMap<string, KindRules>;
