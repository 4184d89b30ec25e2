import { worthOfStale } from '../../core/summary/worth.ts';
import type { Worth } from '../../core/model/amount.ts';
import type { KindWords } from '../../core/words/kind-words.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { protectCommand } from '../commands/aws-commands.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { nounOfKinds } from '../format/noun.ts';
import { onlyReported } from '../format/only-reported.ts';
import type { NextStep } from '../parts/step.ts';
import { amountInWords } from '../words/worth-words.ts';

/** What nobody can use any more its owners need not be asked about. */
function asked(
  of: Summary['byKind'][string],
  own: KindWords | undefined,
  kind: string,
  worth: Worth,
): Pick<NextStep, 'title' | 'what' | 'short'> {
  const { one, many } = own ?? nounOfKinds([kind], {});
  const all = formatNoun(of.stale, `unused ${one}`, `unused ${many}`);
  const reasons = own?.unusable ?? [];
  const unusable = reasons.reduce(
    (sum, code) => sum + (of.reasonsByVerdict?.STALE?.[code] ?? 0),
    0,
  );
  const amount = `(${amountInWords(worth)})`;
  const codes = reasons.join(', ');
  const none = 'No run deletes any of them.';
  if (unusable === 0)
    return {
      title: `Ask owners about ${all}`,
      what: `Ask owners whether they need ${all} ${amount}. ${none}`,
      short: `Ask owners whether they need the unused ${many}.`,
    };
  const byHand = own?.byHand?.verb ?? 'delete';
  if (unusable >= of.stale)
    return {
      title: `Nobody can use ${all}`,
      what: `Nobody can use ${all} any more ${amount}, ${codes}. ${none} To be rid of them, ${byHand} them yourself.`,
      short: `Nobody can use the unused ${many} any more.`,
    };
  return {
    title: `Ask owners about ${all}`,
    what: `Ask owners whether they need ${formatCount(of.stale - unusable)} of ${all} ${amount}. Nobody can use the other ${formatCount(unusable)} any more (${codes}). ${none}`,
    short: `Ask owners whether they need the unused ${many}.`,
  };
}

/** What is unused of kinds that orgsweep removes none of: nobody but their owners does. */
export function stepsForReported(summary: Summary): NextStep[] {
  const words = wordsIn(summary);
  const where = summary.reportFailure === null ? 'Findings on the page' : 'findings.csv';
  return onlyReported(summary).kinds.flatMap((kind): NextStep[] => {
    const of = summary.byKind[kind];
    if (of === undefined || of.stale === 0) return [];
    const worth = worthOfStale(of);
    return [
      {
        ownersDecide: true,
        staysInMessage: true,
        ...asked(of, words[kind], kind, worth),
        why: `The most expensive come first, each with what was seen: ${where}.`,
        ...protectCommand({ ...summary, byKind: { [kind]: of }, input: { kinds: [kind] } }),
        worth,
      },
    ];
  });
}
