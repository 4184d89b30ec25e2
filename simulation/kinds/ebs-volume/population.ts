import type { SimEstate, SimRhythm, SimVolume } from '../../model/organization.ts';
import { ruleTypeOf, type SimRetentionRule } from '../../model/recycle-bin.ts';
import { PerEstate } from '../../model/per-estate.ts';
import { DAY_MS } from '../../model/units.ts';
import { choose, fraction, hashKey } from '../../population/hash.ts';
import { idCodec } from '../../population/resource-ids.ts';
import type { SimTruth } from '../kind.ts';
import { replacementIdOf } from './needs.ts';
import { VOLUME_SITUATIONS, type VolumeSituation } from './situations.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

export const KIND = 'ebs-volume';
const SIZES_GIB = [8, 20, 50, 100, 200] as const;
/** Of each situation, the ids of so many things are its own. */
const IDS_PER_VOLUME = 4;
const MINUTE_MS = 60_000;

interface Made {
  readonly volumeId: string;
  readonly situation: VolumeSituation;
}

/** What was made up of volumes besides those that snapshots are of. */
const MADE = new PerEstate((estate): readonly Made[] => {
  const codec = idCodec('vol', keyOf(estate));
  const amount = estate.origin.amounts[KIND] ?? 0;
  return Array.from({ length: amount }, () => VOLUME_SITUATIONS)
    .flat()
    .map((situation, index) => ({ volumeId: codec.encode(index * IDS_PER_VOLUME), situation }));
});

/** Each situation as often as the scenario's amount says. */
export function populateVolumes(estate: SimEstate): void {
  for (const [index, { situation }] of MADE.of(estate).entries()) makeUp(estate, situation, index);
  estate.setRetentionRules([...estate.retentionRules(), ...volumeRules(estate)]);
}

/** What must become of them now: what an instance has at some hours of the day is in use then. */
export function* volumeTruths(estate: SimEstate): Generator<SimTruth> {
  for (const { volumeId, situation } of MADE.of(estate)) {
    const { name, verdict, reasons, hours, atThoseHours = reasons } = situation;
    const hour = estate.now().getUTCHours();
    const isThen = hours !== undefined && hour >= hours[0] && hour < hours[1];
    const truth = { resourceId: volumeId, verdict, situation: name };
    yield { ...truth, reasons: isThen ? atThoseHours : reasons };
  }
}

/** A StackSet rolls both rules out, so each is where the one for snapshots is. */
function volumeRules(estate: SimEstate): SimRetentionRule[] {
  const ofSnapshots = estate.retentionRules().filter((rule) => ruleTypeOf(rule) === 'EBS_SNAPSHOT');
  return ofSnapshots.map((rule) => ({
    ...rule,
    identifier: `v${rule.identifier.slice(1)}`,
    resourceType: 'EBS_VOLUME',
    retentionDays: Math.min(7, rule.retentionDays),
  }));
}

function keyOf({ origin: { seed }, accountId, region }: SimEstate) {
  return hashKey(seed, KIND, accountId, region);
}

function makeUp(estate: SimEstate, situation: VolumeSituation, index: number): void {
  const { ageDays = 400, attachment, volume: shape } = situation;
  const key = keyOf(estate);
  const volumes = idCodec('vol', key);
  const instances = idCodec('i', key);
  const volumeId = volumes.encode(index * IDS_PER_VOLUME);
  const instanceId = instances.encode(index * IDS_PER_VOLUME);
  // Away from the borders of a day.
  const hour = 0.1 + 0.4 * fraction(key, index, 1);
  const rhythm = rhythmOf(estate, situation, instanceId);
  const volume: SimVolume = {
    volumeId,
    sizeGiB: choose(SIZES_GIB, key, index, 2),
    state: 'available',
    createTime: before(estate, ageDays + hour),
    tags: { Name: `${situation.name}-${index}` },
    attachments: attachment === undefined ? [] : [{ ...attachment, device: '/dev/sdf' }],
    ...(rhythm && { rhythm }),
    ...shape,
  };
  estate.putVolume(volume);
  const volumeIds = [volumeId];
  if (situation.hours !== undefined)
    estate.putInstance({ instanceId, state: 'running', volumeIds });
  if (situation.besides?.by === 'instance') {
    const other = instances.encode(index * IDS_PER_VOLUME + 1);
    estate.putInstance({ instanceId: other, state: 'running', volumeIds });
  }
  makeUpBesides(estate, situation, {
    volume,
    instanceId,
    copyId: volumes.encode(index * IDS_PER_VOLUME + 1),
  });
}

function rhythmOf(
  estate: SimEstate,
  { hadUntilDaysAgo = 200, hours, attachment }: VolumeSituation,
  instanceId: string,
): SimRhythm | undefined {
  if (hours !== undefined) return { instanceId, hours };
  if (attachment !== undefined || hadUntilDaysAgo === null) return undefined;
  return { instanceId, until: before(estate, hadUntilDaysAgo) };
}

interface Besides {
  readonly volume: SimVolume;
  readonly instanceId: string;
  readonly copyId: string;
}

function makeUpBesides(
  estate: SimEstate,
  { besides }: VolumeSituation,
  { volume, instanceId, copyId }: Besides,
): void {
  const { volumeId } = volume;
  const { modifications, rootReplacements } = VOLUME_SURROUNDINGS.of(estate);
  if (besides?.by === 'modification') {
    const { state } = besides;
    // What goes on goes on for weeks: a large volume is optimized for longer than a day.
    const days = state === 'completed' ? 3 : -30;
    const optimizingFrom = before(estate, state === 'modifying' ? -30 : 4);
    const [startedAt, endedAt] = [before(estate, 5), before(estate, days)];
    modifications.set(volumeId, { volumeId, startedAt, optimizingFrom, endedAt });
  }
  if (besides?.by === 'root-replacement') {
    const taskId = replacementIdOf(volumeId);
    const startedAt = before(estate, besides.daysAgo);
    const endedAt = new Date(startedAt.getTime() + 5 * MINUTE_MS);
    const task = { taskId, instanceId, startedAt, endedAt, deletesReplacedVolume: false };
    rootReplacements.set(taskId, task);
  }
  if (besides?.by === 'copy') {
    const copy = { volumeId: copyId, sourceVolumeId: volumeId, state: 'creating' as const };
    const { rhythm: _, ...like } = volume;
    estate.putVolume({ ...like, ...copy, createTime: before(estate, 0), tags: {} });
  }
}

function before({ origin: { bornAt } }: SimEstate, days: number): Date {
  return new Date(bornAt.getTime() - days * DAY_MS);
}
