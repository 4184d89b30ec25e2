import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import {
  breachesOfInput,
  breachesOfPlan,
  type Change,
  CLOCK_TOLERANCE_MILLISECONDS,
  wasSeenStale,
} from '../laws/removal-laws.ts';
import { FRESH_MILLISECONDS, type SeenCall } from '../laws/seen-call.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { NIGHTLY } from '../trial/organization.ts';
import { policyIn, volumePolicyIn } from '../trial/policy.ts';
import { breachesOfCopies } from './final-copies.ts';
import { type MadeCopy, SIGHT_OF, type VolumeDeletion } from './record.ts';
import { isWhole, lostSince, METRICS_LATE_MILLISECONDS } from './whole-copy.ts';

const DAY_MS = 86_400_000;
const KIND = 'ebs-volume';

/** What has to hold of all that an execution did to volumes, and to their copies; each breach in words. */
export function breachesInVolumes(stage: Stage, chapters: readonly Chapter[]): string[] {
  const chapter = chapters.at(-1);
  if (chapter === undefined || !stage.shape.volumes) return [];
  const { volumeDeletions, madeCopies, executionId } = chapter;
  const deleted = volumeDeletions.flatMap((deletion) =>
    breachesOfDeletion(stage, chapters, deletion).map(
      (breach) => `${executionId} deleted ${deletion.volumeId}: ${breach}`,
    ),
  );
  const copied = madeCopies.flatMap((made) =>
    breachesOfMaking(stage, chapters, made).map(
      (breach) => `${executionId} copied ${made.volumeId}: ${breach}`,
    ),
  );
  return [
    ...deleted,
    ...copied,
    ...breachesOfCopies(stage, chapter),
    ...breachesInOutcomesOfVolumes(stage, chapter),
  ];
}

function breachesOfDeletion(
  stage: Stage,
  chapters: readonly Chapter[],
  deletion: VolumeDeletion,
): string[] {
  const chapter = chapters.at(-1)!;
  const { volumeId, volume } = deletion;
  const change: Change = { ...deletion, kind: KIND, resourceId: volumeId, step: 'delete' };
  const isFailed = volume.state === 'error';
  const isCopied = chapter.madeCopies.some((made) => made.volumeId === volumeId);
  return [
    ...breachesOfPlan(chapter, change),
    ...breachesOfInput(stage, chapters, change),
    ...breachesOfUse(stage, chapter, change, isFailed),
    ...breachesOfPolicy(stage, chapters, change, volume.createTime),
    ...(volumeId === NIGHTLY ? ['it is attached at night'] : []),
    // EC2 refuses these itself.
    ...deletion.neededBy.filter((who) => / to /.test(who)).map((who) => `while ${who}`),
    ...(isCopied ? ['in the execution that copied it'] : []),
    ...breachesOfCopy(stage, chapter, deletion),
  ];
}

function breachesOfMaking(stage: Stage, chapters: readonly Chapter[], made: MadeCopy): string[] {
  const chapter = chapters.at(-1)!;
  const { volumeId, snapshotId, tags, call } = made;
  const change: Change = { ...made, kind: KIND, resourceId: volumeId, step: 'copy' };
  const more = chapter.madeCopies.filter((one) => one.volumeId === volumeId);
  const [first] = more;
  const day = new Date(call.at + 89 * DAY_MS).toISOString().slice(0, 10);
  const until = tags['orgsweep:keep-until'] ?? '';
  const { finalCopy } = volumePolicyIn(stage.organization, chapter.step, call.accountId, 'removal');
  return [
    ...breachesOfPlan(chapter, change),
    ...breachesOfInput(stage, chapters, change),
    ...breachesOfUse(stage, chapter, change, false),
    ...(first?.snapshotId === snapshotId ? [] : [`${more.length} copies were made`]),
    ...(tags['orgsweep:final-copy-of'] === volumeId ? [] : ['it does not say of what it is']),
    ...(until >= day ? [] : [`it is to be kept until ${until}`]),
    ...(finalCopy === 'never' ? ['the policy wants no copy'] : []),
  ];
}

/** The last look at each thing that could show a need shows none, and is fresh. */
function breachesOfUse(
  stage: Stage,
  chapter: Chapter,
  { resourceId, call }: Change,
  isFailed: boolean,
): string[] {
  const { volumes } = stage.witness;
  const sights = Object.entries(SIGHT_OF).filter(([need]) => need !== 'late use');
  const unseen = [...new Set(Object.values(SIGHT_OF))].flatMap((operation) => {
    // Nothing could ever have it.
    if (isFailed && operation === 'GetMetricData') return [];
    const look = lastLook(chapter, call, operation, resourceId);
    if (look === undefined) return [`nobody looked by ${operation}`];
    const seconds = (call.at - look.at) / 1000;
    const needed = sights.flatMap(([need, by]) =>
      by === operation ? (volumes.neededAt(look, resourceId)?.[need as 'tags'] ?? []) : [],
    );
    const hasFailed = look.fault !== undefined && !['short', 'repeat'].includes(look.fault);
    return [
      ...needed.map((who) => `needed, ${who}, when ${operation} read it last`),
      ...(seconds * 1000 > FRESH_MILLISECONDS ? [`${seconds} s after ${operation}`] : []),
      ...(hasFailed ? [`${operation} had failed`] : []),
    ];
  });
  return isFailed ? unseen : [...unseen, ...breachesOfLateUse(stage, chapter, resourceId, call)];
}

/** Whatever had it lately, at night too: as long as the policy waits. */
function breachesOfLateUse(
  { witness, organization }: Stage,
  { step }: Chapter,
  volumeId: string,
  call: SeenCall,
): string[] {
  const estate = witness.estateOf(call);
  const { minUnattachedDays: days } = volumePolicyIn(organization, step, call.accountId, 'removal');
  const from = new Date(call.at - days * DAY_MS);
  const until = new Date(call.at - METRICS_LATE_MILLISECONDS - FRESH_MILLISECONDS);
  const isUsed = estate?.wasAttached(volumeId, from, until) ?? true;
  return isUsed ? [`something had it within ${days} days`] : [];
}

function lastLook(
  chapter: Chapter,
  call: SeenCall,
  operation: string,
  volumeId: string,
): SeenCall | undefined {
  return chapter.calls.findLast(
    (one) =>
      one.number < call.number &&
      one.operation === operation &&
      one.accountId === call.accountId &&
      one.region === call.region &&
      (!(operation in BY_ID) || isBy(BY_ID[operation], one, volumeId)),
  );
}

/** What asks for some volumes by this filter: everything is listed for others than these. */
const BY_ID: Readonly<Record<string, string>> = {
  DescribeVolumes: 'volume-id',
  DescribeInstances: 'block-device-mapping.volume-id',
};

/** Not by a marker besides. */
function isBy(filter: string | undefined, { params }: SeenCall, volumeId: string): boolean {
  const names = [...params].flatMap(([name, value]) => (FILTER_NAME.test(name) ? [value] : []));
  return names.join() === filter && [...params.values()].includes(volumeId);
}
const FILTER_NAME = /^Filter\.\d+\.Name$/;

function breachesOfPolicy(
  stage: Stage,
  chapters: readonly Chapter[],
  change: Change,
  createTime: Date,
): string[] {
  const { step } = chapters.at(-1)!;
  const { call } = change;
  const policy = policyIn(stage.organization, step, call.accountId, 'removal');
  const age = call.at + CLOCK_TOLERANCE_MILLISECONDS - createTime.getTime();
  const isSeen = policy.graceDays === 0 || wasSeenStale(stage, chapters, change, policy.graceDays);
  return [
    ...(policy.neverRemove ? ['nothing may be removed in its account'] : []),
    ...(age >= policy.minAgeDays * DAY_MS ? [] : ['it is too young']),
    ...(isSeen ? [] : ['it is in grace']),
  ];
}

/** A whole copy, younger than all that was written on it; or somebody allowed that there is none. */
function breachesOfCopy(stage: Stage, chapter: Chapter, deletion: VolumeDeletion): string[] {
  const { call, volumeId, volume, copies, restorableUntil } = deletion;
  const { allowNoCopy } = volumePolicyIn(
    ...([stage.organization, chapter.step, call.accountId, 'removal'] as const),
  );
  if (volume.state === 'error') {
    return restorableUntil === undefined ? ['failed, and nothing brings it back'] : [];
  }
  const lost = lostSince(stage, volumeId, call.at - FRESH_MILLISECONDS);
  const isCopied = [...copies, ...lost].some((copy) => isWhole(stage, copy, call));
  return allowNoCopy || isCopied ? [] : ['no copy is left of it'];
}

/** A copy that an earlier execution made, and that nobody had heard of. */
function isOfEarlierTry(stage: Stage, { resourceId, made, at, ...place }: RemovalOutcome): boolean {
  const isOurs = stage.witness.volumes.made.some(
    ({ volumeId, snapshotId }) => volumeId === resourceId && snapshotId === made,
  );
  const copy = stage.witness.estateOf(place)?.snapshot(made ?? '');
  return isOurs && copy !== undefined && isWhole(stage, copy, { ...place, at: Date.parse(at) });
}

const NOTHING_DONE = ['NO_LONGER_STALE', 'PROTECTED', 'DENIED', 'NOT_ATTEMPTED', 'ALREADY_GONE'];

/** What is told of volumes is what was done to them. */
function breachesInOutcomesOfVolumes(stage: Stage, chapter: Chapter): string[] {
  const { summary, tampered, removals, executionId, volumeDeletions, madeCopies } = chapter;
  if (summary === null || tampered) return [];
  return removals
    .filter(({ kind }) => kind === KIND)
    .flatMap((told) => {
      const { resourceId: id, outcome, reasons, failure } = told;
      const isDeleted = volumeDeletions.some(({ volumeId }) => volumeId === id);
      const isCopied = madeCopies.some(({ volumeId }) => volumeId === id);
      const isGone = stage.witness.estateOf(told)?.volume(id) === undefined;
      const isUnsure = reasons.includes('ANSWER_LOST') || reasons.includes('OUTCOME_UNKNOWN');
      const is = `${executionId}: ${id} is ${[outcome, ...reasons].join(' ')}`;
      const breaches = [
        ...(outcome === 'REMOVED' && !isDeleted && !isGone ? ['and is there'] : []),
        ...(outcome === 'REMOVED' && isCopied ? ['and was copied'] : []),
        ...(outcome === 'STEP_DONE' && !isCopied && !isUnsure && !isOfEarlierTry(stage, told)
          ? ['and was not copied']
          : []),
        ...(outcome === 'STEP_DONE' && isDeleted ? ['and was deleted'] : []),
        ...(outcome === 'ALREADY_GONE' && !isGone ? ['and is there'] : []),
        ...(NOTHING_DONE.includes(outcome) && (isDeleted || isCopied) && failure === undefined
          ? ['and something was done']
          : []),
      ];
      return breaches.map((breach) => `${is}, ${breach}`);
    });
}
