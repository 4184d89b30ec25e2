import { SET_BROKEN } from '../../../core/plan/together/broken-sets.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { idsOf } from './needs.ts';

const SETS_OF_AN_ESTATE = 2;
/** Of those made here, and of what CreateImage makes of an instance with several volumes. */
const DESCRIPTION = /^set \d+ of i-0123456789abcdef0$|^Created by CreateImage\(\S+\) for ami-\w+$/;

/** Makes crash-consistent sets, of two each, of what nothing needs: of one moment and instance. */
export function makeSets(estate: SimEstate): void {
  const unneeded = [...estate.groundTruths()]
    .filter(({ verdict }) => verdict === 'STALE')
    .flatMap(({ snapshotId }) => estate.snapshot(snapshotId) ?? []);
  const ofVolumes = [...new Map(unneeded.map((one) => [one.volumeId, one])).values()];
  for (let number = 0; number < SETS_OF_AN_ESTATE; number += 1) {
    const [first, second] = ofVolumes.slice(2 * number);
    if (first === undefined || second === undefined) return;
    const shared = {
      startTime: first.startTime,
      description: `set ${number} of i-0123456789abcdef0`,
    };
    for (const member of [first, second]) estate.putSnapshot({ ...member, ...shared });
  }
}

/** No part of a set goes without the other, or all of it is told. */
export function breachesInSets(stage: Stage, chapter: Chapter): string[] {
  const { deletions, summary, removals, executionId, tampered, forged } = chapter;
  if (summary === null || tampered || forged !== null) return [];
  return deletions.flatMap(({ snapshotId, snapshot, call }) => {
    const estate = stage.witness.estateOf(call);
    if (estate === undefined || !DESCRIPTION.test(snapshot.description)) return [];
    const left = othersOf(estate, snapshot).filter((id) => !wasEverGone(stage, id));
    if (left.length === 0) return [];
    const told = removals.filter((one) => [snapshotId, ...left].includes(one.resourceId));
    // Where nobody knows whether the first one went, that is told instead.
    const isUnknown = told.some(
      (one) => one.resourceId === snapshotId && one.outcome !== 'REMOVED',
    );
    const isTold =
      told.length === left.length + 1 && told.every(({ reasons }) => reasons.includes(SET_BROKEN));
    return [
      ...(isTold || isUnknown ? [] : [`of its set ${left.join()} stays, and nobody says so`]),
      ...(summary.status === 'COMPLETE' ? ['COMPLETE, with a broken set'] : []),
    ].map((breach) => `${executionId} deleted ${snapshotId}: ${breach}`);
  });
}

/** Those of its set that are there when the execution has ended. */
function othersOf(estate: SimEstate, { snapshotId, description }: SimSnapshot): string[] {
  return idsOf(estate)
    .flatMap((id) => estate.snapshot(id) ?? [])
    .filter((one) => one.description === description && one.snapshotId !== snapshotId)
    .map((one) => one.snapshotId);
}

/** One that came back from the bin after the plan was made is in no plan (ADR 63). */
function wasEverGone({ witness }: Stage, id: string): boolean {
  return (
    witness.needs.goneSince.has(id) || witness.deletions.some(({ snapshotId }) => snapshotId === id)
  );
}
