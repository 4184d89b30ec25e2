import { compare } from '../order.ts';
import type { Share, Summary } from '../summary.ts';
import { hasRemoved } from './has-removed.ts';
import { cut } from './layout.ts';
import { formatCount, formatSize, formatNoun, formatUsdUpTo } from './money.ts';
import { accountInWords, nameInWords } from './place.ts';
import { type Line, mailOnly, point, type Section, sentence } from './section.ts';

const NAMED_ACCOUNTS = 10;
const NAMED_UNITS = 5;
const NAMED_REGIONS = 5;

type Named = readonly [name: string, share: Share];

/** The accounts that matter most first. */
export function accountsSection(summary: Summary): Section {
  const { byAccount, coverage } = summary;
  const gaps = new Map<string, number>();
  for (const { accountId } of coverage.gaps) gaps.set(accountId, (gaps.get(accountId) ?? 0) + 1);
  const shares = Object.entries(byAccount).map(([accountId, share]): Named => {
    const unseen = gaps.get(accountId) ?? 0;
    const name = accountInWords({ accountId, accountName: share.accountName });
    return [unseen === 0 ? name : `${name}, ${formatNoun(unseen, 'gap')} there`, share];
  });
  const { title, lines } = ranking('ACCOUNTS', shares, NAMED_ACCOUNTS);
  return { title: `${title}${whenStale(summary)}`, lines: [...orderLines(shares), ...lines] };
}

/** By organizational unit, where that says more than the total. */
export function unitsSection(summary: Summary): Section {
  const shares = Object.entries(summary.byOrganizationalUnit).map(([id, share]): Named => {
    const name = share.name === null ? cut(id, 70) : `${nameInWords(share.name)} (${cut(id, 70)})`;
    return [`${name}, ${formatNoun(share.accounts, 'account')}`, share];
  });
  const accounts = hasRemoved(summary) ? 'direct accounts' : 'accounts directly in them';
  const title = `ORGANIZATIONAL UNITS (${accounts}${whenStale(summary, '; ', '')})`;
  return shares.length < 2 ? { title, lines: [] } : ranking(title, shares, NAMED_UNITS);
}

export function regionsSection(summary: Summary): Section {
  const { title, lines } = ranking('REGIONS', Object.entries(summary.byRegion), NAMED_REGIONS);
  return {
    title: `${title}${whenStale(summary)}`,
    lines: lines.length < 2 ? [] : mailOnly(lines),
  };
}

/** What a ranking shows may be gone by now. */
function whenStale(summary: Summary, before = ' (', after = ')'): string {
  return hasRemoved(summary) ? `${before}stale when looked at${after}` : '';
}

/** What is without a price would come first by its size, and may come last. */
function orderLines(shares: readonly Named[]): Line[] {
  const isAny = (of: 'unpricedGiB' | 'staleMonthlyCostUsdUpTo') =>
    shares.some(([, share]) => share[of] > 0);
  return isAny('unpricedGiB') && isAny('staleMonthlyCostUsdUpTo')
    ? [sentence("Ranked by known cost; GiB without a price don't count.")]
    : [];
}

function ranking(title: string, shares: readonly Named[], most: number): Section {
  const stale = ranked(shares);
  const isCut = stale.length > most;
  return {
    title: isCut ? `TOP ${most} OF ${formatCount(stale.length)} ${title}` : title,
    lines: stale.slice(0, most).map(([name, share]) => point(`${name}: ${shareInWords(share)}`)),
  };
}

/** What has anything stale, most to gain first. */
export function ranked<S extends Share>(
  shares: readonly (readonly [name: string, share: S])[],
): (readonly [name: string, share: S])[] {
  return shares
    .filter(([, share]) => share.stale > 0)
    .toSorted(([a, shareOfA], [b, shareOfB]) => mostFirst(shareOfA, shareOfB) || compare(a, b));
}

function shareInWords({ stale, staleGiB, staleMonthlyCostUsdUpTo: usd, unpricedGiB }: Share) {
  const size = `${formatCount(stale)} stale, ${formatSize(staleGiB)}`;
  if (usd === 0 && unpricedGiB > 0) return `${size}, no known price`;
  const unpriced = unpricedGiB > 0 ? ` (${formatSize(unpricedGiB)} unpriced)` : '';
  return `${size}${unpriced}, up to ${formatUsdUpTo(usd)} a month`;
}

function mostFirst(a: Share, b: Share): number {
  return (
    b.staleMonthlyCostUsdUpTo - a.staleMonthlyCostUsdUpTo ||
    b.staleGiB - a.staleGiB ||
    b.stale - a.stale
  );
}
