import { clocksInWords, SET_THE_CLOCK } from '../../core/model/clock-difference.ts';
import type { DoubtReason, HistoryDoubt } from '../../core/history/history-doubt.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { placeInWords, placesInWords } from '../format/place.ts';
import { firstOf, point, type Section, sentence } from '../parts/section.ts';
import type { NextStep } from '../parts/step.ts';
import { unreadableDatesInWords } from './unreadable-dates.ts';

const TITLE = 'NOT TRUSTED';
const LONGEST_PATH = 120;
const LONGEST_ON_PAGE = 300;
const NAMED_ON_PAGE = 10;

/** What is wrong with a history. */
const WORDS: Readonly<Record<DoubtReason, string>> = {
  UNREADABLE: 'cannot be read',
  FROM_THE_FUTURE: 'has times in the future',
  BEFORE_ITS_START: 'has resources unused before they began',
  OUT_OF_ORDER: 'has times in the wrong order',
};

type Told = Pick<
  Summary,
  'clock' | 'historyDoubts' | 'pricesFailure' | 'pastFailure' | 'unreadableDates' | 'byAccount'
>;

/** What the run found and did not go by, in short: somebody has to put it right. */
export function notTrustedSection(summary: Told): Section {
  return { title: TITLE, lines: notTrusted(summary).map(point) };
}

/** The same with every doubt on its own, for a page. */
export function notTrustedInFull(
  summary: Pick<Told, 'clock' | 'historyDoubts' | 'pricesFailure' | 'byAccount'>,
): Section {
  const { clock, historyDoubts: doubts, pricesFailure } = summary;
  return {
    title: TITLE,
    lines: [
      ...(clock === null
        ? []
        : [sentence(`Beware: ${clockInWords(clock)} To put it right: ${SET_THE_CLOCK}.`)]),
      ...(pricesFailure === null ? [] : [sentence(pricesInWords(pricesFailure, LONGEST_ON_PAGE))]),
      ...(doubts.length === 0 ? [] : [sentence('The grace period starts again in:')]),
      ...firstOf(
        doubts,
        NAMED_ON_PAGE,
        (doubt) => [point(doubtInWords(doubt, summary))],
        (more) => `and ${formatCount(more)} more: historyDoubts in summary.json`,
      ),
    ],
  };
}

function notTrusted(summary: Told): string[] {
  const { clock, pricesFailure, pastFailure } = summary;
  const dates = unreadableDatesInWords(summary);
  return [
    ...(clock === null ? [] : [`Clock: ${clockInWords(clock)}`]),
    ...doubtsInWords(summary),
    ...(dates === undefined ? [] : [dates]),
    ...(pricesFailure === null ? [] : [pricesInWords(pricesFailure, LONGEST_PATH)]),
    ...(pastFailure === null
      ? []
      : [
          `Not all of the past is known (trend, what fails again, saved): ${cut(pastFailure, LONGEST_PATH)}`,
        ]),
  ];
}

/** What it means, whatever was found with it. */
function clockInWords(clock: NonNullable<Summary['clock']>): string {
  return `${clocksInWords(clock)}. Ages and times are wrong: no grace period counts, no later run can use this plan.`;
}

function pricesInWords(failure: string, most: number): string {
  return `Prices in the store were not used, the built-in ones were: ${cut(failure, most)}`;
}

function doubtInWords(doubt: HistoryDoubt, { byAccount }: Pick<Told, 'byAccount'>): string {
  const { accountId, region, reason, resources, resourceIds, keptAs } = doubt;
  const accountName = byAccount[accountId]?.accountName ?? null;
  const place = placeInWords({ accountId, accountName, region });
  const which =
    resources === null || resources === 0
      ? ''
      : ` (${formatNoun(resources, 'resource')}: ${placesInWords(resourceIds)})`;
  const kept = keptAs === undefined ? '' : `; it is kept as ${cut(keptAs, LONGEST_ON_PAGE)}`;
  return `${place}: its history ${WORDS[reason]}${which}${kept}`;
}

/** Where, and everything that is wrong with them. */
function doubtsInWords({ historyDoubts: doubts, byAccount }: Told): string[] {
  if (doubts.length === 0) return [];
  const places = doubts.map(({ accountId, region }) =>
    placeInWords({ accountId, region, accountName: byAccount[accountId]?.accountName ?? null }),
  );
  const what = (Object.keys(WORDS) as DoubtReason[]).filter((reason) =>
    doubts.some((doubt) => doubt.reason === reason),
  );
  return [
    `The grace period starts again in ${placesInWords([...new Set(places)], '; ')}: its history ${what.map((reason) => WORDS[reason]).join(', ')} (historyDoubts in summary.json).`,
  ];
}

/** A wrong clock makes all that was decided by it worth nothing. */
export function stepsNotToTrust({ clock }: Pick<Summary, 'clock'>): NextStep[] {
  if (clock === null) return [];
  return [
    {
      title: 'Set the clock right',
      what: `Clock not right or not known: ${SET_THE_CLOCK}. Then start a new run.`,
      isUrgent: true,
    },
  ];
}
