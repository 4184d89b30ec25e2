import { volumeNeeds } from '../../../../simulation/kinds/ebs-volume/needs.ts';
import { KIND } from '../../../../simulation/kinds/ebs-volume/population.ts';
import { VOLUME_SITUATIONS } from '../../../../simulation/kinds/ebs-volume/situations.ts';
import { SIM_KINDS } from '../../../../simulation/kinds/registry.ts';
import type { SimEstate, SimVolume } from '../../../../simulation/model/organization.ts';
import {
  ACCOUNT,
  DEFAULT_ORGANIZATION,
  defaultScenario,
} from '../../../../simulation/scenarios/default.ts';
import { emptyScenario } from '../../../../simulation/scenarios/empty.ts';
import { makeManualClock, NOW } from '../../../support/manual-clock.ts';

const DAY_MS = 86_400_000;
const { truths } = SIM_KINDS.find(({ name }) => name === KIND)!;

const opened = (amounts?: Record<string, number>) => {
  const organization = defaultScenario.build(NOW, amounts);
  const clock = makeManualClock();
  organization.followClock(clock);
  return { clock, estate: organization.estate(ACCOUNT.prodShop, 'eu-west-1') };
};
const truthsOf = (estate: SimEstate) =>
  new Map([...truths!(estate)].map((truth) => [truth.situation, truth]));

function volumesOf(estate: SimEstate): SimVolume[] {
  const found: SimVolume[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page = estate.volumes(from, 1_000);
    found.push(...page.items);
    from = page.next;
  }
  return found;
}

it('has each situation once in every target of the default organization, and none in the empty one', () => {
  const { estate } = opened();
  expect([...truthsOf(estate).keys()].toSorted()).toEqual(
    VOLUME_SITUATIONS.map(({ name }) => name).toSorted(),
  );
  const volumes = new Map(volumesOf(estate).map((volume) => [volume.volumeId, volume]));
  for (const { resourceId } of truthsOf(estate).values())
    expect(volumes.has(resourceId)).toBe(true);
  const empty = emptyScenario.build(NOW);
  const { id } = empty.accounts[0]!;
  const region = empty.allRegions[0]!;
  expect([...truths!(empty.estate(id, region))]).toEqual([]);
  expect(volumesOf(empty.estate(id, region))).toEqual([]);
});

it('changes no snapshot, nor any volume that snapshots are of', () => {
  const others = { ...DEFAULT_ORGANIZATION.amounts, [KIND]: 0 };
  const [with_, without] = [opened().estate, opened(others).estate];
  expect(with_.snapshots(0, 1_000)).toEqual(without.snapshots(0, 1_000));
  const before = volumesOf(without);
  expect(volumesOf(with_).slice(0, before.length)).toEqual(before);
  expect([...with_.groundTruths()]).toEqual([...without.groundTruths()]);
  const made = [...truthsOf(with_).values()].map(({ resourceId }) => resourceId);
  expect(made.flatMap((id) => with_.snapshotsOfVolume(id))).toEqual([]);
});

it('is the same for the same seed, and other ids in another target', () => {
  const ids = (region: string) => {
    const estate = defaultScenario.build(NOW).estate(ACCOUNT.prodShop, region);
    return [...truths!(estate)].map(({ resourceId }) => resourceId);
  };
  expect(ids('eu-west-1')).toEqual(ids('eu-west-1'));
  const others = new Set(ids('us-east-1'));
  expect(ids('eu-west-1').filter((id) => others.has(id))).toEqual([]);
});

/** What keeps it, as far as need goes; youth and protection are no need of their own. */
function needsOf(estate: SimEstate, volume: SimVolume): string[] {
  const young = estate.now().getTime() - volume.createTime.getTime() < 30 * DAY_MS;
  const found = Object.values(volumeNeeds(estate, volume)).flat();
  return young && volume.state !== 'creating' ? [...found, 'young'] : found;
}

it('keeps each volume that is kept by one thing alone, and what is stale by none', () => {
  const { estate, clock } = opened();
  // At night.
  clock.advance(new Date('2026-12-01T23:00:00Z').getTime() - clock.now().getTime());
  for (const { resourceId, verdict, situation } of truthsOf(estate).values()) {
    const found = needsOf(estate, estate.volume(resourceId)!);
    // Young ones were made within ten days before the clock moved.
    expect([situation, found.length]).toEqual([situation, verdict === 'KEEP' ? 1 : 0]);
  }
});

it('is in use by day what is unattached by night', () => {
  const { estate, clock } = opened();
  const reasonsAt = (time: string) => {
    clock.advance(new Date(time).getTime() - clock.now().getTime());
    const { resourceId, reasons } = truthsOf(estate).get('attached-by-day')!;
    return [reasons, estate.volume(resourceId)!.state];
  };
  expect(reasonsAt('2026-12-01T12:00:00Z')).toEqual([['IN_USE'], 'in-use']);
  expect(reasonsAt('2026-12-01T23:00:00Z')).toEqual([['ATTACHED_LATELY'], 'available']);
});
