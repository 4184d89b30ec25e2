import type { SimVolume } from './volume.ts';
import { DAY_MS } from './units.ts';

const HOUR_MS = 3_600_000;

/** A time in which something that runs had a volume. */
export interface AttachedSpan {
  readonly from: number;
  /** Infinity: it goes on. */
  readonly to: number;
  readonly hours?: readonly [number, number];
}

/** The volume as it is at a moment. Its rhythm is left out: who changes it, ends it. */
export function volumeAsOf(volume: SimVolume, now: Date): SimVolume {
  const { readyFrom } = volume;
  if (readyFrom !== undefined && readyFrom > now) return { ...volume, state: 'creating' };
  if (volume.rhythm === undefined) return volume;
  const { rhythm, ...rest } = volume;
  const { instanceId } = rhythm;
  const time = now.getTime();
  const span = spanOfRhythm(volume, rhythm);
  if (!touches(span, time, time + 1)) return rest;
  const [hour] = rhythm.hours ?? [];
  const since = hour === undefined ? span.from : startOfDay(time) + hour * HOUR_MS;
  const attachTime = new Date(Math.max(span.from, since));
  const attachments = [{ instanceId, device: '/dev/sdf', state: 'attached' as const, attachTime }];
  return { ...rest, state: 'in-use', attachments };
}

/** @param isRunning of an instance, as far as is known */
export function attachedSpans(
  volume: SimVolume,
  isRunning: (instanceId: string) => boolean,
): readonly AttachedSpan[] {
  const fixed = volume.attachments.flatMap(({ instanceId, state, attachTime }) => {
    const runs = instanceId === undefined || isRunning(instanceId);
    if (!runs || state === 'attaching') return [];
    return [{ from: (attachTime ?? volume.createTime).getTime(), to: Infinity }];
  });
  return volume.rhythm === undefined ? fixed : [...fixed, spanOfRhythm(volume, volume.rhythm)];
}

export function touches({ from, to, hours }: AttachedSpan, start: number, end: number): boolean {
  const first = Math.max(from, start);
  const last = Math.min(to, end);
  if (first >= last) return false;
  if (hours === undefined) return true;
  for (let day = startOfDay(first); day < last; day += DAY_MS) {
    const [open, close] = hours.map((hour) => day + hour * HOUR_MS) as [number, number];
    if (Math.max(first, open) < Math.min(last, close)) return true;
  }
  return false;
}

function spanOfRhythm(
  { createTime }: SimVolume,
  { from = createTime, until, hours }: NonNullable<SimVolume['rhythm']>,
): AttachedSpan {
  const span = { from: from.getTime(), to: until?.getTime() ?? Infinity };
  return hours === undefined ? span : { ...span, hours };
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}
