import { capitalized } from './layout.ts';
import type { Summary } from '../../core/summary/summary.ts';
import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { formatNoun } from './money.ts';

type Noun = Pick<KindWords, 'one' | 'many'>;
/** What it takes to say what a summary is about. */
export type Told = Pick<Summary, 'words' | 'byKind'> & {
  readonly input: Pick<Summary['input'], 'kinds'>;
};

/** "1,806 snapshots" where it is of one kind; of several, "resources". */
export function countOf(count: number, summary: Told): string {
  return countOfKinds(count, countedKinds(summary), wordsIn(summary));
}

export function countOfKinds(count: number, kinds: readonly string[], words: WordsByKind): string {
  const { one, many } = nounOfKinds(kinds, words);
  return formatNoun(count, one, many);
}

export function nounOf(summary: Told): Noun {
  return nounOfKinds(countedKinds(summary), wordsIn(summary));
}

/** "2 deleted snapshots" */
export function deletedOf(count: number, summary: Told): string {
  const { one, many } = nounOf(summary);
  return formatNoun(count, `deleted ${one}`, `deleted ${many}`);
}

/** Of a kind that nobody has words for, the last word of its name. */
export function nounOfKinds(kinds: readonly string[], words: WordsByKind): Noun {
  const [only] = kinds;
  if (only === undefined || kinds.length > 1) return { one: 'resource', many: 'resources' };
  const one = only.split('-').at(-1) ?? only;
  return words[only] ?? { one, many: `${one}s` };
}

/** "Snapshots", the title of a column. */
export function nounsOf(summary: Told): string {
  return capitalized(nounOf(summary).many);
}

/** The words of the kinds that a summary has anything to tell of. */
export function wordsToTell(summary: Told): WordsByKind {
  const words = wordsIn(summary);
  const kinds = countedKinds(summary);
  return Object.fromEntries(Object.entries(words).filter(([kind]) => kinds.includes(kind)));
}

/** Those of which anything was counted, or all where nothing was. */
function countedKinds({ input: { kinds }, byKind }: Told): readonly string[] {
  const counted = kinds.filter((kind) => (byKind[kind]?.resources ?? 0) > 0);
  return counted.length === 0 ? kinds : counted;
}
