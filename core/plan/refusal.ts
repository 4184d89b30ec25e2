import type { Limits } from '../input/input.ts';
import { groupBy } from '../model/group-by.ts';
import { compare } from '../model/order.ts';
import { targetKey } from '../model/target.ts';
import type { TargetOutcome } from '../outcome/outcome.ts';
import type { Plan, PlannedRemoval, RefusalShare } from './plan.ts';
import { findTooStale, percentOf, shareOfKind } from './stale-percent.ts';
import type { TargetPlan } from './target/plan-target.ts';

/** What decides whether a plan is refused as a whole. */
interface ToRefuse {
  readonly limits: Limits;
  /** Those that can be removed. */
  readonly kinds: readonly string[];
  /** Of everything that was looked at. */
  readonly outcomes: readonly TargetOutcome[];
  readonly targets: readonly Pick<TargetPlan, 'heldKinds'>[];
}

/** What is blind comes before what is much: raising the other limit wouldn't help. */
export function refusalOf(
  removals: readonly PlannedRemoval[],
  { limits, ...from }: ToRefuse,
): Plan['refusal'] {
  const wanted = removals.length;
  const allowed = limits.maxStalePercentOverall;
  const outcomes = notHeld(from);
  const share = findTooStale(outcomes, allowed);
  if (share !== null)
    return {
      limit: 'maxStalePercentOverall',
      wanted: percentOf(share),
      allowed,
      largest: largestOf(outcomes, (ofAccount) => {
        const { stale, resources } = shareOfKind(ofAccount, share.kind);
        return { count: stale, of: resources };
      }),
    };
  if (wanted <= limits.maxRemovals) return null;
  return {
    limit: 'maxRemovals',
    wanted,
    allowed: limits.maxRemovals,
    largest: largestOf(removals, ({ length }) => ({ count: length, of: null })),
  };
}

/** The outcomes without the kinds of which nothing can be removed, there or at all. */
function notHeld({
  outcomes,
  targets,
  kinds: removable,
}: Omit<ToRefuse, 'limits'>): TargetOutcome[] {
  const held = new Map(
    targets.flatMap(({ heldKinds: of }) =>
      of ? [[targetKey(of), new Set(of.kinds)] as const] : [],
    ),
  );
  return outcomes.map((outcome) => {
    const here = held.get(targetKey(outcome));
    const kinds = Object.entries(outcome.kinds).filter(
      ([kind]) => removable.includes(kind) && here?.has(kind) !== true,
    );
    return { ...outcome, kinds: Object.fromEntries(kinds) };
  });
}

const NAMED_ACCOUNTS = 3;

/** The accounts that have most part in it, so that people know where to look. */
function largestOf<T extends { readonly accountId: string }>(
  items: readonly T[],
  partOf: (ofAccount: readonly T[]) => Pick<RefusalShare, 'count' | 'of'>,
): RefusalShare[] {
  return groupBy(items, ({ accountId }) => accountId)
    .flatMap((ofAccount) => {
      const [first] = ofAccount;
      return first === undefined ? [] : [{ accountId: first.accountId, ...partOf(ofAccount) }];
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || compare(a.accountId, b.accountId))
    .slice(0, NAMED_ACCOUNTS);
}
