import type { Chapter } from './history.ts';
import { isOldEnough } from './needs.ts';
import type { Stage } from './stage.ts';
import type { Deletion, SeenCall } from './witness.ts';

/** Nothing may be deleted longer than this after the check that found it stale began to read. */
const FRESH_MILLISECONDS = 15_000;
const DAY_MS = 86_400_000;
/** Executions end some time after they looked. */
const HOUR_MS = 3_600_000;

/** The listings that every check reads, and which reasons each of them would show. */
const READS: Readonly<Record<string, readonly string[]>> = {
  DescribeSnapshots: [
    'COPY_ORIGIN_UNKNOWN',
    'MANAGED_BY_AWS_BACKUP',
    'MANAGED_BY_DLM',
    'MANAGED_BY_DRS',
    'MANAGED_BY_KUBERNETES',
    'NOT_COMPLETED',
    'PROTECTED_BY_TAG',
  ],
  DescribeVolumes: ['IN_USE'],
  DescribeImages: ['USED_BY_AMI'],
};
const SOURCE_OF_LISTING: Readonly<Record<string, string>> = { DescribeImages: 'amis' };

/** What has to hold of everything that an execution deleted; each breach in words. */
export function breachesInDeletions(stage: Stage, chapters: readonly Chapter[]): string[] {
  const chapter = chapters.at(-1);
  if (chapter === undefined) return [];
  return chapter.deletions.flatMap((deletion) => {
    const checks = [
      ...breachesOfPlan(chapter, deletion),
      ...breachesOfNeed(stage, chapter, deletion),
      ...breachesOfPolicy(stage, chapters, deletion),
    ];
    return checks.map(
      (breach) => `${chapter.executionId} deleted ${deletion.snapshotId}: ${breach}`,
    );
  });
}

function breachesOfPlan(chapter: Chapter, { snapshotId, call, wasMarked }: Deletion): string[] {
  const { plan, ledger, step, tampered } = chapter;
  const removal = plan?.removals.find(({ resourceId }) => resourceId === snapshotId);
  const isOfPlan = removal?.accountId === call.accountId && removal.region === call.region;
  const entry = ledger.find(({ resourceId }) => resourceId === snapshotId);
  const intent = entry?.intentAt ?? null;
  return [
    ...(step.mode === 'report' ? ['in report mode'] : []),
    ...(plan?.status === 'READY' && isOfPlan ? [] : ['it was not planned']),
    ...(tampered ? ['from a plan that was changed'] : []),
    ...(intent !== null && Date.parse(intent) <= call.at ? [] : ['no intent was written before']),
    ...(wasMarked ? [] : ['it was not marked']),
  ];
}

/** The last call before a deletion that would show a reason to keep the snapshot. */
function lastReads(
  { calls, step }: Chapter,
  { snapshotId, call }: Deletion,
): [string, SeenCall | undefined][] {
  const before = calls.filter(
    (one) =>
      one.number < call.number && one.accountId === call.accountId && one.region === call.region,
  );
  return Object.keys(READS).flatMap((operation): [string, SeenCall | undefined][] => {
    if (step.policy.skipReferences.includes(SOURCE_OF_LISTING[operation] ?? '')) return [];
    const isRead = (one: SeenCall) =>
      one.operation === operation &&
      (operation !== 'DescribeSnapshots' || showsTagsOf(one, snapshotId));
    return [[operation, before.findLast(isRead)]];
  });
}

/** Not a look for markers, nor one for the other snapshots of a volume. */
function showsTagsOf({ params }: SeenCall, snapshotId: string): boolean {
  const filters = [...params].filter(([name]) => /^Filter\.\d+\.Name$/.test(name));
  if (filters.length === 0) return true;
  const isById = filters.every(([, value]) => value === 'snapshot-id');
  return isById && [...params.values()].includes(snapshotId);
}

function breachesOfNeed(stage: Stage, chapter: Chapter, deletion: Deletion): string[] {
  const needs = stage.witness.needs.of(deletion.snapshotId);
  return lastReads(chapter, deletion).flatMap(([operation, read]) => {
    if (read === undefined) return [`${operation} was never read`];
    const seconds = (deletion.call.at - read.at) / 1000;
    const ignored = needs.filter(
      ({ reason, since }) => READS[operation]?.includes(reason) && since <= read.number,
    );
    return [
      ...ignored.map(({ reason }) => `${reason} when ${operation} read it last`),
      ...(seconds * 1000 > FRESH_MILLISECONDS ? [`${seconds} s after ${operation}`] : []),
    ];
  });
}

function breachesOfPolicy(
  stage: Stage,
  chapters: readonly Chapter[],
  deletion: Deletion,
): string[] {
  const { step } = chapters.at(-1)!;
  const { minAgeDays, graceDays, allowLastCopy, requireRecycleBin } = step.policy;
  const { call, snapshot } = deletion;
  return [
    ...(isOldEnough(snapshot, minAgeDays, call.at) ? [] : ['it is too young']),
    ...(graceDays === 0 || wasSeenStale(chapters, deletion, graceDays) ? [] : ['it is in grace']),
    ...(allowLastCopy || hasOtherCopy(stage, chapters, deletion) ? [] : ['it was the last copy']),
    ...(requireRecycleBin ? ['no Recycle Bin keeps it'] : []),
  ];
}

/** Whether an earlier execution said STALE at least so many days before. */
function wasSeenStale(
  chapters: readonly Chapter[],
  { snapshotId, call }: Deletion,
  days: number,
): boolean {
  return chapters
    .slice(0, -1)
    .some(
      ({ findings, endedAt }) =>
        endedAt + days * DAY_MS <= call.at + HOUR_MS &&
        findings.some((one) => one.resourceId === snapshotId && one.verdict === 'STALE'),
    );
}

/** Whether another copy was there at the check, and orgsweep left it where it was. */
function hasOtherCopy(stage: Stage, chapters: readonly Chapter[], deletion: Deletion): boolean {
  const { witness } = stage;
  const chapter = chapters.at(-1)!;
  const [, read] =
    lastReads(chapter, deletion).find(([name]) => name === 'DescribeSnapshots') ?? [];
  const removed = new Set(witness.deletions.map(({ snapshotId }) => snapshotId));
  return witness.needs
    .otherCopies(deletion.snapshotId)
    .some(
      (id) =>
        !removed.has(id) &&
        (witness.needs.goneSince.get(id) ?? Infinity) > (read?.number ?? Infinity),
    );
}
