import type { AgeBand } from '../age.ts';
import type { Summary } from '../summary.ts';
import { chargeLines } from './charges.ts';
import { cut } from './layout.ts';
import { formatCount } from './money.ts';
import { countOf } from './noun.ts';
import { REASON_WORDS } from './reason-words.ts';
import { unreadableDatesInWords } from './unreadable-dates-words.ts';
import { uncountedInWords } from './uncounted.ts';
import { firstOf, heading, type Line, mailOnly, point, type Section, sentence } from './section.ts';

const NAMED_REASONS = 25;
const NAMED_KINDS = 10;
const NAMED_BLIND_SPOTS = 20;

/** Reasons by the verdict that they make; every other one keeps. */
const STALE_REASONS = new Set(['VOLUME_MISSING', 'VOLUME_NOT_ATTACHED']);
const UNKNOWN_REASONS = new Set(['REFERENCES_INCOMPLETE', 'AGE_UNKNOWN']);
/** Too many to be news: counted on the first line. */
const PLAINLY_IN_USE = 'IN_USE';

const AGE_WORDS: Readonly<Record<AgeBand, string>> = {
  FROM_5_YEARS: '5 years and more',
  FROM_3_YEARS: '3 to 5 years',
  FROM_2_YEARS: '2 to 3 years',
  FROM_1_YEAR: '1 to 2 years',
  FROM_180_DAYS: '180 days to 1 year',
  FROM_90_DAYS: '90 to 180 days',
  FROM_30_DAYS: '30 to 90 days',
  UNDER_30_DAYS: 'under 30 days',
  NOT_KNOWN: 'not known',
};

/** How the stale figures come about: verdicts, charges, ages, and the reasons by verdict. */
export function staleSection(summary: Summary): Section {
  const { counts, notLookedAt } = summary;
  if (counts.resources === 0 && notLookedAt.length === 0)
    return { title: 'WHAT IS STALE', lines: [sentence('Nothing was looked at.')] };
  return {
    title: 'WHAT IS STALE',
    lines: [
      sentence(verdictsInWords(summary)),
      ...unreadableDateLines(summary),
      ...chargeLines(summary),
      ...kindLines(summary),
      ...mailOnly([
        ...ageLines(counts.staleByAge),
        ...blindSpotLines(notLookedAt),
        ...reasonLines('Stale because', counts.reasons, (reason) => STALE_REASONS.has(reason)),
        ...reasonLines(
          'Kept because (one may have several reasons)',
          counts.reasons,
          (reason) =>
            reason !== PLAINLY_IN_USE && !STALE_REASONS.has(reason) && !UNKNOWN_REASONS.has(reason),
        ),
        ...reasonLines('Unknown, and so kept, because', counts.reasons, (reason) =>
          UNKNOWN_REASONS.has(reason),
        ),
      ]),
    ],
  };
}

function verdictsInWords(summary: Summary): string {
  const { counts } = summary;
  const { STALE, KEEP, UNKNOWN } = counts.verdicts;
  const uncounted = uncountedInWords(summary.coverage);
  const inUse = counts.reasons[PLAINLY_IN_USE] ?? 0;
  const plainly = inUse === 0 ? '' : ` (${formatCount(inUse)} plainly in use)`;
  return `${countOf(counts.resources, summary)} looked at: ${formatCount(STALE)} stale, ${formatCount(KEEP)} kept${plainly}, ${formatCount(UNKNOWN)} unknown.${uncounted && ` ${uncounted}: what is there is not known.`}`;
}

function unreadableDateLines(summary: Summary): Line[] {
  const words = unreadableDatesInWords(summary);
  return words === undefined ? [] : [sentence(words)];
}

function kindLines({ byKind }: Summary): Line[] {
  const kinds = Object.entries(byKind);
  if (kinds.length < 2) return [];
  return firstOf(
    kinds,
    NAMED_KINDS,
    ([kind, of]) => [point(`${kind}: ${formatCount(of.stale)} of ${formatCount(of.resources)}`)],
    (more) => `and ${formatCount(more)} more kinds`,
  );
}

function ageLines(staleByAge: Summary['counts']['staleByAge']): Line[] {
  const bands = (Object.keys(AGE_WORDS) as AgeBand[]).flatMap((band) => {
    const count = staleByAge[band] ?? 0;
    return count === 0 ? [] : [`${AGE_WORDS[band]}: ${formatCount(count)}`];
  });
  return bands.length === 0 ? [] : [sentence(`By age: ${bands.join('; ')}.`)];
}

function blindSpotLines(notLookedAt: readonly string[]): Line[] {
  if (notLookedAt.length === 0) return [];
  const named = notLookedAt.slice(0, NAMED_BLIND_SPOTS).map((source) => cut(source, 80));
  const more = notLookedAt.length - named.length;
  const all = more > 0 ? [...named, `${formatCount(more)} more`] : named;
  return [sentence(`Not looked at: ${all.join('; ')}.`)];
}

function reasonLines(
  title: string,
  reasons: Summary['counts']['reasons'],
  isWanted: (reason: string) => boolean,
): Line[] {
  const wanted = Object.entries(reasons)
    .filter(([reason, count]) => count > 0 && isWanted(reason))
    .toSorted(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1));
  if (wanted.length === 0) return [];
  return [
    heading(`${title}:`),
    ...firstOf(
      wanted,
      NAMED_REASONS,
      ([reason, count]) => [point(`${formatCount(count)}: ${reasonInWords(reason)}`)],
      (more) => `and ${formatCount(more)} more reasons, in summary.json`,
    ),
  ];
}

function reasonInWords(reason: string): string {
  const words = REASON_WORDS[reason];
  return words === undefined ? cut(reason, 50) : `${words} (${reason})`;
}
