import { imageIdOf } from './made.ts';
import { goesForGoneAmi } from './gone-amis.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';

/** How often what the law about leftovers is about came up. */
export const LEFTOVER_CASES = [
  'what CreateImage made went as its AMI is gone',
  'what CopyImage made went as its AMI is gone',
  'the last snapshot of a volume went as its AMI is gone',
  'another account or Region has the AMI',
  'its AMI came back, or another one was made of it, before it went',
] as const;
type LeftoverCase = (typeof LEFTOVER_CASES)[number];

export function leftoverCasesOf(
  { witness }: Stage,
  chapters: readonly Chapter[],
): Readonly<Record<LeftoverCase, number>> {
  const gone = chapters.flatMap((chapter) =>
    chapter.deletions.filter(({ snapshotId }) => goesForGoneAmi(chapter, snapshotId)),
  );
  const isCopied = ({ snapshot }: (typeof gone)[number]) =>
    snapshot.description.startsWith('Copied for');
  const created = gone.filter((one) => !isCopied(one));
  const last = created.filter(
    ({ snapshotId, snapshot, call }) =>
      witness.needs.otherCopies(snapshotId).length === 0 &&
      witness.estateOf(call)?.snapshotsOfVolume(snapshot.volumeId).length === 0,
  );
  const held = chapters.flatMap(({ plan }) => plan?.held ?? []);
  const stayed = chapters.flatMap((chapter) =>
    chapter.removals.filter(
      ({ resourceId, outcome }) =>
        outcome === 'NO_LONGER_STALE' && goesForGoneAmi(chapter, resourceId),
    ),
  );
  return {
    'what CreateImage made went as its AMI is gone': created.length,
    'what CopyImage made went as its AMI is gone': gone.length - created.length,
    'the last snapshot of a volume went as its AMI is gone': last.length,
    'another account or Region has the AMI': held.filter(
      ({ held: reasons, resourceId, accountId, region }) =>
        reasons.includes('USED_BY_ANOTHER_ACCOUNT') &&
        imageIdOf(
          witness.estateOf({ accountId, region })?.snapshot(resourceId) ?? { description: '' },
        ) !== undefined,
    ).length,
    'its AMI came back, or another one was made of it, before it went': stayed.length,
  };
}
