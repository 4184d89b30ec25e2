// A process of its own, so that what the simulation costs isn't counted as orgsweep's. Serves an
// organization of the size in its first argument, says over IPC how to reach it, and answers any
// message with what it has counted. Ends when its parent does.
import { systemClock } from '../../../clock/clock.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimPage } from '../../../simulation/model/page.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import type { SimLaunchTemplate } from '../../../simulation/model/references.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { type ScenarioSize, sizedScenario } from '../../../simulation/scenarios/sized.ts';
import { DEFAULT_ROLE_NAMES, startSimulation } from '../../../simulation/server.ts';
import { cpuSeconds } from './cpu-seconds.ts';
import type { ServedOrganization, SimulationFigures, TargetTruth } from '../messages.ts';

const COUNTING_PAGE = 1000;

const scenario = sizedScenario(JSON.parse(process.argv[2] ?? '') as ScenarioSize);
const organization = scenario.build(systemClock.now());
const gatewayRegions = organization.serviceRegions('storagegateway');
const { endpoint, credentials, calls, close } = await startSimulation({
  organization,
  clock: systemClock,
  seed: scenario.seed,
});
process.on('message', () => process.send?.(countAll()));
process.on('disconnect', () => void close());
process.send?.({
  ...{ endpoint, credentials, input: scenario.input },
  accounts: organization.accounts.map(({ id, regions }) => ({
    roleArn:
      id === organization.hubAccountId
        ? null
        : `arn:aws:iam::${id}:role/${DEFAULT_ROLE_NAMES.discovery}`,
    regions: regions.map(({ name }) => name),
  })),
} satisfies ServedOrganization);

function countAll(): SimulationFigures {
  return {
    // First: counting what there is costs time, too.
    cpuSeconds: cpuSeconds(),
    calls: calls.total,
    throttled: calls.throttled,
    callsByTarget: calls.byTarget,
    storageGatewayRegions: gatewayRegions.length,
    truthByTarget: Object.fromEntries(
      visibleTargets(organization).map(({ accountId, region }) => [
        `${accountId}/${region}`,
        truthOf(organization.estate(accountId, region)),
      ]),
    ),
  };
}

function truthOf(estate: SimEstate): TargetTruth {
  const truths = [...estate.groundTruths()];
  const templates = [...all((from) => estate.launchTemplates(from, COUNTING_PAGE))];
  const services = [...all((from) => estate.ecsServices(from, COUNTING_PAGE))];
  return {
    snapshots: truths.length,
    stale: truths.filter(({ verdict }) => verdict === 'STALE').length,
    volumes: countOf((from) => estate.volumes(from, COUNTING_PAGE)),
    instances: countOf((from) => estate.instances(from, COUNTING_PAGE)),
    images: countOf((from) => estate.images(from, COUNTING_PAGE)),
    publicSnapshots: countOf((from) => estate.ownPublicSnapshots(from, COUNTING_PAGE)),
    archivedSnapshots: countOf((from) => estate.snapshots(from, COUNTING_PAGE), isArchived),
    lockedSnapshots: countOf((from) => estate.lockedSnapshots(from, COUNTING_PAGE)),
    fastRestores: countOf((from) => estate.fastRestores(from, COUNTING_PAGE)),
    volumesInRecycleBin: countOf((from) => estate.volumesInRecycleBin(from, COUNTING_PAGE)),
    imagesInRecycleBin: countOf((from) => estate.imagesInRecycleBin(from, COUNTING_PAGE)),
    launchTemplates: templates.length,
    versionsOfTemplatesWithOthers: templates.filter(hasOthers).map((one) => one.versions.length),
    launchConfigurations: countOf((from) => estate.launchConfigurations(from, COUNTING_PAGE)),
    servicesByCluster: estate
      .ecsClusters()
      .map((cluster) => services.filter(({ clusterName }) => clusterName === cluster).length),
    gatewayVolumes: gatewayRegions.includes(estate.region)
      ? countOf((from) => estate.gatewayVolumes(from, COUNTING_PAGE))
      : null,
    retentionRules: estate.retentionRules().length,
  };
}

function hasOthers({ versions, defaultVersion }: SimLaunchTemplate): boolean {
  return versions.slice(0, -1).some(({ number }) => number !== defaultVersion);
}

function isArchived({ storageTier }: SimSnapshot): boolean {
  return storageTier === 'archive';
}

function countOf<T>(list: (from: number) => SimPage<T>, counts?: (item: T) => boolean): number {
  let count = 0;
  for (const item of all(list)) if (counts?.(item) ?? true) count += 1;
  return count;
}

function* all<T>(list: (from: number) => SimPage<T>): Generator<T> {
  for (let from: number | null = 0; from !== null;) {
    const { items, next }: SimPage<T> = list(from);
    yield* items;
    from = next;
  }
}
