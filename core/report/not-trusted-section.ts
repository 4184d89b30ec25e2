import { clocksInWords, SET_THE_CLOCK } from '../clock-difference.ts';
import type { DoubtReason } from '../history-doubt.ts';
import type { Summary } from '../summary.ts';
import { cut } from './layout.ts';
import { placeInWords, placesInWords } from './place.ts';
import { point, type Section } from './section.ts';
import type { Step } from './step.ts';
import { unreadableDatesInWords } from './unreadable-dates-words.ts';

const LONGEST_PATH = 120;

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
  return { title: 'NOT TRUSTED', lines: notTrusted(summary).map(point) };
}

function notTrusted(summary: Told): string[] {
  const { clock, pricesFailure, pastFailure } = summary;
  const dates = unreadableDatesInWords(summary);
  return [
    ...(clock === null
      ? []
      : [
          `Clock: ${clocksInWords(clock)}. Ages and times are wrong: no grace period counts, no later run takes this plan.`,
        ]),
    ...doubtsInWords(summary),
    ...(dates === undefined ? [] : [dates]),
    ...(pricesFailure === null
      ? []
      : [
          `Prices in the store were not used, the built-in ones were: ${cut(pricesFailure, LONGEST_PATH)}`,
        ]),
    ...(pastFailure === null
      ? []
      : [
          `Not all of the past is known (trend, what fails again, saved): ${cut(pastFailure, LONGEST_PATH)}`,
        ]),
  ];
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
export function stepsNotToBelieve({ clock }: Pick<Summary, 'clock'>): Step[] {
  if (clock === null) return [];
  return [
    {
      what: `Clock not right or not known: ${SET_THE_CLOCK}. Then start a new run.`,
      isUrgent: true,
    },
  ];
}
