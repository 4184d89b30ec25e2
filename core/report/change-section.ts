import type {
  ChangedResource,
  Failing,
  FailingRemoval,
  FailingTarget,
  StaleChange,
  TrendPoint,
} from '../change.ts';
import type { Summary } from '../summary.ts';
import { groupBy } from './group-by.ts';
import { hasRemoved } from './has-removed.ts';
import { cut } from './layout.ts';
import { day } from './moment.ts';
import { formatCount, formatSize, formatNoun } from './money.ts';
import { placeInWords } from './place.ts';
import { reasonsInWords } from './reason-words.ts';
import { below, type Line, mailOnly, point, type Section, sentence } from './section.ts';

const EXAMPLES = 3;

const WAYS: readonly (readonly [keyof StaleChange['listed'], string])[] = [
  ['newlyStale', 'newly stale'],
  ['removed', 'removed by orgsweep'],
  ['gone', 'gone, and not by orgsweep'],
  ['usedAgain', 'in use again'],
  ['newlyProtected', 'protected now'],
];

/** Where an execution that removes has to be told from those before it. */
const EARLIER: Partial<Record<keyof StaleChange['listed'], string>> = {
  removed: 'removed by an earlier execution',
};

/** What is different from the last execution, and what isn't although it should be. */
export function changeSection(summary: Summary): Section {
  const { change, trend, failingAgain, pastFailure } = summary;
  const names = namesOf(summary);
  return {
    title: 'WHAT CHANGED',
    lines: [
      ...(hasNothingToCompare(change)
        ? [sentence(comparedInWords(change))]
        : [
            ...removedSinceLines(summary),
            sentence(`${comparedInWords(change)}:`),
            ...WAYS.flatMap(([way, words]) =>
              wayLines(change, way, hasRemoved(summary) ? (EARLIER[way] ?? words) : words, names),
            ),
            point(`${formatCount(change.stillStale)} still stale`),
          ]),
      ...(pastFailure === null
        ? []
        : [
            sentence(
              `Not all of the past is known (trend, what fails again, what was saved): ${cut(pastFailure, 200)}.`,
            ),
          ]),
      ...trendLines(trend, summary.executionId),
      ...failingLines(failingAgain),
    ],
  };
}

/** Nobody compared, or there was nothing before. */
export function hasNothingToCompare({ compared, ...change }: Summary['change']): boolean {
  const { previousExecutionId, stillStale, noLongerStale } = change;
  return !compared || (previousExecutionId === null && stillStale + noLongerStale === 0);
}

/** Each account and Region is compared with its own last look, whichever execution that was. */
export function comparedInWords(change: Summary['change']): string {
  if (!change.compared) return 'Not known: no plan was made, and nobody compared.';
  if (hasNothingToCompare(change))
    return 'This is the first execution here; there is nothing to compare with.';
  const last = change.previousExecutionId;
  return `Against the last complete look at each account and Region${last === null ? '' : ` (the last execution: ${last})`}`;
}

/** All was compared before the removals, which would make two contradicting figures of one. */
function removedSinceLines(summary: Summary): Line[] {
  if (!hasRemoved(summary)) return [];
  const { removals, counts } = summary;
  const { REMOVED, ALREADY_GONE, NO_LONGER_STALE } = removals.byOutcome;
  const left = Math.max(0, counts.verdicts.STALE - REMOVED - ALREADY_GONE - NO_LONGER_STALE);
  return [
    sentence(
      `Compared when looked at, before this execution removed ${formatCount(REMOVED)} (told above); left stale: ${formatCount(left)}.`,
    ),
  ];
}

function namesOf({ byAccount }: Summary): ReadonlyMap<string, string | null> {
  return new Map(Object.entries(byAccount).map(([id, { accountName }]) => [id, accountName]));
}

function wayLines(
  change: StaleChange,
  way: keyof StaleChange['listed'],
  words: string,
  names: ReadonlyMap<string, string | null>,
): Line[] {
  const count = change[way];
  const examples = change.listed[way].slice(0, EXAMPLES);
  if (count === 0) return way === 'newlyStale' ? [point(`0 ${words}`)] : [];
  return [
    point(`${formatCount(count)} ${words}`),
    ...mailOnly(examples.map((example) => below(changedInWords(example, way, names)))),
  ];
}

function changedInWords(
  of: ChangedResource,
  way: keyof StaleChange['listed'],
  names: ReadonlyMap<string, string | null>,
): string {
  const where = placeInWords({ ...of, accountName: names.get(of.accountId) ?? null });
  const details = [
    ...(of.sizeGiB === null ? [] : [formatSize(of.sizeGiB)]),
    ...(of.ageDays === null ? [] : [`${formatNoun(of.ageDays, 'day')} old`]),
    ...(way === 'newlyStale' ? [] : [`was stale since ${day(of.staleSince)}`]),
    ...(of.reasons.length === 0 ? [] : [cut(reasonsInWords(of.reasons), 160)]),
  ];
  return `${cut(of.resourceId, 40)} in ${where}: ${details.join(', ')}`;
}

/** In words: a picture made of characters says nothing to a screen reader. */
function trendLines(trend: readonly TrendPoint[], executionId: string): Line[] {
  // One that saw less has less to tell, which is no progress.
  const complete = trend.filter((point) => point.complete === point.inScope && point.inScope > 0);
  const [first, last] = [complete[0], complete.at(-1)];
  if (first === undefined || last === undefined || complete.length < 2) return [];
  const partial = trend.length - complete.length;
  const but = partial === 0 ? '' : `; ${formatCount(partial)} that did not see everything left out`;
  const removed =
    last.executionId === executionId && last.removed > 0
      ? `; ${formatSize(last.removedGiB)} of it removed since`
      : '';
  return [
    sentence(
      `Stale over the last ${formatCount(complete.length)} executions, since ${day(first.finishedAt)}: from ${formatSize(first.staleGiB)} to ${formatSize(last.staleGiB)}${percentInWords(first.staleGiB, last.staleGiB)}${removed}${but}.`,
    ),
  ];
}

function percentInWords(before: number, now: number): string {
  if (before === 0) return '';
  const percent = Math.round(((now - before) / before) * 100);
  if (percent === 0) return ' (about the same)';
  return ` (${formatCount(Math.abs(percent))} % ${percent < 0 ? 'less' : 'more'})`;
}

function failingLines({ targets, removals, listedTargets, listedRemovals }: Failing): Line[] {
  const alike = groupBy(listedTargets, ({ accountId, status, executions, since }) =>
    JSON.stringify([accountId, status, executions, since]),
  );
  return [
    ...(targets === 0
      ? []
      : [
          point(`${formatNoun(targets, 'target')} not seen completely, again:`),
          ...alike.slice(0, EXAMPLES).flatMap(targetLines),
        ]),
    ...(removals === 0
      ? []
      : [
          point(`${formatNoun(removals, 'removal')} failed again:`),
          ...listedRemovals.slice(0, EXAMPLES).map(removalLine),
        ]),
  ];
}

function targetLines(alike: readonly FailingTarget[]): Line[] {
  const [target] = alike;
  if (target === undefined) return [];
  const region = alike.length > 1 ? `${alike.length} Regions` : (target.region ?? 'all Regions');
  return [below(`${placeInWords({ ...target, region })}: ${target.status}, ${streakOf(target)}`)];
}

function removalLine(removal: FailingRemoval): Line {
  const code = removal.code === null ? '' : ` (${cut(removal.code, 60)})`;
  const what = `${cut(removal.resourceId, 40)} in ${placeInWords(removal)}`;
  return below(`${what}: ${removal.outcome}${code}, ${streakOf(removal)}`);
}

function streakOf({ executions, since }: { executions: number; since: string }): string {
  return `failed ${formatCount(executions)} times in a row since ${day(since)}`;
}
