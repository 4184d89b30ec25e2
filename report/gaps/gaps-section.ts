import type { Coverage, Gap, Summary } from '../../core/summary/summary.ts';
import { type GapsOfCause, gapGroups } from './gap-groups.ts';
import { causeInPlaces, causeInWords, gapsCounted, needsCount } from './gap-words.ts';
import { compare } from '../../core/model/order.ts';
import { groupBy } from '../../core/model/group-by.ts';
import { cut, WIDTH, wrap } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { nounOfKinds } from '../format/noun.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { notCheckedInShort } from './not-checked.ts';
import { type Line, mailOnly, point, type Section, sentence } from '../parts/section.ts';
import { ownAccountInWords } from '../commands/own-account.ts';
import { EXCLUSION_WORDS } from '../words/target-words.ts';

type KindCoverage = NonNullable<Coverage['byKind']>[string];

type Told = Pick<Summary, 'coverage'> &
  Partial<Pick<Summary, 'startedBy' | 'notLookedAt' | 'blindSpots' | 'words' | 'reportFailure'>>;

const NAMED_KINDS = 3;
const LINES_OF_GAPS = 5;
const LINES_OF_A_CAUSE = 2;
/** What a point has besides its text. */
const POINT_WIDTH = 4;
const ROOM = WIDTH - POINT_WIDTH;

/**
 * How much was scanned, and what was not: at most ten lines of text, however many gaps there are,
 * and no gap that isn't in one of its counts.
 */
export function gapsSection(summary: Told): Section {
  const { coverage, startedBy = null } = summary;
  const { gaps, acceptedGaps } = coverage;
  const notChecked = notCheckedInShort({ notLookedAt: [], reportFailure: null, ...summary });
  const byKind = byKindInWords(summary).map(sentence);
  const besides = notChecked === undefined ? [] : [point(notChecked)];
  const room = LINES_OF_GAPS - byKind.length - besides.length;
  return {
    title: 'COVERAGE',
    lines: [
      sentence(scannedInWords(coverage)),
      ...ownAccountInWords({ startedBy }).map(sentence),
      ...byKind,
      ...gapPoints(gapGroups(gaps), room, wordsIn(summary)),
      ...mailOnly([...acceptedLine(acceptedGaps), ...excludedLine(coverage), ...besides]),
    ],
  };
}

/** "Scanned 63 of 63 account-Regions in scope (100%). Accepted gaps: 1. Excluded: 9." */
export function scannedInWords(coverage: Coverage): string {
  const { complete, inScope, percent, gaps, acceptedGaps, excluded } = coverage;
  const hasWhole = [...gaps, ...acceptedGaps].some(({ region }) => region === null);
  return [
    inScope === 0
      ? 'Nothing was in scope.'
      : `Scanned ${formatCount(complete)} of ${formatNoun(inScope, 'account-Region')} in scope (${percent}%).`,
    ...(acceptedGaps.length === 0 ? [] : [`Accepted gaps: ${formatCount(acceptedGaps.length)}.`]),
    ...(excluded === 0 ? [] : [`Excluded: ${formatCount(excluded)}.`]),
    ...(hasWhole ? ['A whole account counts as one.'] : []),
  ].join(' ');
}

/** Where the kinds were not seen alike: those that lack most first. */
export function byKindInWords({
  coverage: { byKind, gaps, acceptedGaps },
  ...summary
}: Pick<Told, 'coverage' | 'words'>): string[] {
  const words = wordsIn(summary);
  if (byKind === undefined) return [];
  if (![...gaps, ...acceptedGaps].some(({ missingKinds }) => missingKinds)) return [];
  const missingOf = ({ complete, inScope }: KindCoverage) => inScope - complete;
  const sorted = Object.entries(byKind).toSorted(
    ([a, ofA], [b, ofB]) => missingOf(ofB) - missingOf(ofA) || compare(a, b),
  );
  const shown = sorted.slice(0, NAMED_KINDS);
  const others = sorted.slice(NAMED_KINDS);
  const missing = others.filter(([, of]) => missingOf(of) > 0).length;
  const rest = missing === 0 ? 'all scanned' : `${formatCount(missing)} of them not all scanned`;
  return [
    `By kind: ${[
      ...shown.map(([kind, of]) => `${nounOfKinds([kind], words).many} ${kindInWords(of)}`),
      ...(others.length === 0 ? [] : [`${formatNoun(others.length, 'other kind')} ${rest}`]),
    ].join(', ')}.`,
  ];
}

function kindInWords({ complete, inScope, isGlobal }: KindCoverage): string {
  return `${formatCount(complete)} of ${isGlobal ? formatNoun(inScope, 'account') : formatCount(inScope)}`;
}

/** As many causes as there are lines for; what the others come to is told in one more. */
function gapPoints(causes: readonly GapsOfCause[], lines: number, words: WordsByKind): Line[] {
  const longer = causes.map((of) => pointOf(of, LINES_OF_A_CAUSE, words));
  const isRoomy = howManyFit(longer, lines) === causes.length;
  const texts = isRoomy ? longer : causes.map((of) => pointOf(of, 1, words));
  const named = howManyFit(texts, lines);
  const others = causes.slice(named);
  return [
    ...texts.slice(0, named).map(point),
    ...(others.length === 0 ? [] : [point(othersInWords(others))]),
  ];
}

/** All of them, or so many that there is a line left for the others. */
function howManyFit(texts: readonly string[], lines: number): number {
  const within = (room: number) => {
    let left = room;
    const first = texts.findIndex((text) => (left -= linesOf(text)) < 0);
    return first === -1 ? texts.length : first;
  };
  return within(lines) === texts.length ? texts.length : within(lines - 1);
}

function othersInWords(others: readonly GapsOfCause[]): string {
  const counted = gapsCounted(others.flatMap(({ gaps }) => gaps));
  return `${formatNoun(others.length, 'other cause')}: ${counted}`;
}

/** "sa-east-1 in 30 accounts: denied by a service control policy" */
function pointOf(of: GapsOfCause, lines: number, words: WordsByKind): string {
  const count = needsCount(of) ? ` (${formatCount(of.gaps.length)})` : '';
  const end = `: ${causeInWords(of, words)}${count}`;
  const fits = (places: string) => linesOf(`${places}${end}`) <= lines;
  return `${causeInPlaces(of, fits)}${end}`;
}

function linesOf(text: string): number {
  return wrap(text, ' '.repeat(POINT_WIDTH)).length;
}

/** The first reason, and how many gaps have others. */
function acceptedLine(gaps: readonly Gap[]): Line[] {
  const [first, ...others] = groupBy(gaps, ({ accepted }) => accepted ?? '').toSorted(
    (a, b) => b.length - a.length,
  );
  if (first === undefined) return [];
  const more = others.flat().length;
  const rest = more > 0 ? ` (${formatCount(more)} for other reasons)` : '';
  const lead = `Accepted: ${gapsCounted(first)}`;
  const reason = cut(first[0]?.accepted ?? '', Math.max(20, ROOM - lead.length - rest.length - 2));
  return [point(`${lead}, ${reason}${rest}`)];
}

/** Each reason with its count, as many as fit on a line, and a count of what is left. */
function excludedLine({ excludedByReason }: Coverage): Line[] {
  const counted = (Object.entries(excludedByReason) as [keyof typeof EXCLUSION_WORDS, number][])
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a);
  if (counted.length === 0) return [];
  const texts = counted.map(
    ([reason, count]) => `${EXCLUSION_WORDS[reason].listed} (${formatCount(count)})`,
  );
  const told = (most: number) => {
    const rest = counted.slice(most).reduce((sum, [, count]) => sum + count, 0);
    const others = rest > 0 ? [`others (${formatCount(rest)})`] : [];
    return `Excluded: ${[...texts.slice(0, most), ...others].join(', ')}`;
  };
  const most = texts.map((_, i) => texts.length - i).find((named) => told(named).length <= ROOM);
  return [point(told(most ?? 1))];
}
