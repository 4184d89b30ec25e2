import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { imageIdOf } from '../leftovers/made.ts';
import { goesForGoneAmi } from '../leftovers/gone-amis.ts';
import { KIND } from './laws.ts';
import { failedImageIdIn, PUT_AMIS } from './made.ts';
import { freedIn } from './money.ts';

/** How often what the laws about AMIs are about came up. */
export const AMI_CASES = [
  'an AMI was unused, and its snapshots are told with it, once',
  'two unused AMIs have one snapshot',
  'an unused AMI has a snapshot that one in use has as well',
  'an AMI that is in use elsewhere looked unused',
  'snapshots of several volumes went as their AMI is gone',
  'what an AMI in its mapping had held went after that was deregistered',
  'what CreateImage made went though the AMI is there that failed',
  'what was planned for its volume stayed, as its AMI went meanwhile',
] as const;
type AmiCase = (typeof AMI_CASES)[number];

function isOfFailed(estate: SimEstate | undefined, snapshotId: string): boolean {
  const snapshot = estate?.snapshot(snapshotId);
  return snapshot !== undefined && imageIdOf(snapshot) === failedImageIdIn(estate!);
}

export function amiCasesOf(
  { witness }: Stage,
  chapters: readonly Chapter[],
): Readonly<Record<AmiCase, number>> {
  const stale = chapters.flatMap(({ findings }) =>
    findings.filter(({ kind, verdict }) => kind === KIND && verdict === 'STALE'),
  );
  const freeing = stale.flatMap((one) => (one.frees ?? []).map((freed) => ({ ...freed, by: one })));
  const isStale = (id: string) => stale.some(({ resourceId }) => resourceId === id);
  const gone = chapters.flatMap((chapter) =>
    chapter.deletions
      .filter(({ snapshotId }) => goesForGoneAmi(chapter, snapshotId))
      .map((deletion) => ({ ...deletion, chapter })),
  );
  const others = (id: string, chapter: Chapter, description: string) =>
    chapter.deletions.filter(
      ({ snapshot, snapshotId }) => snapshotId !== id && snapshot.description === description,
    );
  const ofFailed = chapters.flatMap(({ deletions }) =>
    deletions.filter(({ call, snapshot }) => {
      const estate = witness.estateOf(call);
      return estate !== undefined && imageIdOf(snapshot) === failedImageIdIn(estate);
    }),
  );
  return {
    'an AMI was unused, and its snapshots are told with it, once': chapters.flatMap(freedIn).length,
    'two unused AMIs have one snapshot': freeing.filter(
      ({ holders }) => holders.length > 1 && holders.every(isStale),
    ).length,
    'an unused AMI has a snapshot that one in use has as well': freeing.filter(
      ({ holders }) => !holders.every(isStale),
    ).length,
    'an AMI that is in use elsewhere looked unused': stale.filter(
      ({ evidence }) => evidence.usedByOtherAccounts !== undefined,
    ).length,
    'snapshots of several volumes went as their AMI is gone': gone.filter(
      ({ snapshotId, snapshot, chapter }) =>
        others(snapshotId, chapter, snapshot.description).length > 0,
    ).length,
    'what an AMI in its mapping had held went after that was deregistered': gone.filter(
      ({ call, snapshotId }) => {
        const estate = witness.estateOf(call);
        const put = estate === undefined ? [] : [...PUT_AMIS.of(estate).images.values()];
        return put.some(({ snapshotIds }) => snapshotIds.includes(snapshotId));
      },
    ).length,
    'what CreateImage made went though the AMI is there that failed': ofFailed.length,
    'what was planned for its volume stayed, as its AMI went meanwhile': chapters.flatMap(
      (chapter) =>
        chapter.removals.filter(
          ({ resourceId, outcome, ...place }) =>
            outcome !== 'REMOVED' &&
            !goesForGoneAmi(chapter, resourceId) &&
            isOfFailed(witness.estateOf(place), resourceId) &&
            !witness.amis.at(failedImageIdIn(witness.estateOf(place)!), Infinity).length,
        ),
    ).length,
  };
}
