import { leavingOf } from '../../core/history/gone.ts';
import { isStillStaleSince } from '../../core/history/history.ts';
import { unusedDaysOf } from '../../core/input/of-kind.ts';
import type { Policy } from '../../core/input/input.ts';
import type { TargetRef } from '../../core/model/target.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { groupBySet } from '../../core/plan/together/sets.ts';
import { startPace } from '../../core/removal/pace.ts';
import type { Standing } from '../../core/scope/standing.ts';
import { setKeyOf } from '../../core/plan/together/broken-sets.ts';
import type { RemovableKind, Look } from '../../kinds/kind.ts';
import { inRemovalOrder } from '../../kinds/among.ts';
import { inStep } from '../../kinds/in-step.ts';
import type { RemovalDeps } from '../deps.ts';
import type { Expected } from '../expected.ts';
import { openLook } from '../open-look.ts';
import { RemovalSessions } from '../removal-sessions.ts';
import { findUnproved } from '../ledger/earlier-steps.ts';
import { findMadeOf } from '../ledger/proved-made.ts';
import type { Lease } from '../ledger/lease.ts';
import { LostSteps } from '../ledger/lost-steps.ts';
import { type Ledger } from '../ledger/ledger.ts';
import { readHistory } from '../targets/target-history.ts';
import { Progress } from './progress.ts';
import { RuleBook } from './rule-book.ts';
import { keyInTarget } from '../../core/model/ids.ts';

/** What one invocation has to do in one target. Only `ledger`, `lease`, `progress`, `rules` and `sessions` change. */
export interface Work {
  readonly deps: RemovalDeps;
  readonly executionId: string;
  readonly ledger: Ledger;
  readonly lease: Lease;
  readonly look: Look;
  readonly sessions: RemovalSessions;
  /** In the order in which their removals must go. */
  readonly kinds: readonly RemovableKind[];
  /** The stricter of what the plan says holds in this account and what holds there now. */
  readonly policy: Policy;
  /** Why nothing may be removed there now; null: what the plan lists may be. */
  readonly hold: Standing['hold'];
  readonly changedKinds?: Standing['changedKinds'];
  /** The kinds that something may be removed of now. */
  readonly remove: Expected['remove'];
  readonly planned: readonly PlannedRemoval[];
  /** What stays or goes together, by `setKeyOf`. */
  readonly sets: ReadonlyMap<string, readonly PlannedRemoval[]>;
  /** As `keyInTarget`s, planned on a grace that has begun anew since; without a grace, none. */
  readonly graceBeganAnew: ReadonlySet<string>;
  /** As `keyInTarget`s, planned on an earlier step that the earlier execution's ledger doesn't tell of. */
  readonly unproved: ReadonlySet<string>;
  /** As `keyInTarget`s, what is no copy to count on: planned, or known to be gone and perhaps shown still. */
  readonly leaving: ReadonlySet<string>;
  readonly lost: LostSteps;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly progress: Progress;
  readonly rules: RuleBook;
}

export interface ToRemove {
  readonly deps: RemovalDeps;
  readonly executionId: string;
  readonly target: TargetRef;
  readonly expected: Expected;
  readonly standing: Standing & Pick<Expected, 'remove'>;
  /** Of this target. */
  readonly planned: readonly PlannedRemoval[];
  readonly ledger: Ledger;
  readonly lease: Lease;
}

/** Opens the sessions in the account, and reads what was seen of the target since the plan. */
export async function openWork(from: ToRemove): Promise<Work> {
  const { deps, executionId, target, expected, planned, ledger, lease } = from;
  const { policy, hold, remove, changedKinds } = from.standing;
  const spokes = deps.spokesFor(executionId);
  const history = await readHistory(deps.store, target, deps.clock.now());
  const anew = planned.filter(
    (removal) => unusedDaysOf(policy, removal) > 0 && !isStillStaleSince(history, removal),
  );
  const made = await findMadeOf(deps, target, history, planned);
  const opened = await openLook(spokes, deps.clock, {
    ...{ expected, target, policy, kinds: deps.kinds, history },
  });
  const look = { ...opened, made };
  const kinds = inRemovalOrder(deps.kinds);
  const sessions = new RemovalSessions(spokes, target);
  for (const kind of kinds) {
    const ofKind = planned.filter((removal) => removal.kind === kind.kind);
    for (const step of new Set(ofKind.map((removal) => removal.step))) {
      await sessions.open(inStep(kind, step));
    }
  }
  const startedAt = deps.clock.now().getTime();
  return {
    ...{ deps, executionId, ledger, lease, look, sessions },
    ...{ kinds, policy, hold, remove, planned },
    ...(changedKinds && { changedKinds }),
    sets: setsOf(planned),
    lost: new LostSteps(deps, target, { history, now: look.now, executionId }),
    unproved: await findUnproved(deps, target, planned),
    graceBeganAnew: new Set(anew.map(keyInTarget)),
    leaving: new Set([...leavingOf(history, look.now), ...planned.map(keyInTarget)]),
    endsAt: startedAt + deps.settings.removalBudgetSeconds * 1000,
    progress: new Progress(
      deps.clock,
      startPace(deps.settings.removalsPerSecond),
      ledger,
      startedAt,
    ),
    rules: new RuleBook(look.clients, policy),
  };
}

function setsOf(planned: readonly PlannedRemoval[]): Work['sets'] {
  const inSets = planned.filter(({ set }) => set !== undefined);
  return new Map(
    groupBySet(inSets, setKeyOf).map((set) => [(set[0] && setKeyOf(set[0])) ?? '', set]),
  );
}

/** An interrupt asks to stop before the next removal. */
export function isInterrupted({ deps }: Work): boolean {
  return deps.signal?.aborted === true;
}
