import type { Chapter } from '../run/chapter.ts';
import { breachesOfGoneAmi, goesForGoneAmi, isLastLeftoverKept } from '../leftovers/gone-amis.ts';
import { isNeed, isOldEnough } from './needs.ts';
import { lookAt } from '../../../core/outcome/kind-look.ts';
import { isOverFinalCopy } from '../volumes/final-copies.ts';
import { LedgerBatch } from '../../../steps/ledger/ledger-batch.ts';
import { isApprovalRequiredAt, planAgeDaysAt } from '../trial/floors.ts';
import { appliedPlanOf } from '../run/history.ts';
import type { Write } from '../trial/place.ts';
import { policyIn } from '../trial/policy.ts';
import { isLookedAt, SIGHTS, sightOf } from './sights.ts';
import type { Stage } from '../run/stage.ts';
import { ownFileOf } from '../run/stored-files.ts';
import { REGIONS } from '../trial/regions.ts';
import { FRESH_MILLISECONDS, type SeenCall } from './seen-call.ts';
import type { Deletion } from './witness.ts';

const DAY_MS = 86_400_000;
const HOURS_OF_A_RUN_MILLISECONDS = 6 * 3_600_000;
/** How wrong a clock may be that removals are made by. */
export const CLOCK_TOLERANCE_MILLISECONDS = 5 * 60_000;

/** What has to hold of everything that an execution deleted; each breach in words. */
export function breachesInDeletions(stage: Stage, chapters: readonly Chapter[]): string[] {
  const chapter = chapters.at(-1);
  if (chapter === undefined) return [];
  return chapter.deletions.flatMap((deletion) => {
    const change = { ...deletion, kind: 'ebs-snapshot', resourceId: deletion.snapshotId };
    const checks = [
      ...breachesOfPlan(chapter, change),
      ...breachesOfInput(stage, chapters, change),
      ...breachesOfNeed(stage, chapter, deletion),
      ...breachesOfPolicy(stage, chapters, deletion),
      ...breachesOfGoneAmi(stage, chapters, deletion),
    ];
    return checks.map(
      (breach) => `${chapter.executionId} deleted ${deletion.snapshotId}: ${breach}`,
    );
  });
}

/** A call that took a step with something, or all of it. */
export interface Change {
  readonly kind: string;
  readonly resourceId: string;
  /** Of a kind with several. */
  readonly step?: string;
  readonly call: SeenCall;
  readonly wasMarked: boolean;
}

export function breachesOfPlan(chapter: Chapter, change: Change): string[] {
  const { kind, resourceId, call, wasMarked } = change;
  const { plan, step, tampered } = chapter;
  const removal = plan?.removals.find((one) => one.resourceId === resourceId);
  const isOfPlan =
    removal?.kind === kind &&
    removal.step === change.step &&
    removal.accountId === call.accountId &&
    removal.region === call.region;
  const intent = chapter.writes.find((write) => isIntent(write, change));
  return [
    ...(step.remove.some((one) => one === kind) ? [] : [`nothing of ${kind} was to be removed`]),
    ...(step.mode === 'report' ? ['in report mode'] : []),
    ...(plan?.status === 'READY' && isOfPlan ? [] : ['it was not planned']),
    ...(tampered ? ['from a plan that was changed'] : []),
    ...(intent !== undefined && intent.at <= call.at ? [] : ['no intent was written before']),
    ...(wasMarked ? [] : ['it was not marked']),
  ];
}

function isIntent({ key, body }: Write, { resourceId, step }: Change): boolean {
  if (ownFileOf(key) !== 'ledger' || !body.includes(resourceId)) return false;
  const { entries } = LedgerBatch.parse(JSON.parse(body));
  return entries.some(
    (one) => one.resourceId === resourceId && one.step === step && one.intentAt !== null,
  );
}

/** What the input asked for, as it was given, whatever became of it on the way. */
export function breachesOfInput(
  { organization }: Stage,
  chapters: readonly Chapter[],
  { resourceId, step: which, call }: Change,
): string[] {
  const { step, round, place, lane, clockMinutes } = chapters.at(-1)!;
  const { accounts, regions } = step.leavesOut;
  const isLeftOut =
    accounts.some((index) => organization.accounts[index]?.id === call.accountId) ||
    regions.some((index) => REGIONS[index] === call.region);
  const before = chapters.findLast((one) => {
    return one.round < round && one.place === place && one.lane === lane;
  });
  const applied = appliedPlanOf(step, before);
  const named = applied?.plan;
  // Whether it may be named is asked at the beginning.
  const oldest = planAgeDaysAt(step, 'scan') * DAY_MS + HOURS_OF_A_RUN_MILLISECONDS;
  const isOld = applied !== undefined && call.at - applied.plannedAt > oldest;
  const isNamed =
    named?.removals.some((one) => one.resourceId === resourceId && one.step === which) ?? true;
  const mustAsk = step.approval !== 'not asked' || isApprovalRequiredAt(step, 'removal');
  const isYes = !mustAsk || step.approval === 'yes';
  // One that jumps may be found out only when the next removal begins.
  const isWrong = step.clock.jump === null && clockMinutes * 60_000 > CLOCK_TOLERANCE_MILLISECONDS;
  return [
    ...(isLeftOut ? ['it was not in scope'] : []),
    ...(isNamed ? [] : ['it is not in the plan that was to be applied']),
    ...(isOld ? ['by a plan that was too old'] : []),
    ...(isYes ? [] : [`somebody had to approve it, and said ${step.approval}`]),
    ...(isWrong ? [`by a clock that was wrong by ${clockMinutes} minutes`] : []),
  ];
}

/** The call by which its last check saw, or would have seen, a need of that sort. */
function lastLook(chapter: Chapter, deletion: Deletion, name: string): SeenCall | undefined {
  const { snapshotId, call } = deletion;
  const sight = sightOf(name);
  const there = chapter.calls.filter(
    ({ number, accountId, region }) =>
      number < call.number && accountId === call.accountId && region === call.region,
  );
  const marked = there.findLast(
    ({ operation, params }) =>
      operation === 'CreateTags' && [...params.values()].includes(snapshotId),
  );
  const end = (sight.isBeforeMark && marked?.number) || Infinity;
  const before = there.filter(
    (one) =>
      one.number < end &&
      one.operation === sight.operation &&
      (sight.shows?.(one, snapshotId) ?? true),
  );
  if (!sight.isFirstOfMany) return before.at(-1);
  // A check begins with the snapshots themselves.
  const begun = lastLook(chapter, deletion, 'snapshots')?.number ?? Infinity;
  return before.find(({ number }) => number > begun);
}

function breachesOfNeed(stage: Stage, chapter: Chapter, deletion: Deletion): string[] {
  const { needs } = stage.witness;
  const { skipReferences, protectTags } = policyOf(stage, chapter, deletion);
  return Object.keys(SIGHTS).flatMap((sight) => {
    if (!isLookedAt(sightOf(sight), skipReferences)) return [];
    // A copied one names no volume.
    if (sight === 'volumes' && /^vol-f+$/.test(deletion.snapshot.volumeId)) return [];
    const look = lastLook(chapter, deletion, sight);
    if (look === undefined) return [`nobody looked for ${sight}`];
    const seconds = (deletion.call.at - look.at) / 1000;
    // A short page leads on to the next; the first of many may have been tried again.
    const failed = look.fault !== undefined && look.fault !== 'short' && look.fault !== 'repeat';
    const ignored = needs
      .at(deletion.snapshotId, look.number)
      .filter((one) => one.sight === sight && isNeed(one, protectTags));
    return [
      ...ignored.map(({ who }) => `needed by ${who} when ${look.operation} read it last`),
      ...(failed && !sightOf(sight).isFirstOfMany ? [`${look.operation} had failed`] : []),
      ...(seconds * 1000 > FRESH_MILLISECONDS ? [`${seconds} s after ${look.operation}`] : []),
    ];
  });
}

function policyOf({ organization }: Stage, { step }: Chapter, { call }: Deletion) {
  return policyIn(organization, step, call.accountId, 'removal');
}

function breachesOfPolicy(
  stage: Stage,
  chapters: readonly Chapter[],
  deletion: Deletion,
): string[] {
  const policy = policyOf(stage, chapters.at(-1)!, deletion);
  const { minAgeDays, graceDays, allowLastCopy, requireUndo, neverRemove } = policy;
  const { call, snapshot } = deletion;
  return [
    ...(neverRemove ? ['nothing may be removed in its account'] : []),
    ...(isOldEnough(snapshot, minAgeDays, call.at + CLOCK_TOLERANCE_MILLISECONDS)
      ? []
      : ['it is too young']),
    ...(graceDays === 0 ||
    wasSeenStale(stage, chapters, { ...deletion, ...ofSnapshot(deletion) }, graceDays)
      ? []
      : ['it is in grace']),
    ...(allowLastCopy ||
    isOverFinalCopy(stage, deletion) ||
    (goesForGoneAmi(chapters.at(-1)!, deletion.snapshotId) &&
      !isLastLeftoverKept(chapters.at(-1)!, snapshot)) ||
    hasOtherCopy(stage, chapters, deletion)
      ? []
      : ['it was the last copy']),
    ...(requireUndo ? breachesOfBin(stage, chapters.at(-1)!, deletion) : []),
  ];
}

function ofSnapshot({ snapshotId }: Deletion): Pick<Change, 'kind' | 'resourceId'> {
  return { kind: 'ebs-snapshot', resourceId: snapshotId };
}

/**
 * Whether an execution of the same place said STALE at least so many days before, and none since
 * said otherwise. Grace is all that a forged history may cost.
 */
export function wasSeenStale(
  { forged }: Stage,
  chapters: readonly Chapter[],
  deletion: Change,
  days: number,
): boolean {
  const own = chapters.at(-1)!;
  const isForged = forged.some(
    ({ place, key }) => place === own.place && ownFileOf(key) === 'history',
  );
  if (isForged) return true;
  const looks = chapters.filter(
    (chapter) =>
      isComplete(chapter, deletion) &&
      chapter.place === own.place &&
      (chapter === own || chapter.round < own.round),
  );
  const lastOther = looks.findLastIndex((chapter) => !isCalledStale(chapter, deletion));
  const [first] = looks.slice(lastOther + 1);
  // Each of the two looks by a clock of its own.
  const until = deletion.call.at + 2 * CLOCK_TOLERANCE_MILLISECONDS;
  return first !== undefined && first.plannedAt + days * DAY_MS <= until;
}

function isComplete({ targets }: Chapter, { kind, call }: Change): boolean {
  return targets.some(
    (target) =>
      target.accountId === call.accountId &&
      target.region === call.region &&
      lookAt(target, kind).status === 'COMPLETE',
  );
}

/** What is only too young says nothing about use. */
function isCalledStale({ findings }: Chapter, change: Change): boolean {
  const finding = findings.find(({ resourceId }) => resourceId === change.resourceId);
  return finding?.verdict === 'STALE' || finding?.reasons.join() === 'TOO_YOUNG';
}

/** Whether another copy was there at the check, and orgsweep left it where it was. */
function hasOtherCopy(stage: Stage, chapters: readonly Chapter[], deletion: Deletion): boolean {
  const chapter = chapters.at(-1)!;
  const { witness } = stage;
  const { needs } = witness;
  const estate = witness.estateOf(deletion.call);
  const checked = lastLook(chapter, deletion, 'snapshots')?.number ?? Infinity;
  // One that may remove last copies is, for the other one of a pair, like any other user.
  const beside = chapters.find((one) => one.round === chapter.round && one !== chapter);
  const isFree = beside && policyOf(stage, beside, deletion).allowLastCopy;
  const wentSince = (id: string) =>
    (needs.goneSince.get(id) ?? -1) > checked ||
    (isFree &&
      beside.deletions.some(({ snapshotId, call }) => snapshotId === id && call.number > checked));
  return needs
    .otherCopies(deletion.snapshotId)
    .some((id) => estate?.snapshot(id) !== undefined || wentSince(id));
}

const RULE_READS = ['ListRules', 'GetRule'];

/** In the bin, unless the rule went after it was read last; and the first one was seen there. */
function breachesOfBin({ witness }: Stage, chapter: Chapter, deletion: Deletion): string[] {
  const { call, isInBin } = deletion;
  const estate = witness.estateOf(call);
  const isHere = (one: SeenCall) => one.accountId === call.accountId && one.region === call.region;
  const before = chapter.calls.filter((one) => isHere(one) && one.number < call.number);
  const read = before.findLast(({ operation }) => RULE_READS.includes(operation));
  const lostAt = estate && witness.needs.withoutRulesSince.get(estate);
  const wasKept = read !== undefined && (lostAt === undefined || lostAt > read.number);
  const first = chapter.deletions.find((one) => isHere(one.call));
  const wasSeen = before.some(
    ({ operation, number }) =>
      operation === 'ListSnapshotsInRecycleBin' &&
      first !== undefined &&
      number > first.call.number,
  );
  return [
    ...(isInBin || (wasKept && lostAt !== undefined) ? [] : ['no Recycle Bin keeps it']),
    ...(wasKept ? [] : ['no rule was read that keeps it']),
    ...(first === deletion || wasSeen ? [] : ['the first was not seen in the bin']),
  ];
}
