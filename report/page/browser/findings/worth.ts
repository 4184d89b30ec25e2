import type { WordsByKind } from '../../../../core/words/kind-words.ts';
import { worthOfChosen, type WorthOfChosen } from '../../../findings/worth-of-chosen.ts';
import { formatCount, formatSize, formatUsdUpTo } from '../../../format/money.ts';
import { VERDICT_WORDS } from '../../findings/verdict-words.ts';
import { element } from '../element.ts';
import type { Entry } from './entry.ts';

/** What a selection comes to, a line for each verdict in it. What has no price stands apart from money. */
export function worthLines(found: readonly Entry[], words: WordsByKind): HTMLElement[] {
  return worthOfChosen(found.map(({ row }) => row)).map((of) => {
    const { verdict, count } = of;
    return element(
      'li',
      {},
      element('span', { class: `verdict ${verdict.toLowerCase()}` }, VERDICT_WORDS[verdict]),
      ' ',
      element('strong', {}, formatCount(count)),
      ...[...moneyOf(of), ...sizesOf(of, words), ...asidesOf(of)].map((said) =>
        element('span', {}, said),
      ),
    );
  });
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
