import type { Coverage, Gap } from '../summary.ts';
import { cut } from './layout.ts';
import { formatCount, formatNoun } from './money.ts';
import { groupBy } from './group-by.ts';
import { accountInWords, placesInWords } from './place.ts';
import { below, heading, type Line, mailOnly, point, type Section, sentence } from './section.ts';
import { EXCLUSION_WORDS, GAP_WORDS } from './words.ts';

const NAMED_CAUSES = 5;
const NAMED_REGIONS = 12;
const NAMED_ACCOUNTS = 10;
const NAMED_FAILURES = 15;

type GapStatus = keyof typeof GAP_WORDS;

/** Everything that wasn't seen, with its reason; how much was, the message's first line says. */
export function coverageSection(coverage: Coverage): Section {
  const { gaps, acceptedGaps } = coverage;
  return {
    title: 'COVERAGE (a target is one Region of one account)',
    lines: [
      ...wholeAccountLines(coverage),
      point(seenInWords(coverage)),
      ...(gaps.length === 0 ? [] : [heading('Not seen completely:'), ...gapLines(gaps)]),
      ...(acceptedGaps.length === 0
        ? []
        : mailOnly([heading('Gaps accepted by the input:'), ...gapLines(acceptedGaps)])),
      ...mailOnly(excludedLines(coverage)),
    ],
  };
}

/** What is no target by the title's words, and is counted all the same. */
function wholeAccountLines({ gaps, acceptedGaps }: Coverage): Line[] {
  return [...gaps, ...acceptedGaps].some(({ region }) => region === null)
    ? [sentence("An account whose Regions couldn't be listed counts as one target.")]
    : [];
}

/** Of how many, the head of the message says. */
function seenInWords({ inScope, percent, acceptedGaps, excluded }: Coverage): string {
  return [
    ...(inScope === 0 ? [] : [`${percent} % of what is in scope seen completely`]),
    `gaps accepted by the input: ${formatCount(acceptedGaps.length)}`,
    `left out on purpose: ${formatCount(excluded)}`,
  ].join('; ');
}

/** Gaps by status, each status in the order of the words, with how many there are. */
export function gapsByStatus(gaps: readonly Gap[]): [GapStatus, Gap[]][] {
  return (Object.keys(GAP_WORDS) as GapStatus[])
    .map((status): [GapStatus, Gap[]] => [status, gaps.filter((gap) => gap.status === status)])
    .filter(([, ofStatus]) => ofStatus.length > 0);
}

function gapLines(gaps: readonly Gap[]): Line[] {
  return gapsByStatus(gaps).flatMap(([status, ofStatus]) => {
    const groups = ofOneCause(ofStatus);
    const unnamed = groups.slice(NAMED_CAUSES).flat().length;
    return [
      point(`${formatCount(ofStatus.length)}: ${GAP_WORDS[status]} (${status})`),
      ...groups.slice(0, NAMED_CAUSES).flatMap(gapsOfOneCause),
      ...(unnamed > 0 ? [below(`and ${formatCount(unnamed)} more, in targets.jsonl`)] : []),
    ];
  });
}

/** What has the same error, together, by account; an accepted gap's error needs nobody. */
function ofOneCause(gaps: readonly Gap[]): Gap[][] {
  return groupBy(gaps, (gap) =>
    JSON.stringify([gap.accepted, causeInWords(gap), othersInWords(gap)]),
  );
}

function gapsOfOneCause(gaps: readonly Gap[]): Line[] {
  const [gap] = gaps;
  if (gap === undefined) return [];
  const why = gap.accepted === null ? causeInWords(gap) : `accepted: ${cut(gap.accepted, 140)}`;
  const others = othersInWords(gap);
  return [
    below(placesInWords(placesOf(gaps, NAMED_REGIONS), '; ')),
    ...mailOnly([why, others].filter((text) => text !== '').map(below)),
  ];
}

/** An account once, with its Regions; how many, where there are more than `most`. */
export function placesOf(gaps: readonly Gap[], most = 1): string[] {
  return groupBy(gaps, ({ accountId }) => accountId).flatMap((ofAccount) => {
    const [gap] = ofAccount;
    if (gap === undefined) return [];
    const regions = ofAccount.flatMap(({ region }) => region ?? []);
    const where =
      regions.length > most ? `${formatCount(regions.length)} Regions` : regions.join(', ');
    return [`${accountInWords(gap)}${where === '' ? '' : ` in ${where}`}`];
  });
}

function causeInWords({ failure, accepted }: Gap): string {
  if (failure === null || accepted !== null) return '';
  const of = [failure.source, failure.operation].filter((name) => name !== undefined).join(', ');
  const where = of === '' ? '' : ` (${cut(of, 90)})`;
  return `${cut(failure.code, 60)}${where}: ${cut(failure.message, 240)}`;
}

/** All that failed there, so that nobody has to find out one by one. */
function othersInWords({ otherFailures = [], moreFailures = 0, accepted }: Gap): string {
  if (otherFailures.length === 0 || accepted !== null) return '';
  const named = otherFailures.slice(0, NAMED_FAILURES).map(({ source, operation, code }) => {
    return `${cut(source ?? operation ?? 'a call', 60)} (${cut(code, 60)})`;
  });
  const more = otherFailures.length - named.length + moreFailures;
  return `Also failed: ${[...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ')}`;
}

function excludedLines(coverage: Coverage): Line[] {
  const { excludedByReason, unusableAccounts, regionsNotEnabled } = coverage;
  const counted = Object.entries(excludedByReason) as [keyof typeof EXCLUSION_WORDS, number][];
  if (counted.length === 0) return [];
  const regions = Object.entries(regionsNotEnabled).map(
    ([region, accounts]) => `${region} in ${formatNoun(accounts, 'account')}`,
  );
  return [
    heading('Left out on purpose:'),
    ...counted.flatMap(([reason, count]) => {
      const accounts = unusableAccounts.filter((account) => account.reason === reason);
      const named = accounts.slice(0, NAMED_ACCOUNTS).map(accountInWords);
      const places = reason === 'REGION_NOT_ENABLED' ? regions : named;
      const more = accounts.length - named.length;
      if (more > 0) places.push(`${formatCount(more)} more, in targets.jsonl`);
      return [
        point(`${formatCount(count)}: ${EXCLUSION_WORDS[reason]}`),
        ...(places.length > 0 ? [below(places.join(', '))] : []),
      ];
    }),
  ];
}
