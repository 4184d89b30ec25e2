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
  ...(['beside another execution', 'while a file was forged', 'by a wrong clock'] as const),
  ...(['under floors', 'by a policy of its account', 'in an execution that died'] as const),
  'where looks are enough',
] as const;
type CaseName = (typeof CASE_NAMES)[number];

export function casesOf(stage: Stage, chapters: readonly Chapter[]): Cases {
  const { deletions, volumes } = stage.witness;
  const count = (holds: (chapter: Chapter) => boolean) => chapters.filter(holds).length;
  const over = deletions.filter((one) => isOverFinalCopy(stage, one));
  const gone = new Set(volumes.deletions.map(({ volumeId }) => volumeId));
  const onVolumes = (holds: (chapter: Chapter) => boolean) =>
    chapters
      .filter(holds)
      .reduce(
        (sum, { volumeDeletions, madeCopies }) => sum + volumeDeletions.length + madeCopies.length,
        0,
      );
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
    'beside another execution': onVolumes(({ step }) => step.beside !== null),
    'while a file was forged': onVolumes(({ forged }) => forged !== null),
    'by a wrong clock': onVolumes(({ clockMinutes }) => clockMinutes > 0),
    'under floors': count(({ step, plan }) => step.floors !== null && isAbout(plan)),
    'by a policy of its account': onVolumes(({ step }) => step.override !== null),
    'in an execution that died': count(({ crashed, plan }) => crashed && isAbout(plan)),
    'where looks are enough': onVolumes(({ step }) => step.ofVolumes.volumeEvidence === 'history'),
  };
}

/** Whether it decided about volumes. */
function isAbout(plan: Chapter['plan']): boolean {
  return [...(plan?.removals ?? []), ...(plan?.held ?? [])].some(
    ({ kind }) => kind === 'ebs-volume',
  );
}
