import { DAY_MS } from '../model/age.ts';
import { leavingOf } from '../history/gone.ts';
import type { History } from '../history/history.ts';
import { type Limits, limitsOfKind, type Policy } from '../input/input.ts';
import { policyOfKind, unusedDaysOf } from '../input/of-kind.ts';
import { isOfNewest, lastCopiesOf, needsNoOther } from './groups.ts';
import { hasRoomForMarker, isMarkedForRemoval, MARKER } from '../tags/marker.ts';
import { kindsToldOf, lookAt } from '../outcome/kind-look.ts';
import type { KindLook, TargetOutcome } from '../outcome/outcome.ts';
import { groupsByKey } from '../model/group-by.ts';
import { toOldestFirst } from '../model/order.ts';
import type { HeldRemoval, LimitName, PlannedRemoval, StayingMember } from './plan.ts';
import type { HoldReason } from '../model/hold-reason.ts';
import { keepingRule, keepsTooShort, type RecycleBinRule } from '../outcome/recycle-bin.ts';
import { stepToTake, type StepToTake } from '../history/next-step.ts';
import { isBelowFloor } from '../outcome/sanity-floor.ts';
import type { KindRules, RulesByKind } from '../outcome/kind-rules.ts';
import { isNotAllowed, undoHold } from '../outcome/undo.ts';
import {
  type DraftOfStep,
  holdPartsBesideSets,
  holdPartsOfStaying,
  namesOf,
  wholesFirst,
} from './parts.ts';
import { holdBrokenSets, surplusOf } from './sets.ts';
import { isTooStale, shareOfKind } from './stale-percent.ts';
import type { Finding } from '../model/verdict.ts';
import { keyInTarget, type ResourceRef } from '../model/ids.ts';

/** What decides about the removals of one target. */
export interface TargetToPlan {
  readonly outcome: TargetOutcome;
  /** Of all targets of its account, this one included. */
  readonly accountOutcomes: readonly TargetOutcome[];
  readonly staleFindings: Iterable<Finding>;
  /** Of this target, after this look; what it lacks is seen stale for the first time. */
  readonly history: History;
  /** The one that holds in the target's account. */
  readonly policy: Policy;
  readonly limits: Limits;
  readonly rules: RulesByKind;
  /** The kinds that something may be removed of. */
  readonly remove: readonly string[];
  /** What some other account refers to in this Region can't be believed. */
  readonly isOthersUseUnknown?: boolean;
  /** The named plan's removals in this target; undefined when no plan is named. */
  readonly namedRemovals?: readonly PlannedRemoval[] | undefined;
  readonly now: Date;
}

export interface TargetPlan {
  readonly removals: PlannedRemoval[];
  readonly held: HeldRemoval[];
  /**
   * The kinds of which nothing can be removed there, whatever is found: they don't count in the
   * percentage over all targets, or one account's waste would keep all others' from being removed.
   */
  readonly heldKinds?: Pick<TargetOutcome, 'accountId' | 'region'> & {
    readonly kinds: readonly string[];
  };
}

/**
 * What may be removed in one target and what is held back with every reason that applies, kind by
 * kind: what one holds doesn't hold another, and none takes another's room. Only the copies of
 * what goes stay for another kind's sake. Of each the oldest go first, and the limit on numbers
 * counts what nothing else holds. Of a kind that is only reported nothing is planned, and nothing
 * held.
 */
export function planTarget(target: TargetToPlan): TargetPlan {
  const listed = groupsByKey(target.staleFindings, ({ kind }) => kind);
  const kinds = new Set([...kindsToldOf(target.outcome), ...listed.keys()]);
  const drafted = [...kinds].flatMap((kind) => {
    const rules = target.rules.get(kind);
    const [first, ...later] = rules?.steps ?? [];
    if (rules === undefined || first === undefined) return [];
    const steps = [first, ...later] as const;
    const policy = policyOfKind(target.policy, kind);
    const limits = limitsOfKind(target.limits, kind);
    const here = { ...target, policy, limits };
    return [planKind(here, kind, { ...rules, steps }, listed.get(kind) ?? [])];
  });
  holdCopiesOfLeaving(drafted, listed, target);
  const plans = drafted.map(({ kind, isHeld, drafts, tooStale, limits }) => {
    return { kind, isHeld, ...split(drafts, tooStale, limits) };
  });
  const heldKinds = plans.filter(({ isHeld }) => isHeld).map(({ kind }) => kind);
  const { accountId, region } = target.outcome;
  return {
    removals: plans.flatMap(({ removals }) => removals),
    held: plans.flatMap(({ held }) => held),
    ...(heldKinds.length > 0 && { heldKinds: { accountId, region, kinds: heldKinds } }),
  };
}

/** A kind's stale resources there, with what holds each of them whatever becomes of other kinds. */
interface Drafted {
  readonly kind: string;
  readonly origin: string | undefined;
  readonly drafts: readonly StaleDraft[];
  readonly tooStale: LimitName | null;
  readonly limits: Limits;
  /** Nothing of it can be removed there. */
  readonly isHeld: boolean;
}

function planKind(
  target: TargetToPlan,
  kind: string,
  { watched, steps, origin }: KindRules & { readonly steps: Steps },
  listed: readonly Finding[],
): Drafted {
  const look = lookAt(target.outcome, kind);
  const stale = staleOldestFirst(listed);
  const lastCopies = lastCopiesOf(stale);
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
  const drafts = stale.map((finding): StaleDraft => {
    const key = keyInTarget(finding);
    const entry = target.history.entries[key];
    const staleSince = entry?.staleSince ?? target.now.toISOString();
    const take = stepToTake(finding.nextStep, steps, entry?.steps ?? [], target.now);
    const step = steps.length > 1 ? take.step.name : undefined;
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
    const isLastCopy = lastCopies.has(key) && !needsNoOther(finding);
    if (!target.policy.allowLastCopy && isLastCopy) reasons.push('LAST_COPY');
    if (isOfNewest(finding)) reasons.push('NEWEST_OF_FAMILY');
    const ruleIfRead = ruleThatKeeps(finding, look);
    const rule = ruleIfRead ?? null;
    const wantsUndo = undoHold(target.policy, kind, take.step, {
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
    const days = unusedDaysOf(target.policy, finding);
    const graceDays = days === target.policy.graceDays ? undefined : days;
    const stepIndex = steps.indexOf(take.step);
    const goesOn = stepIndex < steps.length - 1;
    return { finding, staleSince, rule, reasons, step, stepIndex, goesOn, take, graceDays };
  });
  holdPartsBesideSets(drafts);
  holdWithOthers(drafts, listed);
  for (const { finding, reasons } of drafts)
    // What is held anyway wasn't looked at, and needn't be.
    if (reasons.length === 0 && finding.evidence.lookedCloser === false)
      reasons.push('SHARING_NOT_CHECKED');
    else if (reasons.length === 0 && finding.evidence.unanswered?.length)
      reasons.push('NOT_CHECKED');
  holdWithOthers(drafts, listed);
  return { kind, origin, drafts, tooStale, limits: target.limits, isHeld };
}

/**
 * Holds every copy of what goes, or is on its way out, whatever the policy and whichever copies there
 * are beside it: never both in one plan. Which of them what goes relies on, only its own kind knows, and
 * it counts others than the copies' kind does. The copy is held and not what it is a copy of, whatever
 * else keeps that in the end.
 */
function holdCopiesOfLeaving(
  drafted: readonly Drafted[],
  listed: ReadonlyMap<string, readonly Finding[]>,
  { history, now }: Pick<TargetToPlan, 'history' | 'now'>,
): void {
  for (const { kind, origin, drafts } of drafted) {
    const copies = drafts.filter(({ finding }) => finding.evidence.lineage !== undefined);
    if (copies.length === 0) continue;
    const leaving = origin === undefined ? new Set<string>() : leavingOf(history, now);
    for (const finding of listed.get(origin ?? '') ?? [])
      if (isMarkedForRemoval(finding.tags)) leaving.add(keyInTarget(finding));
    const going = drafted.find((other) => other.kind === origin && other.tooStale === null);
    for (const { finding, reasons } of going?.drafts ?? [])
      if (reasons.length === 0) leaving.add(keyInTarget(finding));
    for (const { finding, reasons } of copies) {
      const { lineage } = finding.evidence;
      if (lineage === undefined) continue;
      const of = keyInTarget({ kind: origin ?? '', resourceId: lineage.id });
      if (lineage.originLeaves === true || leaving.has(of))
        reasons.push('LAST_COPY_OF_REMOVED_VOLUME');
    }
    holdWithOthers(drafts, listed.get(kind) ?? []);
  }
}

/** Holds what stays because another of its kind does. */
function holdWithOthers(drafts: readonly StaleDraft[], listed: readonly Finding[]): void {
  holdBrokenSets(drafts, listed);
  holdPartsOfStaying(drafts, listed);
}

type Steps = Parameters<typeof stepToTake>[1];

interface StaleDraft extends DraftOfStep {
  readonly staleSince: string;
  readonly rule: RecycleBinRule | null;
  readonly take: StepToTake;
  /** undefined: its kind has only one. */
  readonly step: string | undefined;
  readonly goesOn: boolean;
  /** As in what is held. */
  readonly graceDays: number | undefined;
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

function split(
  drafts: readonly StaleDraft[],
  tooStale: LimitName | null,
  limits: Limits,
): Pick<TargetPlan, 'removals' | 'held'> {
  const ordered = wholesFirst(drafts, namesOf);
  const free = ordered.filter(({ reasons }) => tooStale === null && reasons.length === 0);
  const { limit, allowed } = mostRemovals(limits);
  const surplus = surplusOf(free, setOf, allowed);
  const removals: PlannedRemoval[] = [];
  const held: HeldRemoval[] = [];
  const planned = new Map(
    free.flatMap((draft) =>
      surplus.has(draft) ? [] : [[draft.finding.resourceId, draft.stepIndex] as const],
    ),
  );
  for (const draft of ordered) {
    const { finding, staleSince, reasons, notWhole, take } = draft;
    const step = draft.step ?? (reasons.some(isNotAllowed) ? take.step.name : undefined);
    const more = { notWhole, step, notBefore: take.notBefore, graceDays: draft.graceDays };
    if (tooStale !== null)
      held.push(
        toHeld(finding, staleSince, [...reasons, 'OVER_LIMIT'], { limit: tooStale, ...more }),
      );
    else if (reasons.length > 0) held.push(toHeld(finding, staleSince, reasons, more));
    else if (surplus.has(draft))
      held.push(toHeld(finding, staleSince, ['OVER_LIMIT'], { limit, step }));
    else removals.push(toRemoval(draft, planned));
  }
  return { removals, held };
}

/**
 * How many may go at most of one target. Its account's limit may be the lower one: else a set that
 * the account has no room for would take the room of the others here, each time.
 */
export function mostRemovals(limits: Limits): { limit: LimitName; allowed: number } {
  const { maxRemovalsPerTarget, maxRemovalsPerAccount } = limits;
  return maxRemovalsPerAccount < maxRemovalsPerTarget
    ? { limit: 'maxRemovalsPerAccount', allowed: maxRemovalsPerAccount }
    : { limit: 'maxRemovalsPerTarget', allowed: maxRemovalsPerTarget };
}

function setOf({ finding: { kind, evidence } }: StaleDraft): string | undefined {
  return evidence.set && `${kind}/${evidence.set.id}`;
}

/** A listing may show a resource twice; it is planned once. Without a start it counts as young. */
function staleOldestFirst(findings: Iterable<Finding>): Finding[] {
  const stale = new Map<string, Finding>();
  for (const finding of findings)
    if (finding.verdict === 'STALE') stale.set(keyInTarget(finding), finding);
  return toOldestFirst([...stale.values()]);
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

/** Whether it hasn't been stale for long enough yet. */
export function isInGrace(
  of: Pick<PlannedRemoval, 'kind' | 'ageDays' | 'staleSince'>,
  { policy, now }: Pick<TargetToPlan, 'policy' | 'now'>,
): boolean {
  const unusedDays = unusedDaysOf(policy, of);
  if (unusedDays === 0) return false;
  const graceEnds = Date.parse(of.staleSince) + unusedDays * DAY_MS;
  return !(graceEnds <= now.getTime());
}

/** At removal the resource has its own tags and orgsweep's marker. undefined: nobody could read them. */
function ruleThatKeeps({ tags }: Finding, { recycleBin }: KindLook) {
  if (recycleBin === undefined) return null;
  if ('failure' in recycleBin) return undefined;
  return keepingRule(recycleBin.rules, { ...tags, [MARKER.key]: MARKER.value });
}

/** @param planned by id, at which step: what waits for it is already further, or goes before it */
function toRemoval(
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
