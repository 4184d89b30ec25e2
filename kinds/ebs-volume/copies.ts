import { z } from 'zod';
import { DAY_MS } from '../../core/model/age.ts';
import type { Observations } from '../../core/model/verdict.ts';
import type { EbsVolume, VolumeCopy } from './facts.ts';
import { isProvedByMetrics, unattachedSince } from './seen.ts';

/** So long a final copy has to stay, at least, to be relied on. */
const LEAST_DAYS_LEFT = 30;

/** Why a snapshot isn't a copy of its volume that can be relied on, whenever it was started. */
export const Lack = z.enum([
  'MARKED',
  'OF_AMI',
  'MANAGED',
  'OF_ANOTHER',
  'ENDS_SOON',
  'NOT_COMPLETED',
]);
export type Lack = z.infer<typeof Lack>;

/** @returns null: it is one, if it was started after the volume was attached last */
export function lackOf(copy: VolumeCopy, volumeId: string, now: Date): Lack | null {
  if (copy.isMarked) return 'MARKED';
  if (copy.isOfAmi) return 'OF_AMI';
  if (copy.isManaged) return 'MANAGED';
  if (copy.finalCopyOf !== null && copy.finalCopyOf !== volumeId) return 'OF_ANOTHER';
  if (copy.finalCopyOf !== null && !staysFor(copy, now)) return 'ENDS_SOON';
  return copy.state === 'completed' ? null : 'NOT_COMPLETED';
}

/** Whether it has all that the volume has: nothing that ran had the volume since. */
export function wasStartedSince({ startedAt }: Pick<VolumeCopy, 'startedAt'>, since: string) {
  return startedAt !== null && Date.parse(startedAt) > Date.parse(since);
}

/** The copies of a volume as it is now. */
export interface Copies {
  /** Final copies that orgsweep made, by their tags. */
  readonly own: readonly string[];
  /** Those that are being made. */
  readonly ownPending: readonly string[];
  readonly ofOthers: boolean;
}

/** @param seen at earlier looks */
export function copiesOf(volume: EbsVolume, seen: Observations, now: Date): Copies {
  const since = unattachedSince(volume, seen, now)?.since;
  const all = since === undefined ? [] : (volume.copies ?? []);
  const recent = all
    .filter((copy) => since !== undefined && wasStartedSince(copy, since))
    .map((copy) => ({ ...copy, lack: lackOf(copy, volume.volumeId, now) }));
  const whole = recent.filter(({ lack }) => lack === null);
  return {
    own: idsOf(whole.filter(({ finalCopyOf }) => finalCopyOf !== null)),
    // Between looks anything may have had it. Then only what this tool made for it is taken for one.
    ofOthers: isProvedByMetrics(volume) && whole.some(({ finalCopyOf }) => finalCopyOf === null),
    ownPending: idsOf(
      recent.filter(
        ({ lack, state, finalCopyOf }) =>
          lack === 'NOT_COMPLETED' && state === 'pending' && finalCopyOf !== null,
      ),
    ),
  };
}

function idsOf(copies: readonly VolumeCopy[]): string[] {
  return copies.map(({ snapshotId }) => snapshotId);
}

/** Nobody knows until when one without a date stays. */
function staysFor({ keepUntil }: VolumeCopy, now: Date): boolean {
  if (keepUntil === null) return false;
  return Date.parse(keepUntil) - now.getTime() >= LEAST_DAYS_LEFT * DAY_MS;
}
