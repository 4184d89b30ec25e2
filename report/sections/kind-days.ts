import { policyOfKind } from '../../core/input/of-kind.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { capitalized } from '../format/layout.ts';
import { formatNoun } from '../format/money.ts';
import { nounOfKinds } from '../format/noun.ts';
import { isOnlyReported } from '../format/only-reported.ts';

type Of = Pick<Summary, 'input' | 'words' | 'byKind'>;

/**
 * From what age something is unused, and when it may go: "unused from 30 days of age, deletable after 14
 * days of grace", once where that holds for all kinds, else "Snapshots and volumes: …", "AMIs: …".
 */
export function daysByKind(summary: Of): string[] {
  const words = wordsIn(summary);
  const kindsOf = new Map<string, string[]>();
  for (const kind of summary.input.kinds) {
    const told = daysOf(kind, summary);
    kindsOf.set(told, [...(kindsOf.get(told) ?? []), kind]);
  }
  const all = [...kindsOf];
  if (all.length === 1) return all.map(([told]) => told);
  return all.map(([told, kinds]) => {
    const names = kinds.map((kind) => nounOfKinds([kind], words).many);
    return `${capitalized(names.join(' and '))}: ${told}`;
  });
}

function daysOf(kind: string, summary: Of): string {
  const { policy } = summary.input;
  const { minAgeDays, graceDays } = policyOfKind(policy, kind);
  const after = isOnlyReported(summary, kind)
    ? 'only reported'
    : policy.neverRemove
      ? 'never deleted'
      : `deletable after ${formatNoun(graceDays, 'day')} of grace`;
  return `unused from ${formatNoun(minAgeDays, 'day')} of age, ${after}`;
}
