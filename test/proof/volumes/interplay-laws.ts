import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { volumePolicyIn } from '../trial/policy.ts';
import { isWhole, lostSince } from './whole-copy.ts';

const SHARED = ['DescribeVolumes', 'DescribeInstances'];

/** What has to hold between the kinds; each breach in words. */
export function breachesInInterplay(stage: Stage, chapter: Chapter): string[] {
  if (!stage.shape.volumes) return [];
  return [
    ...breachesInOrder(chapter),
    ...breachesInListings(chapter),
    ...breachesInPlan(stage, chapter),
  ].map((breach) => `${chapter.executionId}: ${breach}`);
}

/** In each place, the copies go after all that is done to volumes. */
function breachesInOrder({ deletions, volumeDeletions, madeCopies, crashed }: Chapter): string[] {
  // What a function left open when it died, the next one settles first.
  if (crashed) return [];
  const onVolumes = [...volumeDeletions, ...madeCopies];
  return deletions.flatMap(({ call, snapshotId }) =>
    onVolumes
      .filter(
        ({ call: other }) =>
          other.accountId === call.accountId &&
          other.region === call.region &&
          other.number > call.number,
      )
      .map(({ volumeId }) => `${volumeId} came after ${snapshotId}`),
  );
}

/** What both kinds read is asked for once, in each place, where nothing has to be tried again. */
function breachesInListings({ calls, targets, plannedAt, crashed, step }: Chapter): string[] {
  if (crashed || step.faults.length > 0) return [];
  const isComplete = (call: { accountId: string; region: string }) =>
    targets.some(
      ({ accountId, region, status }) =>
        accountId === call.accountId && region === call.region && status === 'COMPLETE',
    );
  const whole = calls.filter(
    ({ operation, params, at }) =>
      SHARED.includes(operation) &&
      at < plannedAt &&
      ![...params.keys()].some((key) => /^(NextToken|Filter|VolumeId|InstanceId)/.test(key)),
  );
  const names = whole
    .filter(isComplete)
    .map(({ operation, accountId, region }) => [operation, accountId, region].join(' '));
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `${name} was asked twice`);
}

/** No plan has a volume and all that holds what is on it, whatever the policy says of last copies. */
function breachesInPlan(stage: Stage, chapter: Chapter): string[] {
  const { plan, step } = chapter;
  const planned = new Set(plan?.removals.map(({ resourceId }) => resourceId));
  return leavingIn(chapter).flatMap(({ resourceId, accountId, region }) => {
    const instant = { accountId, region, at: chapter.plannedAt };
    const copies = copiesAtPlan(stage, chapter, { resourceId, accountId, region });
    const whole = copies.filter((copy) => isWhole(stage, copy, instant, 'COUNTS'));
    if (whole.some(({ snapshotId }) => !planned.has(snapshotId))) return [];
    if (whole.length > 0) return [`plans ${resourceId} and all of its copies`];
    const { allowNoCopy } = volumePolicyIn(stage.organization, step, accountId, 'plan');
    return allowNoCopy ? [] : [`plans ${resourceId}, of which there is no copy`];
  });
}

/** Volumes that a plan deletes. */
function leavingIn({ plan }: Chapter) {
  return (plan?.removals ?? []).filter(({ kind, step }) => {
    return kind === 'ebs-volume' && step === 'delete';
  });
}

/** What there was of a volume while the plan was made, whatever became of it since. */
function copiesAtPlan(
  stage: Stage,
  { plannedAt, calls }: Chapter,
  of: { readonly resourceId: string; readonly accountId: string; readonly region: string },
): SimSnapshot[] {
  const { witness } = stage;
  const { resourceId: volumeId } = of;
  const deleted = witness.deletions.filter(
    ({ call, snapshot }) => snapshot.volumeId === volumeId && call.at >= plannedAt,
  );
  return [
    ...(witness.estateOf(of)?.snapshotsOfVolume(volumeId) ?? []),
    ...deleted.map(({ snapshot }) => snapshot),
    ...lostSince(stage, volumeId, calls[0]?.at ?? plannedAt),
  ];
}
