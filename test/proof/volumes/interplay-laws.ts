import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { allVolumes } from './acts.ts';

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

/** No volume and all of its copies are in one plan. */
function breachesInPlan(stage: Stage, { plan, step }: Chapter): string[] {
  if (plan === null || step.ofVolumes.allowNoCopy) return [];
  const planned = new Set(plan.removals.map(({ resourceId }) => resourceId));
  const going = plan.removals.filter(({ kind, step: which }) => {
    return kind === 'ebs-volume' && which === 'delete';
  });
  return going.flatMap(({ resourceId, accountId, region, reasons }) => {
    const estate = stage.witness.estateOf({ accountId, region });
    const isThere = estate && allVolumes(estate).some(({ volumeId }) => volumeId === resourceId);
    const copies = estate?.snapshotsOfVolume(resourceId) ?? [];
    const isCopied = copies.some(({ snapshotId }) => !planned.has(snapshotId));
    const isLost = stage.witness.volumes.lost.some((one) => one.snapshot.volumeId === resourceId);
    return !isThere || isCopied || isLost || reasons.includes('VOLUME_FAILED')
      ? []
      : [`plans ${resourceId} and all of its copies`];
  });
}
