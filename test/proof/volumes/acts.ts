import { applyAct } from '../../../simulation/acts.ts';
import { volumeNeeds } from '../../../simulation/kinds/ebs-volume/needs.ts';
import { VOLUME_SURROUNDINGS } from '../../../simulation/kinds/ebs-volume/state.ts';
import type { SimEstate, SimVolume } from '../../../simulation/model/organization.ts';
import { ruleTypeOf } from '../../../simulation/model/recycle-bin.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';

const DAY_MS = 86_400_000;

/** What other users of an account do to a volume, or its copies, while orgsweep works. */
export const VOLUME_ACTS = [
  'attach',
  'detach',
  'scale its set up',
  'tag as of a cluster',
  'protect',
  'modify',
  'opt out',
  'copy',
  'delete',
  'restore',
  'let go of',
  'delete the copies of',
  'mark the copies of',
  'keep the copies longer of',
  'end the keep of the copies of',
  'forge a final copy of',
  'make an AMI of the copies of',
  'drop the rules of the bin beside',
] as const;
export type VolumeAct = (typeof VOLUME_ACTS)[number];

/** Of which volumes it can be done; deleted ones are those in the bin. */
export function victimsOf(kind: VolumeAct, estate: SimEstate): readonly string[] {
  if (kind === 'restore') return binnedVolumes(estate);
  const volumes = allVolumes(estate);
  const isNeeded = (volume: SimVolume) => Object.values(volumeNeeds(estate, volume)).flat().length;
  if (kind === 'detach' || kind === 'let go of')
    return volumes.filter(isNeeded).map(({ volumeId }) => volumeId);
  return volumes.filter((volume) => !isNeeded(volume)).map(({ volumeId }) => volumeId);
}

/** Carries it out; `number` tells the ids it makes up from those of other acts. */
export function actOnVolume(
  kind: VolumeAct,
  estate: SimEstate,
  volumeId: string,
  number: number,
): boolean {
  if (kind === 'restore') return restore(estate, volumeId);
  const volume = estate.volume(volumeId);
  if (volume === undefined) return false;
  const hex = String(number).padStart(16, '0');
  const copies = estate.snapshotsOfVolume(volumeId);
  const tag = (tags: Record<string, string>) => {
    estate.tagVolume(volumeId, { ...volume.tags, ...tags });
    return true;
  };
  const tagCopies = (tags: Record<string, string>) =>
    copies
      .map(({ snapshotId }) => applyAct(estate, { kind: 'tag-snapshot', snapshotId, tags }))
      .includes(true);
  switch (kind) {
    case 'attach':
      return applyAct(estate, { kind: 'attach-volume', volumeId, instanceId: `i-0${hex}` });
    case 'detach':
      return applyAct(estate, { kind: 'detach-volume', volumeId });
    case 'scale its set up':
      tag({ 'kubernetes.io/created-for/pvc/name': 'data-0' });
      return applyAct(estate, { kind: 'attach-volume', volumeId, instanceId: `i-0${hex}` });
    case 'tag as of a cluster':
      return tag({ 'kubernetes.io/cluster/red': 'owned' });
    case 'protect':
      return tag({ 'orgsweep:protect': 'mine' });
    case 'opt out':
      return tag({ 'exclude-from-compute-optimizer-automation': '' });
    case 'modify':
      return modify(estate, volumeId);
    case 'copy':
      return applyAct(estate, { kind: 'create-snapshot', snapshotId: `snap-0${hex}`, volumeId });
    case 'delete':
      return applyAct(estate, { kind: 'delete-volume', volumeId });
    case 'let go of':
      return letGo(estate, volume);
    case 'delete the copies of':
      return copies
        .map(({ snapshotId }) => applyAct(estate, { kind: 'delete-snapshot', snapshotId }))
        .includes(true);
    case 'mark the copies of':
      return tagCopies({ 'orgsweep:marked': 'true' });
    case 'keep the copies longer of':
      return tagCopies({ 'orgsweep:keep-until': dayOf(estate, 500) });
    case 'end the keep of the copies of':
      return tagCopies({ 'orgsweep:keep-until': dayOf(estate, -1) });
    case 'forge a final copy of':
      return forge(estate, volume, `snap-0${hex}`);
    case 'make an AMI of the copies of':
      return copies
        .map(({ snapshotId }, index) => {
          const imageId = `ami-${index}${hex}`;
          return applyAct(estate, { kind: 'register-image', imageId, snapshotIds: [snapshotId] });
        })
        .includes(true);
    case 'drop the rules of the bin beside':
      return dropRules(estate);
  }
}

export function allVolumes(estate: SimEstate): readonly SimVolume[] {
  return estate.volumes(0, Number.MAX_SAFE_INTEGER).items;
}

function binnedVolumes(estate: SimEstate): string[] {
  const { items } = estate.volumesInRecycleBin(0, Number.MAX_SAFE_INTEGER);
  return items.map(({ volumeId }) => volumeId);
}

function restore(estate: SimEstate, volumeId: string): boolean {
  const binned = estate.volumeInRecycleBin(volumeId);
  if (binned?.volume === undefined) return false;
  estate.takeVolumeOutOfRecycleBin(volumeId);
  estate.putVolume(binned.volume);
  return true;
}

function modify(estate: SimEstate, volumeId: string): boolean {
  const startedAt = estate.now();
  const endedAt = new Date(startedAt.getTime() + DAY_MS / 2);
  const { modifications } = VOLUME_SURROUNDINGS.of(estate);
  modifications.set(volumeId, { volumeId, startedAt, optimizingFrom: startedAt, endedAt });
  return true;
}

const NEEDED_BY_TAG = /kubernetes|eks|csi|ecs|^aws:backup|^AWS|^exclude|protect/i;

function letGo(estate: SimEstate, { volumeId, tags }: SimVolume): boolean {
  const left = Object.entries(tags).filter(([key]) => !NEEDED_BY_TAG.test(key));
  applyAct(estate, { kind: 'detach-volume', volumeId });
  estate.tagVolume(volumeId, Object.fromEntries(left));
  return true;
}

/** With all the tags that orgsweep's own has, and long over. */
function forge(estate: SimEstate, volume: SimVolume, snapshotId: string): boolean {
  const { volumeId } = volume;
  const isMade = applyAct(estate, { kind: 'create-snapshot', snapshotId, volumeId });
  const snapshot = estate.snapshot(snapshotId);
  if (!isMade || snapshot === undefined) return false;
  const forged: SimSnapshot = {
    ...snapshot,
    startTime: new Date(estate.now().getTime() - 120 * DAY_MS),
    tags: {
      'orgsweep:final-copy-of': volumeId,
      'orgsweep:request': '00000000-0000-0000-0000-000000000000',
      'orgsweep:keep-until': dayOf(estate, -30),
      'orgsweep:marked': 'true',
    },
  };
  estate.putSnapshot(forged);
  return true;
}

function dropRules(estate: SimEstate): boolean {
  const others = estate.retentionRules().filter((rule) => ruleTypeOf(rule) !== 'EBS_VOLUME');
  if (others.length === estate.retentionRules().length) return false;
  estate.setRetentionRules(others);
  return true;
}

function dayOf(estate: SimEstate, days: number): string {
  return new Date(estate.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
}
