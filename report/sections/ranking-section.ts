import { compare } from '../../core/model/order.ts';
import { mergeShares } from '../../core/summary/breakdown.ts';
import { mostStaleFirst, worthOfStale } from '../../core/summary/worth.ts';
import type { Share, Summary } from '../../core/summary/summary.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { WIDTH } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { countOf, type Told, wordsToTell } from '../format/noun.ts';
import { nameInWords } from '../format/place.ts';
import { point, type Section } from '../parts/section.ts';
import { costInCell, isPriced, sizeInWords } from '../words/worth-words.ts';

export const MOST_ACCOUNTS = 10;
/** A name has at least so much room. */
const LEAST_NAME = 12;

/** The accounts that cost most, each on a line of its own, and what the others cost together. */
export function accountsSection(
  summary: Told & Pick<Summary, 'byAccount' | 'mode' | 'removals'>,
  most = MOST_ACCOUNTS,
): Section {
  const { byAccount } = summary;
  const accounts = ranked(Object.entries(byAccount));
  const shown = accounts.slice(0, most);
  const others = accounts.slice(most);
  const named =
    shown.length < accounts.length
      ? `TOP ${shown.length} OF ${formatCount(accounts.length)} ACCOUNTS`
      : 'ACCOUNTS';
  const when = hasRemoved(summary) ? 'unused when scanned' : 'unused';
  const isPartlyPriced = accounts.some(([, share]) => !isPriced(share));
  return {
    title: `${named} (${when}, by ${isPartlyPriced ? 'known cost' : 'cost'} a month)`,
    lines: [
      ...shown.map(([id, share]) =>
        point(lineOf(id, share.accountName, shareInWords(share, summary))),
      ),
      ...(others.length === 0
        ? []
        : [
            point(
              `${formatNoun(others.length, 'other')}: ${shareInWords(others.map(([, share]): Share => share).reduce(mergeShares), summary)}`,
            ),
          ]),
    ],
  };
}

/** An account's line; its name is what gives way, in the middle: such names differ at their ends. */
function lineOf(accountId: string, accountName: string | null, share: string): string {
  const room = Math.max(LEAST_NAME, WIDTH - 4 - ` (${accountId}): ${share}`.length);
  const name = nameInWords(cutInside(accountName ?? '', room), room);
  return `${name === '' ? accountId : `${name} (${accountId})`}: ${share}`;
}

function cutInside(name: string, room: number): string {
  const characters = [...name];
  if (characters.length <= room) return name;
  const end = Math.floor((room - 3) / 2);
  return `${characters.slice(0, room - 3 - end).join('')}...${characters.slice(-end).join('')}`;
}

/** What has anything stale, most to gain first. */
function ranked<S extends Share>(
  shares: readonly (readonly [name: string, share: S])[],
): (readonly [name: string, share: S])[] {
  return shares
    .filter(([, share]) => share.stale > 0)
    .toSorted(
      ([a, shareOfA], [b, shareOfB]) => mostStaleFirst(shareOfA, shareOfB) || compare(a, b),
    );
}

/** What has no price is told once, of all. */
function shareInWords(share: Share, summary: Told): string {
  const worth = worthOfStale(share);
  const isOfOne = Object.keys(wordsToTell(summary)).length < 2;
  const money = share.staleMonthlyCostUsdUpTo > 0 || !isPriced(share) ? [costInCell(worth)] : [];
  // GiB of one kind are none of another.
  const size = isOfOne || money.length === 0 ? (sizeInWords(worth) ?? []) : [];
  return [money, size, countOf(share.stale, summary)].flat().join(', ');
}
