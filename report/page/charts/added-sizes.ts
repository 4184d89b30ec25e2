import type { Summary } from '../../../core/summary/summary.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { kindsOnTheirWay } from '../../format/only-reported.ts';
import { nounOfKinds } from '../../format/noun.ts';

/** Said of a picture in GiB that adds those of several kinds. */
export function addedSizes(summary: Summary): string[] {
  const kinds = kindsOnTheirWay(summary);
  const nouns = kinds.map((kind) => nounOfKinds([kind], wordsIn(summary)).many);
  if (nouns.length < 2) return [];
  const others = nouns.slice(0, -1).join(', ');
  return [`The sizes of ${others} and ${nouns.at(-1)} are added up, whatever a GiB of each costs.`];
}
