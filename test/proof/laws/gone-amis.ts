import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { allFloors } from '../trial/floors.ts';
import type { Deletion } from './witness.ts';

/** The AMI that AWS itself says a snapshot was made for. */
const MADE_FOR = /^(?:Created by CreateImage\(\S+\) for|Copied for DestinationAmi) (ami-[0-9a-f]+)/;

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

/** What went as its AMI was gone: that is in no account and Region, in any state, and in no bin. */
export function breachesOfGoneAmi(stage: Stage, chapter: Chapter, deletion: Deletion): string[] {
  const { snapshotId, snapshot } = deletion;
  if (!goesForGoneAmi(chapter, snapshotId)) return [];
  const [, imageId] = MADE_FOR.exec(snapshot.description) ?? [];
  if (imageId === undefined) return ['for the AMI that it was made for, and it names none'];
  const { witness, organization } = stage;
  return organization.accounts.flatMap(({ id, regions }) =>
    regions.flatMap(({ name }) => {
      const estate = witness.estateOf({ accountId: id, region: name });
      const isThere =
        estate?.image(imageId) !== undefined || estate?.imageInRecycleBin(imageId) !== undefined;
      return isThere ? [`as ${imageId} is gone, and it is in ${id} ${name}`] : [];
    }),
  );
}
