import { worthOfStale } from '../../core/summary/worth.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { protectCommand } from '../commands/aws-commands.ts';
import { formatNoun } from '../format/money.ts';
import { nounOfKinds } from '../format/noun.ts';
import { onlyReported } from '../format/only-reported.ts';
import type { Step } from '../parts/step.ts';
import { amountInWords } from '../words/worth-words.ts';

/** What is unused of kinds that orgsweep removes none of: nobody but their owners does. */
export function stepsForReported(summary: Summary): Step[] {
  const words = wordsIn(summary);
  const where = summary.reportFailure === null ? 'Findings on the page' : 'findings.csv';
  return onlyReported(summary).kinds.flatMap((kind): Step[] => {
    const of = summary.byKind[kind];
    if (of === undefined || of.stale === 0) return [];
    const { one, many } = nounOfKinds([kind], words);
    const worth = worthOfStale(of);
    return [
      {
        ownersDecide: true,
        staysInMessage: true,
        what: `Ask owners whether they need ${formatNoun(of.stale, `unused ${one}`, `unused ${many}`)} (${amountInWords(worth)}). No run deletes any of them.`,
        short: `Ask owners whether they need the unused ${many}.`,
        why: `The most expensive come first, each with what was seen: ${where}.`,
        ...protectCommand({ ...summary, byKind: { [kind]: of }, input: { kinds: [kind] } }),
        worth,
      },
    ];
  });
}
