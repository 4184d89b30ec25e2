import type { WordsByKind } from '../../../../core/words/kind-words.ts';
import { worthInWords } from '../../findings/worth-in-words.ts';
import { worthOfChosen } from '../../../findings/worth-of-chosen.ts';
import { formatCount } from '../../../format/money.ts';
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
      ...worthInWords(of, words).map((said) => element('span', {}, said)),
    );
  });
}
