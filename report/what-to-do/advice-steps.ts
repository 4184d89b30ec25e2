import type { Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { countOfKinds, nounOfKinds } from '../format/noun.ts';
import type { NextStep } from '../parts/step.ts';
import { adviceSays, savingByAdvice } from '../words/charges.ts';

/** What is in use and costs more than it must: nothing that orgsweep removes. */
export function stepsForAdvice(summary: Summary): NextStep[] {
  const words = wordsIn(summary);
  const where = summary.reportFailure === null ? 'Advice on the page' : 'findings.csv';
  return Object.entries(summary.byKind).flatMap(([kind, { advice = {} }]) =>
    Object.entries(advice).map(([code, worth]): NextStep => ({
      title: `Save on ${nounOfKinds([kind], words).many} in use`,
      what: `Check ${countOfKinds(worth.resources, [kind], words)} in use: ${adviceSays(words[kind], code)} (${code}). ${savingByAdvice(worth)}`,
      why: `Which they are: ${where}.`,
      worth: { sizeGiB: 0, monthlyCostUsdUpTo: worth.monthlySavingUsdUpTo },
    })),
  );
}
