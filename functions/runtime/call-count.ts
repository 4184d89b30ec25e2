import type { SpokeSessions } from '../../aws/sessions/spoke-session.ts';

type Calls = Readonly<Record<string, number>>;

/** Counts the AWS calls of one invocation at a time, over clients that may outlive it. */
export interface CallCount {
  /** Forgets what was before; from here on it counts. */
  begin(): void;
  /** Calls since `begin`, retries included. */
  total(): number;
  /** Counts the calls of clients that are kept for later invocations, too. */
  keep(calls: Calls): void;
  /** Sessions whose clients are counted; each client is used in one invocation only. */
  watch(spokes: SpokeSessions): SpokeSessions;
}

export function countCalls(): CallCount {
  const kept: Calls[] = [];
  let opened: Calls[] = [];
  let before = 0;
  return {
    begin: () => {
      opened = [];
      before = sumOf(kept);
    },
    total: () => sumOf(kept) - before + sumOf(opened),
    keep: (calls) => void kept.push(calls),
    watch: (spokes) => ({
      open: async (...asked) => {
        const clients = await spokes.open(...asked);
        opened.push(clients.calls);
        return clients;
      },
    }),
  };
}

function sumOf(counters: readonly Calls[]): number {
  return counters.flatMap((calls) => Object.values(calls)).reduce((sum, calls) => sum + calls, 0);
}
