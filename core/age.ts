export const DAY_MS = 86_400_000;

/** Whole days since `startedAt` (ISO 8601); null when that isn't known. */
export function ageDaysAt(startedAt: string | null, now: Date): number | null {
  return startedAt === null ? null : Math.floor((now.getTime() - Date.parse(startedAt)) / DAY_MS);
}
