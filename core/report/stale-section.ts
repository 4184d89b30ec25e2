import type { Share, Summary } from '../summary.ts';
import { columns, cut, wrap } from './layout.ts';
import { formatCount, formatGiB, formatNoun, formatUsdUpTo } from './money.ts';

const NAMED_KINDS = 10;
const NAMED_REASONS = 25;
const NAMED_ACCOUNTS = 10;
const NAMED_REGIONS = 40;

/** What was found: verdicts, sizes, the most it can cost, and why. */
export function staleSection(summary: Summary): string[] {
  const { counts, byKind, notLookedAt } = summary;
  const { STALE, KEEP, UNKNOWN } = counts.verdicts;
  const reasons = Object.entries(counts.reasons).toSorted(
    ([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1),
  );
  return [
    'WHAT IS STALE',
    ...wrap(
      `${formatNoun(counts.resources, 'resource')} looked at: ${formatCount(STALE)} stale, ${formatCount(KEEP)} kept, ${formatCount(UNKNOWN)} unknown.`,
      '  ',
    ),
    ...(UNKNOWN === 0
      ? []
      : wrap('Unknown: a reference to it may exist that could not be seen; never removed.', '  ')),
    ...shareTable('kind', Object.entries(byKind).slice(0, NAMED_KINDS)),
    ...(counts.unpricedGiB === 0
      ? []
      : wrap(
          `Without a known price, so not in the cost: ${formatGiB(counts.unpricedGiB)}${counts.staleMonthlyCostUsdUpTo > 0 ? ' (marked +)' : ''}.`,
          '  ',
        )),
    ...(STALE === 0
      ? []
      : wrap('Costs are upper bounds: part of the data may be shared with what is kept.', '  ')),
    ...(notLookedAt.length === 0
      ? []
      : wrap(notLookedAt.map((source) => cut(source, 60)).join(', '), '  Not looked at: ', '    ')),
    ...(reasons.length === 0 ? [] : ['', '  Reasons (a resource may have several):']),
    ...columns(
      reasons
        .slice(0, NAMED_REASONS)
        .map(([reason, count]) => [`  ${cut(reason, 50)}`, formatCount(count)]),
      1,
    ),
  ];
}

export function changeSection({ change }: Summary): string[] {
  if (change.previousExecutionId === null)
    return ['CHANGE', '  This is the first execution here; there is nothing to compare with.'];
  return [
    'CHANGE',
    ...wrap(`since ${change.previousExecutionId}, in what was seen completely:`, '  '),
    ...columns(
      [
        ['newly stale', formatCount(change.newlyStale)],
        ['still stale', formatCount(change.stillStale)],
        ['no longer stale, or gone', formatCount(change.noLongerStale)],
      ],
      1,
    ),
  ];
}

/** Accounts with anything stale, those with the most to gain first. */
export function accountsByGain(
  byAccount: Summary['byAccount'],
): [string, Summary['byAccount'][string]][] {
  return Object.entries(byAccount)
    .filter(([, share]) => share.stale > 0)
    .toSorted(([a, shareOfA], [b, shareOfB]) => mostFirst(shareOfA, shareOfB) || (a < b ? -1 : 1));
}

export function accountsSection({ byAccount }: Summary): string[] {
  const accounts = accountsByGain(byAccount);
  if (accounts.length === 0) return [];
  const isCut = accounts.length > NAMED_ACCOUNTS;
  return [
    isCut ? `TOP ${NAMED_ACCOUNTS} OF ${formatCount(accounts.length)} ACCOUNTS` : 'ACCOUNTS',
    ...shareTable(
      'account',
      accounts
        .slice(0, NAMED_ACCOUNTS)
        .map(([id, share]) => [`${id} ${cut(share.accountName ?? '', 16)}`.trimEnd(), share]),
    ),
  ];
}

export function regionsSection({ byRegion }: Summary): string[] {
  const regions = Object.entries(byRegion);
  if (regions.length === 0) return [];
  return ['REGIONS', ...shareTable('Region', regions.slice(0, NAMED_REGIONS))];
}

function mostFirst(a: Share, b: Share): number {
  return (
    b.staleMonthlyCostUsdUpTo - a.staleMonthlyCostUsdUpTo ||
    b.staleGiB - a.staleGiB ||
    b.stale - a.stale
  );
}

function shareTable(of: string, shares: readonly (readonly [string, Share])[]): string[] {
  if (shares.length === 0) return [];
  const rows = shares.map(([name, share]) => [
    cut(name, 29),
    formatCount(share.resources),
    formatCount(share.stale),
    formatGiB(share.staleGiB),
    upTo(share),
  ]);
  return columns([[of, 'seen', 'stale', 'size', 'USD/month <= '], ...rows], 1);
}

/** What it can cost at most, as far as prices are known. */
export function upTo(share: Share): string {
  if (share.unpricedGiB === 0) return `${formatUsdUpTo(share.staleMonthlyCostUsdUpTo)} `;
  if (share.staleMonthlyCostUsdUpTo === 0) return 'no price ';
  return `${formatUsdUpTo(share.staleMonthlyCostUsdUpTo)}+`;
}
