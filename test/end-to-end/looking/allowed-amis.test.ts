import { PLACES } from '../../../simulation/kinds/ami-users/places.ts';
import type { SimImage } from '../../../simulation/model/image.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { withEstates } from '../../support/organizations/altered-estates.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { tinyId } from '../../support/organizations/tiny-organization.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';

const [MANY, SEEN] = [20, 6];
const idOf = (number: number) => tinyId('ami', number);
const leftBy = (number: number) => tinyId('snap', number);

/** An EC2 that hides an account's own AMIs too, but for the first ones: AWS documents that it doesn't. */
let shown = Infinity;
const SIZE = { accounts: 2, regions: 1, snapshotsPerTarget: 10, seed: 8 };
const SCENARIO = withEstates(steadyScenario(SIZE), (estate) => ({
  images: (from: number, limit: number) => {
    const page = estate.images(from, limit);
    const items: readonly SimImage[] = page.items.filter(({ imageId }) => !isHidden(imageId));
    return { ...page, items };
  },
}));
const isHidden = (imageId: string) =>
  Array.from({ length: MANY }, (_, index) => index + 1).some(
    (number) => number > shown && idOf(number) === imageId,
  );

let sweep: SimulatedSweep;
let estate: SimEstate;
afterEach(async () => sweep.close());

/** AMIs that nobody launches, each with a snapshot that was made for it, of which every other is named. */
async function open() {
  shown = Infinity;
  sweep = await openSimulatedSweep(SCENARIO, { kinds: ['ebs-snapshot', 'ami'] });
  const [account] = sweep.organization.accounts;
  const { id, regions } = account!;
  estate = sweep.organization.estate(id, regions[0]!.name);
  const before = (days: number) => new Date(estate.now().getTime() - days * 86_400_000);
  for (let number = 1; number <= MANY; number += 1) {
    const volumeId = tinyId('vol', 500 + number);
    estate.putSnapshot({
      ...{ snapshotId: leftBy(number), ownerId: id, volumeId, state: 'completed' },
      ...{ startTime: before(400), volumeSizeGiB: 8, fullSizeBytes: 2 ** 32, tags: {} },
      ...{ storageTier: 'standard', encrypted: false, public: false, sharedWith: [] },
      description: `Created by CreateImage(i-0123456789abcdef0) for ${idOf(number)}`,
      productCodes: [],
    });
    estate.putImage({
      ...{
        imageId: idOf(number),
        ownerId: id,
        name: `of-team-${'abcdefghijklmnopqrstuvwxyz'[number]}`,
      },
      ...{ state: 'available', snapshotIds: [leftBy(number)], createTime: before(400) },
      lastLaunchedAt: null,
    });
    if (number % 2 === 0) PLACES['launch-configuration'].put(estate, idOf(number), number);
  }
}

const ALL = { maxStalePercent: 100, maxStalePercentPerAccount: 100, maxStalePercentOverall: 100 };
const LEFT = Array.from({ length: MANY }, (_, index) => leftBy(index + 1));

async function run(mode: 'report' | 'delete') {
  const limits = ALL;
  const { findings, plan } = await sweep.run({ mode, limits, policy: { graceDays: 0 } });
  const isHere = ({ accountId }: { readonly accountId: string }) => accountId === estate.accountId;
  const amis = findings.filter(({ kind, ...one }) => kind === 'ami' && isHere(one));
  expect(amis.map(({ evidence }) => evidence['allowedAmis'])).toContain('enabled');
  return {
    verdicts: new Map(amis.map(({ resourceId, verdict }) => [resourceId, verdict])),
    removals: plan.removals.filter(isHere),
    held: plan.held.filter(isHere),
    isThere: (id: string) => estate.snapshot(id) !== undefined,
  };
}

// T22
it('fewer AMIs than usual holds the target', async () => {
  await open();
  const usual = await run('report');
  shown = SEEN;
  const now = await run('delete');
  expect(now.removals).toEqual([]);
  expect(LEFT.filter(now.isThere)).toEqual(LEFT);
  // What was made for those that are hidden looks left behind.
  const ofHidden = now.held.filter(({ resourceId }) => LEFT.includes(resourceId));
  expect(ofHidden.map(({ resourceId }) => resourceId).toSorted()).toEqual(LEFT.slice(SEEN));
  expect(now.held.filter(({ held }) => !held.includes('SANITY_FLOOR'))).toEqual([]);
  // What is seen of an AMI says what it said before, and nothing is said of one that isn't.
  const seen = [...usual.verdicts].slice(0, SEEN);
  expect([...now.verdicts]).toEqual(seen);
  expect(seen.map(([, verdict]) => verdict)).toEqual([
    ...['STALE', 'KEEP', 'STALE', 'KEEP', 'STALE', 'KEEP'],
  ]);
}, 60_000);
