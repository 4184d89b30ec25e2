import type { StepToTake } from '../../history/next-step.ts';
import type { HoldReason } from '../../model/hold-reason.ts';
import type { ResourceRef } from '../../model/ids.ts';
import type { Finding } from '../../model/verdict.ts';
import type { HeldRemoval, LimitName, PlannedRemoval, StayingMember } from '../plan.ts';
import type { StaleDraft } from './stale-draft.ts';

/** @param planned by id, at which step: what waits for it is already further, or goes before it */
export function toRemoval(
  { finding, staleSince, rule, step, stepIndex, goesOn, take }: StaleDraft,
  planned: ReadonlyMap<string, number>,
): PlannedRemoval {
  const { evidence, verdict: _verdict, tags: _tags, nextStep: _next, ...resource } = finding;
  const { lineage, set } = evidence;
  const partOf = evidence.partOf?.filter((id) => planned.get(id) === stepIndex) ?? [];
  const sharesWith = sharedBy(finding);
  return {
    ...resource,
    staleSince,
    ...(lineage === undefined ? {} : { lineage }),
    ...(set === undefined ? {} : { set: { id: set.id, size: set.size } }),
    ...(partOf.length === 0 ? {} : { partOf }),
    ...(sharesWith === undefined ? {} : { sharesWith }),
    ...(rule === null || !isBinned(take.step) ? {} : { restorableDays: rule.retentionDays }),
    ...(step === undefined ? {} : { step }),
    ...(goesOn ? { goesOn } : {}),
    ...(take.follows === undefined ? {} : { follows: take.follows }),
  };
}

/** What a step before the last does leaves the resource where it is: no bin has it. */
function isBinned({ undo, undoElse = [] }: StepToTake['step']): boolean {
  return [undo, ...undoElse].includes('RECYCLE_BIN');
}

function sharedBy({ evidence: { billing } }: Pick<Finding, 'evidence'>): string | undefined {
  return billing?.sharesWith ?? undefined;
}

export function toHeld(
  of: ResourceRef &
    Pick<HeldRemoval, 'sizeGiB'> &
    Pick<
      PlannedRemoval,
      'monthlyCostUsdUpTo' | 'remainingMonthlyCostUsdUpTo' | 'sharesWith' | 'set' | 'frees'
    > &
    Partial<Pick<Finding, 'evidence'>>,
  staleSince: string | null,
  held: HoldReason[],
  more: {
    limit?: LimitName | undefined;
    notWhole?: StayingMember | undefined;
    step?: string | undefined;
    notBefore?: string | undefined;
    graceDays?: number | undefined;
  } = {},
): HeldRemoval {
  const { kind, accountId, region, resourceId, sizeGiB, monthlyCostUsdUpTo, frees, evidence } = of;
  const sharesWith = evidence === undefined ? of.sharesWith : sharedBy({ evidence });
  const set = evidence === undefined ? of.set : evidence.set;
  const { remainingMonthlyCostUsdUpTo: remaining } = of;
  const { limit, notWhole, step, notBefore, graceDays } = more;
  return {
    ...{ kind, accountId, region, resourceId, held, sizeGiB, monthlyCostUsdUpTo, staleSince },
    ...(sharesWith !== undefined && { sharesWith }),
    ...(remaining !== undefined && { remainingMonthlyCostUsdUpTo: remaining }),
    ...(frees !== undefined && { frees }),
    ...(set !== undefined && { set: { id: set.id, size: set.size } }),
    ...(limit && { limit }),
    ...(notWhole && { notWhole }),
    ...(step !== undefined && { step }),
    ...(notBefore !== undefined && { notBefore }),
    ...(graceDays !== undefined && { graceDays }),
  };
}
