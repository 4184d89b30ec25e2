import type { SimEstate, SimVolume } from '../../../simulation/model/organization.ts';
import type { Restored } from '../../../steps/restore/restored.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { count } from '../run/count.ts';
import { allVolumes } from './acts.ts';
import type { VolumeDeletion } from './record.ts';

const DAY_MS = 86_400_000;
/** As long as a final copy is kept for sure. */
const KEPT_DAYS = 89;

/** What a restore has to have done; each breach in words. */
type Promised = (told: readonly Restored[]) => string[];

/** What is promised of each volume that an execution deleted, as things are before its restore. */
export function promisesOf(stage: Stage, { executionId, volumeDeletions }: Chapter): Promised[] {
  return volumeDeletions.flatMap((deletion) => {
    const estate = stage.witness.estateOf(deletion.call);
    const promise = estate && promiseOf(stage, estate, deletion);
    if (promise === undefined) return [];
    return (told) => {
      const result = told.find(({ resourceId }) => resourceId === deletion.volumeId);
      count(stage.returned, result?.newId === undefined ? 'under its id' : 'made of its copy');
      const is = `restore of ${executionId}: ${deletion.volumeId}, told ${result?.result}`;
      return promise(result).map((breach) => `${is}: ${breach}`);
    };
  });
}

function promiseOf(stage: Stage, estate: SimEstate, deletion: VolumeDeletion) {
  const { volumeId, call, volume } = deletion;
  if (estate.volume(volumeId) !== undefined) return undefined;
  const binned = estate.volumeInRecycleBin(volumeId);
  if (binned?.enterTime.getTime() === call.at)
    return () => breachesOfReturn(estate.volume(volumeId), volume);
  const made = stage.witness.volumes.made.find((one) => one.volumeId === volumeId);
  const copy = made && estate.snapshot(made.snapshotId);
  if (copy === undefined || binned !== undefined) return undefined;
  const isPromised = estate.now().getTime() - made!.call.at < KEPT_DAYS * DAY_MS;
  if (!isPromised || copy.state !== 'completed') return undefined;
  return (told: Restored | undefined) => {
    const anew = allVolumes(estate).filter(({ snapshotId }) => snapshotId === copy.snapshotId);
    const [first] = anew;
    return [
      ...(anew.length === 1 ? [] : [`${anew.length} volumes were made of ${copy.snapshotId}`]),
      ...(told?.newId === first?.volumeId ? [] : [`its new id is told as ${told?.newId}`]),
      ...breachesOfReturn(first, volume),
    ];
  };
}

/** As it was, and protected. */
function breachesOfReturn(now: SimVolume | undefined, was: SimVolume): string[] {
  if (now === undefined) return ['it is not back'];
  const kept = Object.entries(was.tags).filter(([key]) => !/^(orgsweep:|aws:)/.test(key));
  const parts = ['sizeGiB', 'kmsKeyId'] as const;
  return [
    ...(Object.hasOwn(now.tags, 'orgsweep:protect') ? [] : ['it is not protected']),
    ...parts.filter((part) => now[part] !== was[part]).map((part) => `its ${part} is another`),
    ...((now.type ?? 'gp3') === (was.type ?? 'gp3') ? [] : [`it is ${now.type}`]),
    ...(was.iops === undefined || now.iops === was.iops ? [] : [`it has ${now.iops} IOPS`]),
    ...kept.filter(([key, value]) => now.tags[key] !== value).map(([key]) => `without tag ${key}`),
  ];
}
