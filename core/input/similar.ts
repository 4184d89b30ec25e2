import { compare } from '../model/order.ts';

/** Of longer words, more letters may be wrong. */
const WRONG_PER_LETTERS = 4;
const MOST_WRONG = 3;
/** Nobody meant that, and it would take long to compare. */
const LONGEST = 200;

/**
 * The one of these words that somebody may have meant who typed another one, whatever its case;
 * undefined: none is near, or the word is one of them.
 */
export function similarTo(typed: string, words: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  if (wanted.length > LONGEST) return undefined;
  const mostWrong = Math.min(
    MOST_WRONG,
    Math.max(1, Math.floor(wanted.length / WRONG_PER_LETTERS)),
  );
  const near = [...words]
    .map((word) => ({ word, wrong: lettersWrong(wanted, word.toLowerCase(), mostWrong) }))
    .filter(({ wrong, word }) => wrong <= mostWrong && word !== typed);
  return near.toSorted((a, b) => a.wrong - b.wrong || compare(a.word, b.word))[0]?.word;
}

/** How many letters have to be put in, taken out, replaced or exchanged with the next; no more than matters. */
function lettersWrong(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        isExchanged ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? Infinity;
}
