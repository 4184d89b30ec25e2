import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { formatCount, formatSize, formatUsdUpTo } from '../../format/money.ts';
import type { WorthOfChosen } from '../../findings/worth-of-chosen.ts';

/**
 * What chosen findings of one verdict come to: their money, their sizes, and what is in neither. What
 * has no price, and what only frees others, is never told as $0.
 */
export function worthInWords(of: WorthOfChosen, words: WordsByKind): string[] {
  return [...moneyOf(of), ...sizesOf(of, words), ...asidesOf(of)];
}

function moneyOf(of: WorthOfChosen): string[] {
  const { count, usdUpTo, unpricedGiB, unpricedUnsized, freeing } = of;
  if (usdUpTo > 0) return [`up to ${formatUsdUpTo(usdUpTo)} a month`];
  if (unpricedGiB + unpricedUnsized > 0) return ['no known price'];
  return count > freeing ? ['no cost of their own'] : [];
}

function sizesOf({ giBByKind }: WorthOfChosen, words: WordsByKind): string[] {
  return [...giBByKind].map(([kind, giB]) => `${formatSize(giB)} of ${words[kind]?.many ?? kind}`);
}

function asidesOf(of: WorthOfChosen): string[] {
  const { unpricedGiB, unpricedUnsized, freeing, freeingUsdUpTo } = of;
  return [
    ...(unpricedGiB > 0 ? [`${formatSize(unpricedGiB)} without a price, not in the cost`] : []),
    ...(unpricedUnsized > 0 ? [`${formatCount(unpricedUnsized)} without a size or price`] : []),
    ...(freeing > 0
      ? [
          `${formatCount(freeing)} without a cost of ${freeing === 1 ? 'its' : 'their'} own${freeingUsdUpTo > 0 ? `, but what goes with ${freeing === 1 ? 'it' : 'them'} costs up to ${formatUsdUpTo(freeingUsdUpTo)} a month more` : ''}`,
        ]
      : []),
  ];
}
