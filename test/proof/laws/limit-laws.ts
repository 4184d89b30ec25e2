import type { Plan } from '../../../core/plan/plan.ts';
import { lookAt } from '../../../core/outcome/kind-look.ts';
import type { HoldReason } from '../../../core/model/hold-reason.ts';
import type { Chapter } from '../run/chapter.ts';
import { StoredOutcome } from '../../../steps/targets/stored-outcome.ts';
import { limitsAt } from '../trial/floors.ts';
import { isOver } from '../volumes/final-copies.ts';
import { goesForGoneAmi } from '../leftovers/gone-amis.ts';
import { policyIn } from '../trial/policy.ts';
import type { Stage } from '../run/stage.ts';
import { ownFileOf } from '../run/stored-files.ts';

const FEWEST_FOR_STALE_PERCENT = 20;

/** What a plan may hold under the step's limits; each breach in words. */
export function breachesInLimits(stage: Stage, chapter: Chapter): string[] {
  const { plan, step, executionId } = chapter;
  const targets = targetsAsSeen(chapter);
  const kinds = new Set(plan?.removals.map(({ kind }) => kind));
  if (plan?.status !== 'READY') return breachesInAmounts(chapter);
  // A plan isn't carried out that was made by larger shares than the floors allow by then.
  const planned = limitsAt(step, 'plan');
  const limits = {
    ...planned,
    ...(changesOf(chapter).length > 0 && sharesOf(limitsAt(step, 'removal'))),
  };
  const ofAll = (kind: string) => ({
    name: 'all',
    targets: targets.filter((target) => !isHeldAsAWhole(plan, target, kind)),
    most: limits.maxRemovals,
    percent: limits.maxStalePercentOverall,
  });
  const byAccount = [...new Set(targets.map(({ accountId }) => accountId))].map((accountId) => ({
    name: accountId,
    targets: targets.filter((one) => one.accountId === accountId),
    most: limits.maxRemovalsPerAccount,
    percent: limits.maxStalePercentPerAccount,
  }));
  const byTarget = targets.map((target) => ({
    name: `${target.accountId} ${target.region}`,
    targets: [target],
    most: limits.maxRemovalsPerTarget,
    percent: limits.maxStalePercent,
  }));
  const breaches = [...kinds].flatMap((kind) =>
    [ofAll(kind), ...byAccount, ...byTarget].flatMap((part) => breachesInPart(plan, kind, part)),
  );
  if (plan.removals.length > limits.maxRemovals) breaches.push('more removals than in all');
  breaches.push(...lastCopiesIn(stage, chapter));
  return [
    ...breaches.map((breach) => `${executionId} plans ${breach}`),
    ...breachesInAmounts(chapter),
  ];
}

function sharesOf(limits: Chapter['step']['limits']) {
  const { maxStalePercent, maxStalePercentPerAccount, maxStalePercentOverall } = limits;
  return { maxStalePercent, maxStalePercentPerAccount, maxStalePercentOverall };
}

/** As its looks wrote them down: what somebody made of them since isn't what was seen. */
function targetsAsSeen({ targets, forged, writes, plannedAt }: Chapter): Chapter['targets'] {
  if (forged === null) return targets;
  const seen = new Map<string, Chapter['targets'][number]>();
  for (const { key, body } of writes) {
    if (ownFileOf(key) === 'outcomes') seen.set(key, StoredOutcome.parse(JSON.parse(body)));
  }
  // The plan was made before anything was there that it could not believe.
  if (forged.at >= plannedAt) return [...seen.values()];
  // What isn't believed is a gap, and counts for nothing.
  const isGap = (target: Chapter['targets'][number]) =>
    targets.some(
      ({ accountId, region, status }) =>
        accountId === target.accountId && region === target.region && status !== 'COMPLETE',
    );
  return [...seen.values()].filter((target) => !isGap(target));
}

/** Whatever the plan says: no more may go than the input allows. */
function breachesInAmounts(chapter: Chapter): string[] {
  const { step, executionId } = chapter;
  const { maxRemovals, maxRemovalsPerAccount, maxRemovalsPerTarget } = limitsAt(step, 'removal');
  const changes = changesOf(chapter);
  const amounts = [
    { most: maxRemovals, parts: changes.map(() => 'all') },
    {
      most: maxRemovalsPerAccount,
      parts: changes.map(({ kind, call }) => `${kind} ${call.accountId}`),
    },
    {
      most: maxRemovalsPerTarget,
      parts: changes.map(({ kind, call }) => `${kind} ${call.accountId} ${call.region}`),
    },
  ];
  return amounts.flatMap(({ most, parts }) =>
    [...new Set(parts)]
      .filter((part) => parts.filter((one) => one === part).length > most)
      .map((part) => `${executionId} deleted more than ${most} in ${part}`),
  );
}

/** All that it took a step with. */
function changesOf({ deletions, volumeDeletions, madeCopies }: Chapter) {
  return [
    ...deletions.map(({ call }) => ({ kind: 'ebs-snapshot', call })),
    ...[...volumeDeletions, ...madeCopies].map(({ call }) => ({ kind: 'ebs-volume', call })),
  ];
}

/** By what holds a whole account and Region; such a target doesn't count for the others. */
const HOLDS_ALL: ReadonlySet<HoldReason> = new Set([
  'KIND_NOT_TO_REMOVE',
  'NOT_IN_NAMED_PLAN',
  'REMOVAL_NOT_ALLOWED',
  'SANITY_FLOOR',
  'TARGET_NOT_COMPLETE',
]);

function isHeldAsAWhole(
  plan: Plan,
  { accountId, region }: Chapter['targets'][number],
  kind: string,
): boolean {
  const isThere = (one: { accountId: string; region: string; kind: string }) =>
    one.accountId === accountId && one.region === region && one.kind === kind;
  const held = plan.held.filter(isThere);
  return (
    held.length > 0 &&
    !plan.removals.some(isThere) &&
    held.every(
      ({ held: reasons, limit }) =>
        limit === 'maxStalePercent' ||
        limit === 'maxStalePercentPerAccount' ||
        reasons.some((reason) => HOLDS_ALL.has(reason)),
    )
  );
}

interface Part {
  readonly name: string;
  readonly targets: Chapter['targets'];
  readonly most: number;
  readonly percent: number;
}

function breachesInPart(
  plan: Plan,
  kind: string,
  { name, targets, most, percent }: Part,
): string[] {
  const planned = plan.removals.filter(
    (one) =>
      one.kind === kind &&
      targets.some(({ accountId, region }) => one.accountId === accountId && one.region === region),
  );
  if (planned.length === 0) return [];
  const complete = targets.filter((target) => lookAt(target, kind).status === 'COMPLETE');
  const kinds = complete.flatMap((target) => target.kinds[kind] ?? []);
  const resources = kinds.reduce((sum, kind) => sum + kind.resources, 0);
  const stale = kinds.reduce((sum, kind) => sum + kind.verdicts.STALE, 0);
  const isTooStale = resources >= FEWEST_FOR_STALE_PERCENT && stale * 100 > percent * resources;
  const [only] = targets.length === 1 ? targets : [];
  const isIncomplete = only !== undefined && lookAt(only, kind).status !== 'COMPLETE';
  return [
    ...(planned.length > most ? [`${planned.length} removals in ${name}`] : []),
    ...(isTooStale ? [`removals in ${name}, where ${stale} of ${resources} are stale`] : []),
    ...(isIncomplete ? [`removals in ${name}, which is ${only.status}`] : []),
  ];
}

/** Planned, while no other copy is left that the plan leaves alone and nobody else has deleted. */
function lastCopiesIn(stage: Stage, { plan, step, lane, plannedAt }: Chapter): string[] {
  const { witness, organization } = stage;
  const { needs } = witness;
  const planned = new Set(plan?.removals.map(({ resourceId }) => resourceId));
  const snapshots = plan?.removals.filter(({ kind }) => kind === 'ebs-snapshot') ?? [];
  return snapshots.flatMap(({ resourceId: id, accountId, region }) => {
    if (policyIn(organization, step, accountId, 'plan').allowLastCopy) return [];
    if (isOver(stage, id, plannedAt) || goesForGoneAmi({ plan }, id)) return [];
    // Who else deleted one meanwhile may have done so after the plan was made.
    const isLeft = (other: string) =>
      witness.estateOf({ accountId, region })?.snapshot(other) !== undefined ||
      needs.goneSince.has(other) ||
      witness.deletions.some((one) => one.snapshotId === other && one.call.lane !== lane);
    const isLast = needs.otherCopies(id).every((other) => planned.has(other) || !isLeft(other));
    return isLast ? [`${id}, the last copy`] : [];
  });
}
