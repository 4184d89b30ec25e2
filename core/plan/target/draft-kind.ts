import { stepToTake } from '../../history/next-step.ts';
import { keyInTarget } from '../../model/ids.ts';
import { toOldestFirst } from '../../model/order.ts';
import type { Finding } from '../../model/verdict.ts';
import type { KindRules } from '../../outcome/kind-rules.ts';
import { lastCopiesOf, needsNoOther } from '../together/groups.ts';
import { holdPartsBesideSets } from '../together/parts.ts';
import { ownGraceDays } from './grace.ts';
import { kindThere } from './kind-there.ts';
import { ownHolds } from './own-holds.ts';
import { type Drafted, holdWithOthers, type StaleDraft, type Steps } from './stale-draft.ts';
import type { TargetToPlan } from './target-to-plan.ts';

/**
 * The stale resources of one kind in one target, the oldest first, with all that holds each of them,
 * but for limits and other kinds.
 *
 * @param target with the policy and the limits of that kind
 */
export function draftKind(
  target: TargetToPlan,
  kind: string,
  rules: KindRules & { readonly steps: Steps },
  listed: readonly Finding[],
): Drafted {
  const there = kindThere(target, kind, rules);
  const stale = staleOldestFirst(listed);
  const lastCopies = lastCopiesOf(stale);
  const drafts = stale.map((finding): StaleDraft => {
    const { steps } = rules;
    const key = keyInTarget(finding);
    const entry = target.history.entries[key];
    const staleSince = entry?.staleSince ?? target.now.toISOString();
    const take = stepToTake(finding.nextStep, steps, entry?.steps ?? [], target.now);
    const step = steps.length > 1 ? take.step.name : undefined;
    const isLastCopy = lastCopies.has(key) && !needsNoOther(finding);
    const of = { finding, staleSince, take, step };
    const stepIndex = steps.indexOf(take.step);
    return {
      ...of,
      ...ownHolds(target, there, { ...of, isLastCopy }),
      ...{ stepIndex, goesOn: stepIndex < steps.length - 1 },
      graceDays: ownGraceDays(finding, target),
    };
  });
  holdPartsBesideSets(drafts);
  holdWithOthers(drafts, listed);
  holdUnasked(drafts);
  holdWithOthers(drafts, listed);
  const { tooStale, isHeld } = there;
  return { kind, origin: rules.origin, drafts, tooStale, limits: target.limits, isHeld };
}

/** What is held anyway wasn't looked at, and needn't be. */
function holdUnasked(drafts: readonly StaleDraft[]): void {
  for (const { finding, reasons } of drafts)
    if (reasons.length === 0 && finding.evidence.lookedCloser === false)
      reasons.push('SHARING_NOT_CHECKED');
    else if (reasons.length === 0 && finding.evidence.unanswered?.length)
      reasons.push('NOT_CHECKED');
}

/** A listing may show a resource twice; it is planned once. Without a start it counts as young. */
function staleOldestFirst(findings: Iterable<Finding>): Finding[] {
  const stale = new Map<string, Finding>();
  for (const finding of findings)
    if (finding.verdict === 'STALE') stale.set(keyInTarget(finding), finding);
  return toOldestFirst([...stale.values()]);
}
