import { z } from 'zod';

export const DAY_MS = 86_400_000;

/** Whole days since `startedAt` (ISO 8601); null when that isn't known. */
export function ageDaysAt(startedAt: string | null, now: Date): number | null {
  return startedAt === null ? null : Math.floor((now.getTime() - Date.parse(startedAt)) / DAY_MS);
}

/** Ages as people speak of them; each band begins with its first day. */
export const AgeBand = z.enum([
  'UNDER_30_DAYS',
  'FROM_30_DAYS',
  'FROM_90_DAYS',
  'FROM_180_DAYS',
  'FROM_1_YEAR',
  'FROM_2_YEARS',
  'FROM_3_YEARS',
  'FROM_5_YEARS',
  'NOT_KNOWN',
]);
export type AgeBand = z.infer<typeof AgeBand>;

const FIRST_DAY_OF_BAND: readonly (readonly [AgeBand, number])[] = [
  ['FROM_5_YEARS', 5 * 365],
  ['FROM_3_YEARS', 3 * 365],
  ['FROM_2_YEARS', 2 * 365],
  ['FROM_1_YEAR', 365],
  ['FROM_180_DAYS', 180],
  ['FROM_90_DAYS', 90],
  ['FROM_30_DAYS', 30],
];

export function ageBandOf(ageDays: number | null): AgeBand {
  if (ageDays === null) return 'NOT_KNOWN';
  return FIRST_DAY_OF_BAND.find(([, first]) => ageDays >= first)?.[0] ?? 'UNDER_30_DAYS';
}
