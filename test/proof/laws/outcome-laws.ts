import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';

/** Endings that say: nothing of ours deleted it. */
const NOT_REMOVED = ['NO_LONGER_STALE', 'PROTECTED', 'DENIED', 'NOT_ATTEMPTED'];
const UNFINISHED = ['DENIED', 'FAILED', 'NOT_ATTEMPTED'];

/** What has to hold of the outcomes that an execution tells; each breach in words. */
export function breachesInOutcomes(stage: Stage, chapter: Chapter): string[] {
  const { plan, removals, summary, executionId, tampered } = chapter;
  // Without a summary nothing is told; of a plan that was changed, outcomes are told of that one.
  if (summary === null || tampered) return [];
  const planned = plan?.status === 'READY' ? plan.removals : [];
  // Where somebody changed a file, nothing false may be called complete; the rest may be a failure.
  const isClaimed = chapter.forged === null || summary.status === 'COMPLETE';
  const told = Object.values(summary.removals.byOutcome).reduce((sum, count) => sum + count, 0);
  const breaches = [
    ...(ids(removals) === ids(planned) || !isClaimed
      ? []
      : ['the outcomes are not those of the plan']),
    // Of a plan that somebody made unreadable, what was done is told all the same.
    ...(summary.removals.planned === removals.length || !isClaimed
      ? []
      : ['planned is miscounted']),
    ...(told === removals.length ? [] : [`${told} outcomes for ${removals.length} removals`]),
    ...Object.entries(summary.removals.byOutcome).flatMap(([name, count]) => {
      const counted = removals.filter(({ outcome }) => outcome === name).length;
      return count === counted ? [] : [`${name} is ${count}, ${counted} are told`];
    }),
    ...(isClaimed ? removals : [])
      .filter(({ kind }) => kind === 'ebs-snapshot')
      .flatMap((outcome) => breachesOfOne(stage, chapter, outcome)),
    ...breachesOfStatus(chapter),
  ];
  return breaches.map((breach) => `${executionId}: ${breach}`);
}

function ids(removals: readonly { resourceId: string }[]): string {
  return removals.map(({ resourceId }) => resourceId).join(' ');
}

function breachesOfOne(stage: Stage, chapter: Chapter, told: RemovalOutcome): string[] {
  const { resourceId, outcome, reasons, failure } = told;
  const isDeleted = chapter.deletions.some(({ snapshotId }) => snapshotId === resourceId);
  const isGone = stage.witness.estateOf(told)?.snapshot(resourceId) === undefined;
  const mayBeGone = reasons.includes('OUTCOME_UNKNOWN') || failure !== undefined;
  const is = `${resourceId} is ${[outcome, ...reasons].join(' ')}`;
  // In the bin since our intent, it may be ours or not: nobody can tell.
  const isOfOthers =
    stage.witness.needs.goneSince.has(resourceId) || isDeletedBeside(stage, chapter, resourceId);
  const isInBin = isOfOthers && told.restorableUntil !== null;
  // Requested and never answered, it may have been removed by somebody else meanwhile.
  const mayBeOurs = isInBin || (isGone && reasons.includes('ANSWER_LOST'));
  if (outcome === 'REMOVED' && !isDeleted && !mayBeOurs) return [`${is}, and was not deleted`];
  if (outcome === 'ALREADY_GONE' && !isGone) return [`${is}, and is there`];
  if (outcome === 'ALREADY_GONE' && isDeleted) return [`${is}, and was deleted by it`];
  if (NOT_REMOVED.includes(outcome) && isDeleted) return [`${is}, and was deleted`];
  if (outcome !== 'REMOVED' && isDeleted && !mayBeGone) return [`${is}, and was deleted`];
  return [];
}

/** Whether the other one of a pair deleted it. */
function isDeletedBeside({ witness }: Stage, { lane }: Chapter, id: string): boolean {
  return witness.deletions.some(({ snapshotId, call }) => snapshotId === id && call.lane !== lane);
}

function breachesOfStatus({ summary, removals, status, published, step, crashed }: Chapter) {
  const isUnfinished = removals.some(({ outcome }) => UNFINISHED.includes(outcome));
  const isComplete = summary?.status === 'COMPLETE';
  const succeeded = status === 'SUCCEEDED';
  // One that died may have written all its files, and nobody was there to say so.
  const isToldWrong = crashed ? succeeded && !isComplete : succeeded !== isComplete;
  return [
    ...(isComplete && isUnfinished ? ['COMPLETE, with removals left'] : []),
    ...(isToldWrong ? [`${status}, with ${summary?.status}`] : []),
    ...(published.length === 1 || crashed ? [] : [`${published.length} messages were published`]),
    ...(summary?.mode === step.mode ? [] : ['the summary has another mode']),
  ];
}

const CHANGES = ['CreateTags', 'DeleteSnapshot', 'DeleteVolume', 'CreateSnapshot'];

/** What an execution may write: in its own folder, the shared history, and the leases. */
export function breachesInWrites(chapter: Chapter): string[] {
  const { step, executionId, writes, calls, plan, forged } = chapter;
  const own = [
    `executions/${executionId}/`,
    'history/',
    ...(step.mode === 'report' ? [] : ['leases/']),
  ];
  const foreign = writes.filter(({ key }) => !own.some((prefix) => key.startsWith(prefix)));
  const planned = plan?.status === 'READY' ? ids(plan.removals).split(' ') : [];
  const changes = calls.filter(({ operation }) => !/^(Describe|List|Get|Assume)/.test(operation));
  const unplanned = changes.filter(({ operation, params }) => {
    if (!CHANGES.includes(operation)) return true;
    const about = [...params].filter(([name]) => /^(ResourceId|SnapshotId|VolumeId)/.test(name));
    return about.length === 0 || about.some(([, id]) => !planned.includes(id));
  });
  const plans = new Set(
    writes.filter(({ key }) => key.endsWith('/plan.json')).map(({ body }) => body),
  );
  return [
    ...foreign.map(({ key }) => `wrote ${key}`),
    ...(step.mode === 'report' ? changes : unplanned).map(({ operation }) => `sent ${operation}`),
    ...(plans.size > 1 && forged === null ? ['the plan was written twice'] : []),
  ].map((breach) => `${executionId} ${breach}`);
}
