import { clocksInWords, SET_THE_CLOCK } from '../clock-difference.ts';
import type { DoubtReason, HistoryDoubt } from '../history-doubt.ts';
import type { Summary } from '../summary.ts';
import { cut } from './layout.ts';
import { formatCount, formatNoun } from './money.ts';
import { placeInWords, placesInWords } from './place.ts';
import { firstOf, point, type Section, sentence } from './section.ts';

const NAMED = 10;
const LONGEST_PATH = 300;

const WORDS: Readonly<Record<DoubtReason, string>> = {
  UNREADABLE: 'its history cannot be read',
  FROM_THE_FUTURE: 'its history has times in the future',
  BEFORE_ITS_START: 'its history has resources unused before they began',
  OUT_OF_ORDER: 'its history has times in the wrong order',
};

type Told = Pick<Summary, 'clock' | 'historyDoubts' | 'pricesFailure' | 'byAccount'>;

/** What the execution found in its store and did not go by. */
export function notBelievedSection(summary: Told): Section {
  const { clock, historyDoubts: doubts, pricesFailure } = summary;
  return {
    title: 'NOT TRUSTED',
    lines: [
      ...(clock === null
        ? []
        : [sentence(`Beware: ${clockInWords(clock)} To put it right: ${SET_THE_CLOCK}.`)]),
      ...(pricesFailure === null ? [] : [sentence(pricesInWords(pricesFailure))]),
      ...(doubts.length === 0 ? [] : [sentence('The grace period starts again in:')]),
      ...firstOf(
        doubts,
        NAMED,
        (doubt) => [point(doubtInWords(doubt, summary))],
        (more) => `and ${formatCount(more)} more: historyDoubts in summary.json`,
      ),
    ],
  };
}

/** What it means, whatever was found with it. */
function clockInWords(clock: NonNullable<Summary['clock']>): string {
  return `${clocksInWords(clock)}. Ages and times here are wrong: no grace period counts, and no later run takes this plan.`;
}

function pricesInWords(failure: string): string {
  return `Prices in the store were not used, the built-in ones were: ${cut(failure, LONGEST_PATH)}`;
}

function doubtInWords(doubt: HistoryDoubt, { byAccount }: Told): string {
  const { accountId, region, reason, resources, resourceIds, keptAs } = doubt;
  const accountName = byAccount[accountId]?.accountName ?? null;
  const place = placeInWords({ accountId, accountName, region });
  const which =
    resources === null || resources === 0
      ? ''
      : ` (${formatNoun(resources, 'resource')}: ${placesInWords(resourceIds)})`;
  const kept = keptAs === undefined ? '' : `; it is kept as ${cut(keptAs, LONGEST_PATH)}`;
  return `${place}: ${WORDS[reason]}${which}${kept}`;
}
