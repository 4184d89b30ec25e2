import { appliedPlanOf } from '../run/history.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { allFloors } from '../trial/floors.ts';
import type { Deletion } from '../laws/witness.ts';
import { OF_AN_AMI } from '../laws/needs.ts';
import type { SeenCall } from '../laws/seen-call.ts';
import { imageIdOf } from './made.ts';
import type { Whereabout } from './whereabouts.ts';

/** Whether it is to go as its AMI is gone: then it may be the last snapshot of its volume. */
export function goesForGoneAmi({ plan }: Pick<Chapter, 'plan'>, snapshotId: string): boolean {
  const planned = plan?.removals.find(({ resourceId }) => resourceId === snapshotId);
  return planned?.reasons.includes('AMI_GONE') === true;
}

/** Whether it is to stay all the same, as a deployment keeps the last copy of each volume that is known. */
export function isLastLeftoverKept(
  { step }: Pick<Chapter, 'step'>,
  { volumeId }: Deletion['snapshot'],
): boolean {
  const isKept = step.floors !== null && allFloors(step, 'removal').keepLastCopy;
  return isKept && !/^vol-f+$/.test(volumeId);
}

/**
 * What went as its AMI was gone: that was in no account and Region, in any state, and in no bin. In its own
 * account and Region by the last look there before the request; in the others, which are asked only before
 * the plan, where it was all the time since.
 */
export function breachesOfGoneAmi(
  stage: Stage,
  chapters: readonly Chapter[],
  deletion: Deletion,
): string[] {
  const { witness } = stage;
  const chapter = chapters.at(-1)!;
  const { snapshotId, snapshot, call } = deletion;
  const imageId = imageIdOf(snapshot);
  if (!goesForGoneAmi(chapter, snapshotId)) return breachesOfNotAsked(stage, chapter, deletion);
  if (imageId === undefined) return ['for the AMI that it was made for, and it names none'];
  const isOwn = ({ accountId, region }: { accountId: string; region: string }) =>
    accountId === call.accountId && region === call.region;
  const own = ownAtLastLook(stage, chapter, call, imageId);
  const before = chapters.findLast(
    ({ round, place, lane }) =>
      round < chapter.round && place === chapter.place && lane === chapter.lane,
  );
  const [first = call] = (appliedPlanOf(chapter.step, before) ?? chapter).calls;
  const others = witness.amis
    .throughout(imageId, first.number, call.number)
    .filter((one) => !isOwn(one));
  return [...own, ...others].map((one) => `as ${imageId} is gone, and it is in ${inWords(one)}`);
}

/** Where in its own account and Region the last look before a request shows an AMI. */
function ownAtLastLook(
  { witness }: Stage,
  { calls }: Chapter,
  { accountId, region, number }: SeenCall,
  imageId: string,
): Whereabout[] {
  const isOwn = (one: { accountId: string; region: string }) =>
    one.accountId === accountId && one.region === region;
  return [false, true].flatMap((isInBin) => {
    const look = calls.findLast(
      (one) => one.number < number && isOwn(one) && one.operation === (isInBin ? BIN : LISTING),
    );
    const there = look === undefined ? [] : witness.amis.at(imageId, look.number);
    return there.filter((one) => isOwn(one) && one.isInBin === isInBin);
  });
}

/**
 * What was planned for its volume, while its AMI was there, stays where that is gone by now: nobody asked
 * the other accounts whether they have it.
 */
function breachesOfNotAsked(
  stage: Stage,
  chapter: Chapter,
  { snapshot, call }: Deletion,
): string[] {
  const imageId = imageIdOf(snapshot);
  if (!stage.shape.amis || imageId === undefined || !OF_AN_AMI.test(snapshot.description))
    return [];
  const isThere = ownAtLastLook(stage, chapter, call, imageId).length > 0;
  return isThere ? [] : [`not for ${imageId}, which is gone, and nobody asked the others for it`];
}

const [LISTING, BIN] = ['DescribeImages', 'ListImagesInRecycleBin'];

function inWords({ accountId, region, isInBin }: Whereabout): string {
  return `${isInBin ? 'the bin of ' : ''}${accountId} ${region}`;
}
