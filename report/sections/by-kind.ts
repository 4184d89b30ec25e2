import type { Summary } from '../../core/summary/summary.ts';
import { worthOfStale } from '../../core/summary/worth.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { formatNoun } from '../format/money.ts';
import { nounOfKinds } from '../format/noun.ts';
import { onlyReported } from '../format/only-reported.ts';
import { amountInShort } from '../words/worth-words.ts';

/** "40 unused beacons, $12 a month"; undefined: there are none of kinds that are only reported. */
export function onlyReportedInWords(summary: Summary): string | undefined {
  const of = onlyReported(summary);
  if (of.stale === 0) return undefined;
  return `${onlyReportedInShort(summary)}, ${amountInShort(worthOfStale(of))}`;
}

/** "40 unused beacons" */
export function onlyReportedInShort(summary: Summary): string {
  const { kinds, stale, byKind } = { ...onlyReported(summary), byKind: summary.byKind };
  const counted = kinds.filter((kind) => (byKind[kind]?.resources ?? 0) > 0);
  const { one, many } = nounOfKinds(counted, wordsIn(summary));
  return formatNoun(stale, `unused ${one}`, `unused ${many}`);
}
