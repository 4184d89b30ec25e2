import type { Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';

type Policy = Summary['input']['policy'];

/** The input without the days that a kind has in every policy of which nobody says anything else. */
export function withoutOwnDays<I extends { readonly policy: Policy }>(
  input: I,
  summary: Pick<Summary, 'words'>,
): I {
  const { kinds, ...policy } = input.policy;
  if (kinds === undefined) return input;
  const words = wordsIn(summary);
  const asked = Object.entries(kinds).flatMap(([kind, own]) => {
    const usual: Readonly<Record<string, unknown>> = words[kind]?.ownDays ?? {};
    const said = Object.entries(own).filter(([key, value]) => usual[key] !== value);
    return said.length === 0 ? [] : [[kind, Object.fromEntries(said)] as const];
  });
  const left = asked.length === 0 ? {} : { kinds: Object.fromEntries(asked) };
  return { ...input, policy: { ...policy, ...left } };
}
