import type { SimEstate, SimVolume } from '../../model/organization.ts';
import { DAY_MS } from '../../model/units.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

/** As long after it was attached last, somebody may want it again. */
const LATELY_DAYS = 32;
const FALLBACK_DAYS = 90;

type Need = (estate: SimEstate, volume: SimVolume) => readonly string[];

const byAttachment: Need = (_, { attachments }) =>
  attachments.map(
    ({ instanceId, associatedResource, state }) =>
      `${state} to ${instanceId ?? associatedResource ?? 'a service'}`,
  );

const byInstance: Need = (estate, { volumeId }) => {
  const found: string[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page = estate.instances(from, 1_000);
    for (const { instanceId, volumeIds } of page.items)
      if (volumeIds.includes(volumeId)) found.push(`${instanceId} names it`);
    from = page.next;
  }
  return found;
};

/** Attached at any time of the last 32 days, whatever was seen of it. */
const byLateUse: Need = (estate, { volumeId, attachments }) => {
  const now = estate.now();
  const from = new Date(now.getTime() - LATELY_DAYS * DAY_MS);
  return attachments.length === 0 && estate.wasAttached(volumeId, from, now)
    ? [`attached within ${LATELY_DAYS} days`]
    : [];
};

/** Clusters, services and people say in tags that a volume is theirs. */
const byTag: Need = (_, { tags }) =>
  Object.keys(tags)
    .filter((key) => TAGS.test(key))
    .map((key) => `the tag ${key}`);

const TAGS =
  /^(kubernetes\.io\/|CSIVolumeName$|ebs\.csi\.aws\.com\/|KubernetesCluster$|eks:|AmazonECS(Managed|Created)$|aws:backup:|AWSElasticDisasterRecovery|AWSApplicationMigrationService|exclude-from-compute-optimizer-automation$|orgsweep:protect$)/;

const byService: Need = (_, { managedBy }) => (managedBy === undefined ? [] : [managedBy]);

const byModification: Need = (estate, { volumeId }) => {
  const modification = VOLUME_SURROUNDINGS.of(estate).modifications.get(volumeId);
  if (modification === undefined) return [];
  const { endedAt } = modification;
  return endedAt === undefined || endedAt > estate.now() ? ['a modification'] : [];
};

/** Only the simulation knows which volume it was. */
const byReplacement: Need = (estate, { volumeId }) => {
  const { rootReplacements } = VOLUME_SURROUNDINGS.of(estate);
  const replacement = rootReplacements.get(replacementIdOf(volumeId));
  if (replacement === undefined) return [];
  const days = (estate.now().getTime() - replacement.startedAt.getTime()) / DAY_MS;
  return days < FALLBACK_DAYS ? [`fallback of ${replacement.instanceId}`] : [];
};

const byCopy: Need = (estate, { volumeId }) => {
  const found: string[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page = estate.volumes(from, 1_000);
    for (const copy of page.items)
      if (copy.sourceVolumeId === volumeId && copy.state === 'creating')
        found.push(`${copy.volumeId} is being made of it`);
    from = page.next;
  }
  return found;
};

/** Meant for several at once, elsewhere than in the Region itself, or not ready. */
const byItself: Need = (_, { multiAttach, outpostArn, availabilityZone, state }) => [
  ...(multiAttach === true ? ['Multi-Attach'] : []),
  ...(outpostArn === undefined ? [] : ['an Outpost']),
  ...(availabilityZone?.includes('-wl') ? ['a Wavelength Zone'] : []),
  ...(state === 'creating' ? ['being made'] : []),
];

const NEEDS = {
  attachments: byAttachment,
  instances: byInstance,
  'late use': byLateUse,
  tags: byTag,
  service: byService,
  modification: byModification,
  'root replacement': byReplacement,
  copies: byCopy,
  itself: byItself,
} satisfies Record<string, Need>;

/** Where a need of a volume shows. */
export type VolumeNeedSource = keyof typeof NEEDS;

/**
 * Who needs the volume at this instant, by where it shows: told from the estate's own state, without
 * orgsweep's opinion, policy or listings.
 */
export function volumeNeeds(
  estate: SimEstate,
  volume: SimVolume,
): Readonly<Record<VolumeNeedSource, readonly string[]>> {
  const needs = Object.entries(NEEDS).map(([source, need]) => [source, need(estate, volume)]);
  return Object.fromEntries(needs) as Record<VolumeNeedSource, readonly string[]>;
}

/** The task that replaced a root volume is kept under an id that follows from it. */
export function replacementIdOf(volumeId: string): string {
  return volumeId.replace('vol-', 'replacevol-');
}
