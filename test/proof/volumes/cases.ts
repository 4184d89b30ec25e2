import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { isOverFinalCopy } from './final-copies.ts';

/** How often what a law is about came up: one whose case never comes proves nothing. */
export type Cases = Readonly<Record<CaseName, number>>;
export const CASE_NAMES = [
  'a final copy went by its date',
  'a copy was held as its volume leaves',
  'a volume leaves that has copies besides',
  'a volume and its final copy were both removed',
  'a step that makes a copy was planned, and another that saves',
  'money was saved, and other money in a bin still',
] as const;
type CaseName = (typeof CASE_NAMES)[number];

export function casesOf(stage: Stage, chapters: readonly Chapter[]): Cases {
  const { deletions, volumes } = stage.witness;
  const count = (holds: (chapter: Chapter) => boolean) => chapters.filter(holds).length;
  const over = deletions.filter((one) => isOverFinalCopy(stage, one));
  const gone = new Set(volumes.deletions.map(({ volumeId }) => volumeId));
  return {
    'a final copy went by its date': over.length,
    'a copy was held as its volume leaves': count(
      ({ plan }) =>
        plan?.held.some(({ held }) => held.includes('LAST_COPY_OF_REMOVED_VOLUME')) === true,
    ),
    'a volume leaves that has copies besides': volumes.deletions.filter(
      ({ copies }) => copies.length > 1,
    ).length,
    'a volume and its final copy were both removed': over.filter(({ snapshot }) =>
      gone.has(snapshot.volumeId),
    ).length,
    'a step that makes a copy was planned, and another that saves': count(
      ({ summary }) =>
        summary?.plan?.makes !== undefined && summary.plan.removalsMonthlyCostUsdUpTo > 0,
    ),
    'money was saved, and other money in a bin still': count(({ summary }) => {
      const saved = summary?.funnel?.saved;
      return (saved?.gone.resources ?? 0) > 0 && (saved?.inRecycleBin.resources ?? 0) > 0;
    }),
  };
}
