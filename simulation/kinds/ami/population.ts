import type { SimImage } from '../../model/image.ts';
import type { SimEstate } from '../../model/organization.ts';
import { PerEstate } from '../../model/per-estate.ts';
import { DAY_MS } from '../../model/units.ts';
import { fraction, hashKey } from '../../population/hash.ts';
import { idCodec } from '../../population/resource-ids.ts';
import { PLACES } from '../ami-users/places.ts';
import type { SimTruth } from '../kind.ts';
import { AMI_SITUATIONS, type AmiSituation } from './situations.ts';

export const KIND = 'ami';
/** Of those that snapshots are of, so many for each of the scenario's amount are retired by now. */
const RETIRED = 3;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Away from those of the snapshots' own AMIs. */
const SCOPE = 'ami situations';

interface Made {
  readonly imageId: string;
  readonly situation: AmiSituation;
  /** Of several alike the how-manieth. */
  readonly round: number;
}

/** What was made up of AMIs besides those that snapshots are of. */
const MADE = new PerEstate((estate): readonly Made[] => {
  const codec = idCodec('ami', keyOf(estate));
  const rounds = Array.from({ length: estate.origin.amounts[KIND] ?? 0 }, (_, round) =>
    AMI_SITUATIONS.map((situation) => ({ situation, round })),
  );
  return rounds.flat().map((one, index) => ({ ...one, imageId: codec.encode(index) }));
});

/** AMIs that snapshots are of, and that nobody launches any more. */
const RETIRED_ONES = new PerEstate((estate): readonly SimImage[] => {
  const most = RETIRED * (estate.origin.amounts[KIND] ?? 0);
  const { items } = estate.images(0, 1_000);
  const launchable = items.filter(
    ({ state, snapshotIds }) => state === 'available' && snapshotIds.length > 0,
  );
  // One stays: the newest of their family.
  return launchable.slice(0, Math.min(most, Math.max(0, launchable.length - 1))).map((image) => ({
    ...image,
    createTime: before(estate, 900),
    lastLaunchedAt: before(estate, 300),
  }));
});

/** Each situation as often as the scenario's amount says. */
export function populateAmis(estate: SimEstate): void {
  const retired = RETIRED_ONES.of(estate);
  for (const image of retired) estate.putImage(image);
  for (const [index, made] of MADE.of(estate).entries()) makeUp(estate, made, { index, retired });
}

export function* amiTruths(estate: SimEstate): Generator<SimTruth> {
  for (const { imageId, situation } of MADE.of(estate)) {
    const { name, verdict, reasons } = situation;
    yield { resourceId: imageId, verdict, reasons, situation: name };
  }
  for (const { imageId } of RETIRED_ONES.of(estate))
    yield {
      ...{ resourceId: imageId, verdict: 'STALE', situation: 'retired' },
      reasons: ['AMI_NOT_LAUNCHED_SINCE'],
    };
}

function keyOf({ origin: { seed }, accountId, region }: SimEstate) {
  return hashKey(seed, SCOPE, accountId, region);
}

function makeUp(
  estate: SimEstate,
  { imageId, situation, round }: Made,
  { index, retired }: { readonly index: number; readonly retired: readonly SimImage[] },
): void {
  const { ageDays = 400, launchedDaysAgo = null, deprecatedDaysAgo, besides } = situation;
  // Away from the borders of a day.
  const hour = 0.1 + 0.4 * fraction(keyOf(estate), index, 1);
  const at = (days: number) => before(estate, days + hour);
  const shares = besides?.by === 'snapshots-of-retired' ? retired[besides.which] : undefined;
  estate.putImage({
    ...{ imageId, ownerId: estate.accountId, name: nameOf(situation, round) },
    state: 'available',
    snapshotIds: shares?.snapshotIds ?? [],
    createTime: at(ageDays),
    lastLaunchedAt: launchedDaysAgo === null ? null : at(launchedDaysAgo),
    ...(deprecatedDaysAgo !== undefined && { deprecatedAt: at(deprecatedDaysAgo) }),
    ...situation.image,
  });
  if (besides?.by === 'place') PLACES[besides.place].put(estate, imageId, index);
  if (besides?.by !== 'instance') return;
  const instanceId = idCodec('i', keyOf(estate)).encode(index);
  estate.putInstance({ instanceId, imageId, state: besides.state, volumeIds: [] });
}

/** No two AMIs of an account have the same name. Without a number it is of no family. */
function nameOf({ name, build = '' }: AmiSituation, round: number): string {
  const letters =
    round === 0
      ? ''
      : `-${LETTERS[round % LETTERS.length] ?? ''}`.repeat(1 + Math.floor(round / LETTERS.length));
  return `${name}${letters}${build}`;
}

function before({ origin: { bornAt } }: SimEstate, days: number): Date {
  return new Date(bornAt.getTime() - days * DAY_MS);
}
