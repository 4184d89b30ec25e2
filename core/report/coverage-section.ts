import type { Coverage, Gap } from '../summary.ts';
import { columns, cut, firstOf, wrap } from './layout.ts';
import { formatCount, formatNoun } from './money.ts';
import { EXCLUSION_WORDS, GAP_WORDS } from './words.ts';

const NAMED_CAUSES = 5;
const NAMED_REGIONS = 12;
const NAMED_ACCOUNTS = 10;

type GapStatus = keyof typeof GAP_WORDS;

/** How much was seen, and everything that wasn't, with its reason. */
export function coverageSection(coverage: Coverage): string[] {
  const { complete, inScope, percent, gaps, acceptedGaps, excluded } = coverage;
  return [
    'COVERAGE (a target is one Region of one account)',
    ...columns(
      [
        ['seen completely', `${formatCount(complete)} of ${formatCount(inScope)}`, `${percent} %`],
        ['not seen completely', formatCount(gaps.length)],
        ['gaps accepted by the input', formatCount(acceptedGaps.length)],
        ['excluded on purpose', formatCount(excluded)],
      ],
      1,
    ),
    ...gapLines('Not seen completely:', gaps),
    ...gapLines('Gaps accepted by the input:', acceptedGaps),
    ...excludedLines(coverage),
  ];
}

/** Gaps by status, each status in the order of the words, with how many there are. */
export function gapsByStatus(gaps: readonly Gap[]): [GapStatus, Gap[]][] {
  return (Object.keys(GAP_WORDS) as GapStatus[])
    .map((status): [GapStatus, Gap[]] => [status, gaps.filter((gap) => gap.status === status)])
    .filter(([, ofStatus]) => ofStatus.length > 0);
}

function gapLines(title: string, gaps: readonly Gap[]): string[] {
  if (gaps.length === 0) return [];
  return [
    '',
    `  ${title}`,
    ...gapsByStatus(gaps).flatMap(([status, ofStatus]) => {
      const groups = ofOneCause(ofStatus);
      const unnamed = groups.slice(NAMED_CAUSES).flat().length;
      return [
        ...wrap(`${status} (${formatCount(ofStatus.length)}): ${GAP_WORDS[status]}`, '  ', '    '),
        ...groups.slice(0, NAMED_CAUSES).flatMap(gapsOfOneCause),
        ...(unnamed > 0 ? [`    and ${formatCount(unnamed)} more, in targets.jsonl`] : []),
      ];
    }),
  ];
}

/** The gaps of one account that have the same error, together; an accepted gap's error needs nobody. */
function ofOneCause(gaps: readonly Gap[]): Gap[][] {
  const groups = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const cause = JSON.stringify([gap.accountId, gap.accepted, causeInWords(gap)]);
    groups.set(cause, [...(groups.get(cause) ?? []), gap]);
  }
  return [...groups.values()];
}

function gapsOfOneCause(gaps: readonly Gap[]): string[] {
  const [gap] = gaps;
  if (gap === undefined) return [];
  const regions = gaps.map(({ region }) => region ?? 'all Regions').slice(0, NAMED_REGIONS);
  if (gaps.length > NAMED_REGIONS) regions.push(`${gaps.length - NAMED_REGIONS} more`);
  const account = `${gap.accountId} ${cut(gap.accountName ?? '', 36)}`.trimEnd();
  const cause = causeInWords(gap);
  return [
    ...wrap(`${account}: ${regions.join(', ')}`, '    ', '      '),
    ...(gap.accepted === null ? [] : wrap(`accepted: ${cut(gap.accepted, 140)}`, '      ')),
    ...(cause === '' ? [] : wrap(cause, '      ')),
  ];
}

function causeInWords({ failure, accepted }: Gap): string {
  if (failure === null || accepted !== null) return '';
  const of = failure.operation ?? failure.source;
  const where = of === undefined ? '' : ` (${cut(of, 60)})`;
  return `${cut(failure.code, 60)}${where}: ${cut(failure.message, 240)}`;
}

function excludedLines(coverage: Coverage): string[] {
  const { excludedByReason, unusableAccounts, regionsNotEnabled } = coverage;
  const counted = Object.entries(excludedByReason) as [keyof typeof EXCLUSION_WORDS, number][];
  if (counted.length === 0) return [];
  const regions = Object.entries(regionsNotEnabled).map(
    ([region, accounts]) => `${region} (${formatNoun(accounts, 'account')})`,
  );
  return [
    '',
    '  Excluded on purpose:',
    ...columns(
      counted.map(([reason, count]) => [`  ${EXCLUSION_WORDS[reason]}`, formatCount(count)]),
      1,
    ),
    ...(regions.length === 0
      ? []
      : wrap(regions.join(', '), '    Regions not enabled: ', '      ')),
    ...firstOf(
      unusableAccounts,
      NAMED_ACCOUNTS,
      ({ accountId, accountName, reason }) => [
        `    ${accountId}  ${cut(accountName ?? '', 30).padEnd(30)}  ${EXCLUSION_WORDS[reason]}`,
      ],
      (more) => `    and ${formatCount(more)} more, in targets.jsonl`,
    ),
  ];
}
