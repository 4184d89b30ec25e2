import type { StepToTake } from '../../history/next-step.ts';
import type { HoldReason } from '../../model/hold-reason.ts';
import { keyInTarget } from '../../model/ids.ts';
import type { Finding } from '../../model/verdict.ts';
import type { KindLook } from '../../outcome/outcome.ts';
import { keepingRule, keepsTooShort, type RecycleBinRule } from '../../outcome/recycle-bin.ts';
import { undoHold } from '../../outcome/undo.ts';
import { hasRoomForMarker, MARKER } from '../../tags/marker.ts';
import type { PlannedRemoval } from '../plan.ts';
import { isOfNewest } from '../together/groups.ts';
import { isInGrace } from './grace.ts';
import type { KindThere } from './kind-there.ts';
import type { TargetToPlan } from './target-to-plan.ts';

/** What of one stale resource its holds go by. */
interface ToHold {
  readonly finding: Finding;
  readonly staleSince: string;
  readonly take: StepToTake;
  readonly step: string | undefined;
  /** And needs another one beside it. */
  readonly isLastCopy: boolean;
}

/**
 * Every reason for which a resource stays whatever becomes of the others, and the Recycle Bin rule that
 * would keep it; null: none would, or nobody could read them.
 */
export function ownHolds(
  target: TargetToPlan,
  { look, isToRemove, isUnbelievable, named }: KindThere,
  { finding, staleSince, take, step, isLastCopy }: ToHold,
): { readonly reasons: HoldReason[]; readonly rule: RecycleBinRule | null } {
  const key = keyInTarget(finding);
  const reasons: HoldReason[] = [];
  if (!isToRemove) reasons.push('KIND_NOT_TO_REMOVE');
  if (look.status !== 'COMPLETE') reasons.push('TARGET_NOT_COMPLETE');
  if (target.policy.neverRemove) reasons.push('REMOVAL_NOT_ALLOWED');
  // Until it is asked about, it may be at another step. It is held for that below.
  const isOpen = (finding.evidence.unanswered ?? []).length > 0;
  if (named && !isIn(named, key, isOpen ? ANY : step)) reasons.push('NOT_IN_NAMED_PLAN');
  if (take.hold !== null) reasons.push(take.hold);
  if (finding.nextStep?.hold !== undefined) reasons.push(finding.nextStep.hold);
  if (isInGrace({ ...finding, staleSince }, target)) reasons.push('IN_GRACE');
  if (!target.policy.allowLastCopy && isLastCopy) reasons.push('LAST_COPY');
  if (isOfNewest(finding)) reasons.push('NEWEST_OF_FAMILY');
  const ruleIfRead = ruleThatKeeps(finding, look);
  const rule = ruleIfRead ?? null;
  const wantsUndo = undoHold(target.policy, finding.kind, take.step, {
    rule: ruleIfRead,
    made: take.follows?.made,
  });
  if (wantsUndo !== null) reasons.push(wantsUndo);
  else if (keepsTooShort(rule, named?.get(key) ?? {})) reasons.push('NO_RECYCLE_BIN_RULE');
  if (!take.step.isUnmarked && !hasRoomForMarker(finding.tags)) reasons.push('TAG_LIMIT_REACHED');
  if (isUnbelievable) reasons.push('SANITY_FLOOR');
  if (finding.evidence.usedByOtherAccounts) reasons.push('USED_BY_ANOTHER_ACCOUNT');
  if (target.isOthersUseUnknown === true) reasons.push('OTHERS_USE_UNKNOWN');
  if (finding.evidence.notSeenElsewhere) reasons.push('OTHERS_NOT_SEEN');
  return { reasons, rule };
}

const ANY = Symbol('any step');

/** Who approved one step hasn't approved another. */
function isIn(
  named: ReadonlyMap<string, PlannedRemoval>,
  key: string,
  step: string | undefined | typeof ANY,
): boolean {
  const removal = named.get(key);
  return removal !== undefined && (step === ANY || removal.step === step);
}

/** At removal the resource has its own tags and orgsweep's marker. undefined: nobody could read them. */
function ruleThatKeeps({ tags }: Finding, { recycleBin }: KindLook) {
  if (recycleBin === undefined) return null;
  if ('failure' in recycleBin) return undefined;
  return keepingRule(recycleBin.rules, { ...tags, [MARKER.key]: MARKER.value });
}
