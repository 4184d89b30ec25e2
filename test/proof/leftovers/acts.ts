import { applyAct } from '../../../simulation/acts.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { imageIdOf, leftoverIdsOf, putImage, putInBin } from './made.ts';

/** What other users of an account do to an AMI, or to what one left behind, while orgsweep works. */
export const LEFTOVER_ACTS = [
  'deregister its AMI',
  'deregister its AMI into the bin',
  'restore its AMI',
  'register another AMI of it',
  'copy it',
  'share it',
  'make an AMI of an instance',
  'finish the AMI',
] as const;
export type LeftoverAct = (typeof LEFTOVER_ACTS)[number];

/** What another user does to leftovers, just before the call of that number is answered. */
export interface LeftoverActShape {
  readonly operation: string;
  readonly call: number;
  readonly target: number;
  readonly kind: LeftoverAct;
  /** Position among those that it can be done to. */
  readonly victim: number;
}

/** Of which leftovers it can be done. */
export function leftoversFor(kind: LeftoverAct, estate: SimEstate): readonly string[] {
  return leftoversIn(estate)
    .filter((one) => {
      const imageId = imageIdOf(one) ?? '';
      const state = estate.image(imageId)?.state;
      if (kind === 'restore its AMI') return estate.imageInRecycleBin(imageId) !== undefined;
      if (kind === 'finish the AMI') return state === 'pending';
      const isOfImage = kind.startsWith('deregister');
      return isOfImage ? state !== undefined && state !== 'pending' : state === undefined;
    })
    .map(({ snapshotId }) => snapshotId);
}

/** Those that it began with, and those that others made since. */
function leftoversIn(estate: SimEstate): SimSnapshot[] {
  const own = leftoverIdsOf(estate).flatMap((id) => estate.snapshot(id) ?? []);
  const since = estate
    .snapshots(0, Number.MAX_SAFE_INTEGER)
    .items.filter(({ tags }) => Object.hasOwn(tags, MADE_MEANWHILE));
  return [...own, ...since];
}
const MADE_MEANWHILE = 'made-meanwhile';

/** Carries it out; `number` tells the ids it makes up from those of other acts. */
export function actOnLeftover(
  kind: LeftoverAct,
  estate: SimEstate,
  snapshotId: string,
  number: number,
): boolean {
  const snapshot = estate.snapshot(snapshotId);
  const imageId = snapshot && imageIdOf(snapshot);
  if (snapshot === undefined || imageId === undefined) return false;
  const hex = String(number).padStart(16, '0');
  switch (kind) {
    case 'deregister its AMI':
      return applyAct(estate, { kind: 'deregister-image', imageId });
    case 'deregister its AMI into the bin':
      putInBin(estate, imageId);
      return applyAct(estate, { kind: 'deregister-image', imageId });
    case 'restore its AMI':
      putInBin(estate, imageId, 0);
      putImage(estate, imageId, [snapshotId]);
      return true;
    case 'register another AMI of it':
      return applyAct(estate, {
        ...{ kind: 'register-image', imageId: `ami-0${hex}`, snapshotIds: [snapshotId] },
      });
    case 'copy it':
      return putAnother(estate, snapshot, {
        ...{ snapshotId: `snap-0${hex}`, volumeId: 'vol-ffffffff', transferType: 'standard' },
      });
    case 'share it':
      return applyAct(estate, {
        ...{ kind: 'share-snapshot', snapshotId, accountIds: ['999999999999'] },
      });
    case 'make an AMI of an instance':
      putImage(estate, `ami-0${hex}`, [], 'pending');
      return putAnother(estate, snapshot, {
        ...{ snapshotId: `snap-0${hex}`, volumeId: `vol-0${hex}`, startTime: estate.now() },
        description: `Created by CreateImage(i-0${hex}) for ami-0${hex}`,
      });
    case 'finish the AMI':
      putImage(estate, imageId, [snapshotId]);
      return true;
  }
}

function putAnother(estate: SimEstate, of: SimSnapshot, own: Partial<SimSnapshot>): boolean {
  const tags = { [MADE_MEANWHILE]: '' };
  estate.putSnapshot({ ...of, state: 'completed', sharedWith: [], ...own, tags });
  return true;
}
