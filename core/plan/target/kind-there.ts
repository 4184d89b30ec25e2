import { keyInTarget } from '../../model/ids.ts';
import { lookAt } from '../../outcome/kind-look.ts';
import type { KindRules } from '../../outcome/kind-rules.ts';
import type { KindLook } from '../../outcome/outcome.ts';
import { isBelowFloor } from '../../outcome/sanity-floor.ts';
import type { LimitName, PlannedRemoval } from '../plan.ts';
import { isTooStale, shareOfKind } from '../stale-percent.ts';
import type { TargetToPlan } from './target-to-plan.ts';

/** What is so of a kind in a target, and so of each of its resources there. */
export interface KindThere {
  readonly look: KindLook;
  readonly isToRemove: boolean;
  /** Far less was listed than usual. */
  readonly isUnbelievable: boolean;
  readonly tooStale: LimitName | null;
  /** By `keyInTarget`; undefined: no plan is named. */
  readonly named: ReadonlyMap<string, PlannedRemoval> | undefined;
  /** Nothing of it can be removed there. */
  readonly isHeld: boolean;
}

export function kindThere(
  target: TargetToPlan,
  kind: string,
  { watched }: Pick<KindRules, 'watched'>,
): KindThere {
  const look = lookAt(target.outcome, kind);
  const isUnbelievable = isBelowFloor(
    {
      references: look.references,
      watched,
      resources: target.outcome.kinds[kind]?.resources ?? 0,
    },
    target.history.usual[kind] ?? {},
    target.limits.minReferencePercent,
  );
  const tooStale = tooStaleLimit(target, kind);
  const isToRemove = target.remove.includes(kind);
  const isHeld =
    !isToRemove ||
    look.status !== 'COMPLETE' ||
    target.policy.neverRemove ||
    isUnbelievable ||
    tooStale !== null ||
    target.namedRemovals?.length === 0;
  const named =
    target.namedRemovals &&
    new Map(target.namedRemovals.map((one) => [keyInTarget(one), one] as const));
  return { look, isToRemove, isUnbelievable, tooStale, named, isHeld };
}

function tooStaleLimit(
  { outcome, accountOutcomes, limits }: TargetToPlan,
  kind: string,
): LimitName | null {
  if (isTooStale(shareOfKind([outcome], kind), limits.maxStalePercent)) return 'maxStalePercent';
  return !isTooStale(shareOfKind(accountOutcomes, kind), limits.maxStalePercentPerAccount)
    ? null
    : 'maxStalePercentPerAccount';
}
