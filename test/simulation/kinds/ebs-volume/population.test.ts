import { KIND } from '../../../../simulation/kinds/ebs-volume/population.ts';
import { VOLUME_SITUATIONS } from '../../../../simulation/kinds/ebs-volume/situations.ts';
import { VOLUME_SURROUNDINGS } from '../../../../simulation/kinds/ebs-volume/state.ts';
import { SIM_KINDS } from '../../../../simulation/kinds/registry.ts';
import type { SimEstate, SimVolume } from '../../../../simulation/model/organization.ts';
import { ACCOUNT, defaultScenario } from '../../../../simulation/scenarios/default.ts';
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
  const [with_, without] = [opened().estate, opened({}).estate];
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

/** Every reason to keep one that can be seen of a volume, from what the estate itself has. */
function reasonsToKeep(estate: SimEstate, volume: SimVolume): string[] {
  const now = estate.now();
  const { volumeId, tags, state } = volume;
  const lately = new Date(now.getTime() - 32 * DAY_MS);
  const { modifications, rootReplacements } = VOLUME_SURROUNDINGS.of(estate);
  const instances = estate.instances(0, 1_000).items;
  const modification = modifications.get(volumeId);
  const replacement = rootReplacements.get(volumeId.replace('vol-', 'replacevol-'));
  const reasons = {
    attachments: volume.attachments.length > 0,
    instances: instances.some(({ volumeIds }) => volumeIds.includes(volumeId)),
    metrics: volume.attachments.length === 0 && estate.wasAttached(volumeId, lately, now),
    multiAttach: volume.multiAttach === true,
    managed: volume.managedBy !== undefined,
    tags: Object.keys(tags).some((key) =>
      /^(kubernetes\.io\/|CSIVolume|ebs\.csi|KubernetesCluster|eks:|AmazonECS|aws:backup|AWSElastic|AWSApplication|exclude-|orgsweep:)/.test(
        key,
      ),
    ),
    modification: modification !== undefined && !((modification.endedAt ?? Infinity) <= now),
    replacement:
      replacement !== undefined && now.getTime() - replacement.startedAt.getTime() < 90 * DAY_MS,
    copy: volumesOf(estate).some(({ sourceVolumeId }) => sourceVolumeId === volumeId),
    outpost: volume.outpostArn !== undefined,
    zone: volume.availabilityZone !== undefined,
    creating: state === 'creating',
    young: now.getTime() - volume.createTime.getTime() < 30 * DAY_MS && state !== 'creating',
  };
  return Object.entries(reasons).flatMap(([name, holds]) => (holds ? [name] : []));
}

it('keeps each volume that is kept by one thing alone, and what is stale by none', () => {
  const { estate, clock } = opened();
  // At night.
  clock.advance(new Date('2026-12-01T23:00:00Z').getTime() - clock.now().getTime());
  for (const { resourceId, verdict, situation } of truthsOf(estate).values()) {
    const found = reasonsToKeep(estate, estate.volume(resourceId)!);
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
