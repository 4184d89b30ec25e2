import { ebsSnapshots } from '../../../simulation/kinds/ebs-snapshot/index.ts';
import { leftoverTruths } from '../../../simulation/kinds/ebs-snapshot/leftovers.ts';
import type { SimEstate, SimOrganization } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { PUT_AMIS } from '../amis/made.ts';
import { seededFraction } from '../../../simulation/services/call/seeded.ts';

/** The AMI that AWS itself says a snapshot was made for. */
const MADE_FOR = /^(?:Created by CreateImage\(\S+\) for|Copied for DestinationAmi) (ami-[0-9a-f]+)/;

/** Of how many that an AMI of their own account left, another account or Region has one by that id. */
const ELSEWHERE = 0.25;
const IN_BIN = 0.5;
const DAY_MS = 86_400_000;
/** Ends between two executions, which are whole days apart. */
const KEPT_DAYS = 14.5;

export function imageIdOf({ description }: Pick<SimSnapshot, 'description'>): string | undefined {
  return MADE_FOR.exec(description)?.[1];
}

/** What AMIs left behind, or seem to have, in the estate of a trial that has such. */
export function leftoverIdsOf(estate: SimEstate): string[] {
  const made = [...leftoverTruths(estate)].map(({ resourceId }) => resourceId);
  return [...made, ...PUT_AMIS.of(estate).snapshotIds];
}

/** Besides what a simulated organization has: an AMI by that id in another account, or another Region. */
export function putAmisElsewhere(organization: SimOrganization, seed: number): void {
  const estates = organization.accounts.flatMap(({ id, regions }) =>
    regions.map(({ name }) => organization.estate(id, name)),
  );
  for (const [index, estate] of estates.entries()) {
    const other = estates[(index + 1) % estates.length];
    for (const { resourceId, verdict } of ebsSnapshots.truths?.(estate) ?? []) {
      const imageId = imageIdOf(estate.snapshot(resourceId) ?? { description: '' });
      const part = seededFraction(seed, 'elsewhere', estate.region, resourceId);
      if (imageId === undefined || verdict !== 'STALE' || other === undefined) continue;
      if (other === estate || part > ELSEWHERE) continue;
      if (part < ELSEWHERE * IN_BIN) putInBin(other, imageId);
      else putImage(other, imageId, []);
    }
  }
}

export function putImage(
  estate: SimEstate,
  imageId: string,
  snapshotIds: readonly string[],
  state: 'available' | 'pending' = 'available',
): void {
  const name = `of ${imageId}`;
  estate.putImage({ imageId, ownerId: estate.accountId, name, state, snapshotIds });
}

export function putInBin(estate: SimEstate, imageId: string, keptDays = KEPT_DAYS): void {
  const enterTime = estate.now();
  const exitTime = new Date(enterTime.getTime() + keptDays * DAY_MS);
  estate.putImageInRecycleBin({ imageId, name: imageId, description: '', enterTime, exitTime });
}
