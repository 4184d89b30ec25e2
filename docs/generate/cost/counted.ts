interface Counted {
  readonly fixed: number;
  readonly perAccount: number;
  readonly perTarget: number;
}

/**
 * What a report does, by accounts and targets. Held against an execution of the synthesized hub on
 * the simulated organization by `test/deployed/deployed-hub.test.ts`.
 */
export const COUNTED = {
  /** Without the starts of child executions. */
  transitions: { fixed: 10, perAccount: 2, perTarget: 1 },
  /** Prepare, Plan, Summarize; ListRegions; DiscoverTarget. */
  invocations: { fixed: 3, perAccount: 1, perTarget: 1 },
  assumedRoles: { fixed: 0, perAccount: 1, perTarget: 1 },
  /** A target without AMIs has one file less, which Plan and Summarize don't read. */
  puts: { fixed: 15, perAccount: 1, perTarget: 4 },
  gets: { fixed: 9, perAccount: 3, perTarget: 12 },
  /** As long as no listing has a second page. */
  lists: { fixed: 9, perAccount: 0, perTarget: 0 },
} as const satisfies Record<string, Counted>;

export function counted(what: keyof typeof COUNTED, accounts: number, targets: number): number {
  const { fixed, perAccount, perTarget } = COUNTED[what];
  return fixed + perAccount * accounts + perTarget * targets;
}
