import type { SimEstate, SimOrganization } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { ARCHETYPES } from '../../../simulation/population/archetypes/registry.ts';
import { buildOrganization, visibleTargets } from '../../../simulation/population/organization.ts';
import { badDayScenario } from '../../../simulation/scenarios/bad-day.ts';
import { DEFAULT_ORGANIZATION, defaultScenario } from '../../../simulation/scenarios/default.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const HOUR_MS = 3_600_000;

const estatesOf = (organization: SimOrganization): SimEstate[] =>
  visibleTargets(organization).map(({ accountId, region }) =>
    organization.estate(accountId, region),
  );

const DEFAULT_ESTATES = estatesOf(defaultScenario.build(NOW));
/** Every archetype there is, those not found yet and those only a plan finds included. */
const ALL_ESTATES = estatesOf(
  buildOrganization(
    {
      ...DEFAULT_ORGANIZATION,
      weights: Object.fromEntries(ARCHETYPES.map(({ name, weight }) => [name, weight || 1])),
    },
    NOW,
  ),
);
const truths = DEFAULT_ESTATES.flatMap((estate) => [...estate.groundTruths()]);

describe('the default scenario', () => {
  it('has every archetype that is on', () => {
    const met = new Set(truths.map(({ archetype }) => archetype));
    const on = ARCHETYPES.filter(({ weight }) => weight > 0);
    expect([...met].sort()).toEqual(on.map(({ name }) => name).sort());
  });

  it('has every verdict and reason there is to find', () => {
    const reasons = new Set(truths.flatMap((one) => one.reasons));
    expect([...reasons].sort()).toEqual(
      [
        'AMI_IN_RECYCLE_BIN',
        'FAST_RESTORE_ENABLED',
        'LOCKED',
        'ON_OUTPOST',
        'SHARED',
        'STORAGE_GATEWAY_VOLUME',
        'USED_BY_ECS',
        'USED_BY_LAUNCH_CONFIGURATION',
        'USED_BY_LAUNCH_TEMPLATE',
        'VOLUME_IN_RECYCLE_BIN',
        'COPY_ORIGIN_UNKNOWN',
        'IN_USE',
        'MANAGED_BY_AWS_BACKUP',
        'MANAGED_BY_DLM',
        'MANAGED_BY_DRS',
        'MANAGED_BY_KUBERNETES',
        'NOT_COMPLETED',
        'PROTECTED_BY_TAG',
        'TOO_YOUNG',
        'USED_BY_AMI',
        'VOLUME_MISSING',
        'VOLUME_NOT_ATTACHED',
      ].sort(),
    );
    expect(new Set(truths.map(({ verdict }) => verdict))).toEqual(new Set(['STALE', 'KEEP']));
  });

  it('has a few thousand snapshots, and more than one page of them somewhere', () => {
    expect(truths.length).toBeGreaterThan(2_000);
    expect(truths.length).toBeLessThan(10_000);
    const sizes = DEFAULT_ESTATES.map((estate) => [...estate.groundTruths()].length);
    expect(Math.max(...sizes)).toBeGreaterThan(1_000);
  });

  it('leaves every target under 80 percent stale, where nothing would be removed', () => {
    for (const estate of DEFAULT_ESTATES) {
      const all = [...estate.groundTruths()];
      const staleCount = all.filter(({ verdict }) => verdict === 'STALE').length;
      expect(staleCount / all.length).toBeLessThan(0.8);
    }
  });

  it('is what bad-day has too, id by id', () => {
    const idsOf = (estate: SimEstate | undefined) =>
      [...(estate?.groundTruths() ?? [])].map(({ snapshotId }) => snapshotId);
    expect(idsOf(estatesOf(badDayScenario.build(NOW))[0])).toEqual(idsOf(DEFAULT_ESTATES[0]));
  });
});

/**
 * The rule of the contract once more, told over the raw model in another way than orgsweep does,
 * to find an archetype whose truth doesn't fit its own situation.
 */
function expectedReasons(estate: SimEstate, snapshot: SimSnapshot): string[] {
  const volume = estate.volume(snapshot.volumeId);
  const hasTag = (pattern: RegExp) => Object.keys(snapshot.tags).some((tag) => pattern.test(tag));
  const until = snapshot.tags['orgsweep:keep-until'];
  const ageDays = (NOW.getTime() - snapshot.startTime.getTime()) / (24 * HOUR_MS);
  const isInUse = (volume?.attachments ?? []).some(({ instanceId }) => {
    const instance = instanceId === undefined ? undefined : estate.instance(instanceId);
    return instance === undefined || !['terminated', 'shutting-down'].includes(instance.state);
  });
  const images = estate.images(0, 1_000).items;
  const guards: [string, boolean][] = [
    ['IN_USE', isInUse],
    ['TOO_YOUNG', ageDays < 30],
    ['NOT_COMPLETED', snapshot.state !== 'completed'],
    ['USED_BY_AMI', images.some(({ snapshotIds }) => snapshotIds.includes(snapshot.snapshotId))],
    ['COPY_ORIGIN_UNKNOWN', /^vol-f+$/.test(snapshot.volumeId)],
    ['MANAGED_BY_AWS_BACKUP', hasTag(/^aws:backup:/)],
    ['MANAGED_BY_DLM', hasTag(/^(aws:dlm:|dlm:managed$)/)],
    ['MANAGED_BY_KUBERNETES', hasTag(/^(ebs\.csi\.aws\.com\/|CSIVolume|velero\.io\/)/)],
    ['MANAGED_BY_DRS', hasTag(/^AWSElasticDisasterRecovery/)],
    [
      'PROTECTED_BY_TAG',
      hasTag(/^(orgsweep:protect|Retain)$/) ||
        snapshot.tags.Backup === 'yes' ||
        (until !== undefined && new Date(until) > NOW),
    ],
  ];
  guards.push(...referenceGuards(estate, snapshot));
  const kept = guards.filter(([, holds]) => holds).map(([reason]) => reason);
  if (kept.length > 0) return kept;
  return [volume ? 'VOLUME_NOT_ATTACHED' : 'VOLUME_MISSING'];
}

/** As above, of what refers to the snapshot from further away. */
function referenceGuards(estate: SimEstate, snapshot: SimSnapshot): [string, boolean][] {
  const { snapshotId, volumeId, description, lockState } = snapshot;
  const fastRestores = estate.fastRestores(0, 1_000).items;
  const templates = estate.launchTemplates(0, 1_000).items;
  const configurations = estate.launchConfigurations(0, 1_000).items;
  const services = estate.ecsServices(0, 1_000).items;
  return [
    ['LOCKED', lockState !== undefined && lockState !== 'expired'],
    [
      'FAST_RESTORE_ENABLED',
      fastRestores.some((one) => one.snapshotId === snapshotId && !one.state.startsWith('disabl')),
    ],
    ['VOLUME_IN_RECYCLE_BIN', estate.volumeInRecycleBin(volumeId) !== undefined],
    [
      'AMI_IN_RECYCLE_BIN',
      estate
        .imagesInRecycleBin(0, 1_000)
        .items.some(({ imageId }) => description.endsWith(`for ${imageId}`)),
    ],
    ['SHARED', snapshot.public || snapshot.sharedWith.length > 0],
    ['HAS_PRODUCT_CODE', snapshot.productCodes.length > 0],
    ['ON_OUTPOST', snapshot.outpostArn !== undefined],
    [
      'USED_BY_LAUNCH_TEMPLATE',
      templates.some(({ versions }) =>
        versions.some(({ snapshotIds }) => snapshotIds.includes(snapshotId)),
      ),
    ],
    [
      'USED_BY_LAUNCH_CONFIGURATION',
      configurations.some(({ snapshotIds }) => snapshotIds.includes(snapshotId)),
    ],
    ['USED_BY_ECS', services.some(({ deployments }) => deployments.flat().includes(snapshotId))],
    [
      'STORAGE_GATEWAY_VOLUME',
      estate.gatewayVolumes(0, 1_000).items.some((one) => one.volumeId === volumeId),
    ],
  ];
}

describe('the ground truth', () => {
  it.each(ALL_ESTATES.map((estate) => [estate.accountId, estate.region, estate] as const))(
    'of %s %s fits what lies there',
    (_accountId, _region, estate) => {
      for (const truth of estate.groundTruths()) {
        const snapshot = estate.snapshot(truth.snapshotId);
        if (!snapshot) throw new Error(`${truth.snapshotId} is not there`);
        const reasons = expectedReasons(estate, snapshot);
        expect([truth.archetype, [...truth.reasons].sort()]).toEqual([
          truth.archetype,
          reasons.sort(),
        ]);
        const isStale = /^VOLUME_(MISSING|NOT_ATTACHED)$/.test(reasons[0] ?? '');
        expect(truth.verdict).toBe(isStale ? 'STALE' : 'KEEP');
      }
    },
  );

  it('hangs on no hour: no snapshot is near the border of a day, no size beyond its volume', () => {
    for (const estate of DEFAULT_ESTATES) {
      for (const snapshot of estate.snapshots(0, 2_000).items) {
        const intoDay = (NOW.getTime() - snapshot.startTime.getTime()) % (24 * HOUR_MS);
        expect(intoDay).toBeGreaterThan(HOUR_MS);
        expect(intoDay).toBeLessThan(23 * HOUR_MS);
        expect(snapshot.fullSizeBytes).toBeLessThanOrEqual(snapshot.volumeSizeGiB * 2 ** 30);
        expect(estate.volume(snapshot.volumeId)?.sizeGiB ?? Infinity).toBeGreaterThanOrEqual(
          snapshot.volumeSizeGiB,
        );
      }
    }
  });

  it('puts no reason that only an expensive or a closer look finds beside a cheaper one', () => {
    const alone = new Set([
      'AMI_IN_RECYCLE_BIN',
      'FAST_RESTORE_ENABLED',
      'HAS_PRODUCT_CODE',
      'SHARED',
      'STORAGE_GATEWAY_VOLUME',
      'USED_BY_ECS',
      'USED_BY_LAUNCH_CONFIGURATION',
      'USED_BY_LAUNCH_TEMPLATE',
      'VOLUME_IN_RECYCLE_BIN',
    ]);
    const all = ALL_ESTATES.flatMap((estate) => [...estate.groundTruths()]);
    const met = all.filter(({ reasons }) => reasons.some((reason) => alone.has(reason)));
    expect(new Set(met.flatMap(({ reasons }) => reasons))).toEqual(alone);
    expect(met.filter(({ reasons }) => reasons.length > 1)).toEqual([]);
  });

  it('has volumes of a Storage Gateway only in Regions that have the service', () => {
    const weights = { 'storage-gateway-volume': 50 };
    const organization = buildOrganization({ ...DEFAULT_ORGANIZATION, weights }, NOW);
    const withGateways = organization.serviceRegions('storagegateway');
    const found = estatesOf(organization).filter(
      (estate) => estate.gatewayVolumes(0, 10).items.length > 0,
    );
    expect(new Set(found.map(({ region }) => region))).toEqual(new Set(withGateways));
    expect(withGateways).not.toContain('ap-east-1');
  });

  it('covers volumes that are hidden unless managed resources are asked for', () => {
    const hidden = DEFAULT_ESTATES.flatMap((estate) =>
      estate.volumes(0, 1_000).items.filter(({ managedBy }) => managedBy !== undefined),
    );
    expect(hidden.length).toBeGreaterThan(5);
  });
});
