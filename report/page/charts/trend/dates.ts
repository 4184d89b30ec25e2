import { groupsByKey } from '../../../../core/model/group-by.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface DateLabel {
  readonly x: number;
  readonly text: string;
}

/**
 * Dates (UTC) below the runs: the last, and as many before it as have room. Times only where two
 * runs are of one day, and no label twice.
 *
 * @param times ascending
 */
export function dateLabels(
  times: readonly number[],
  x: (time: number) => number,
  betweenPx: number,
): DateLabel[] {
  const labels: DateLabel[] = [];
  const days = groupsByKey(times, dayOf);
  for (const time of times.toReversed()) {
    const isAlone = new Set((days.get(dayOf(time)) ?? []).map(timeOf)).size < 2;
    const text = isAlone ? dayOf(time) : `${dayOf(time)} ${timeOf(time)}`;
    const later = labels.at(-1);
    if (later !== undefined && (later.x - x(time) < betweenPx || later.text === text)) continue;
    labels.push({ x: x(time), text });
  }
  return labels.toReversed();
}

/** 21 Nov */
function dayOf(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

function timeOf(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}
