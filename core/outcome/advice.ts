import { add } from '../model/amount.ts';
import type { Advice, AdviceByCode, AdviceWorth } from '../model/billing.ts';

/** What is known of it so far, and of one resource more. */
export function withAdvice(before: AdviceByCode, advice: readonly Advice[]): AdviceByCode {
  return advice.reduce(
    (sum, { code, monthlySavingUsdUpTo: saving }) =>
      mergeAdvice(sum, {
        [code]: {
          resources: 1,
          monthlySavingUsdUpTo: saving ?? 0,
          unpriced: saving === null ? 1 : 0,
        },
      }),
    before,
  );
}

/** Associative and commutative, with `{}` as its identity. Codes in ascending order. */
function mergeAdvice(a: AdviceByCode, b: AdviceByCode): AdviceByCode {
  const codes = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return Object.fromEntries(
    codes.map((code) => [code, [a[code], b[code]].flatMap((of) => of ?? []).reduce(mergeWorth)]),
  );
}

function mergeWorth(a: AdviceWorth, b: AdviceWorth): AdviceWorth {
  return {
    resources: a.resources + b.resources,
    monthlySavingUsdUpTo: add(a.monthlySavingUsdUpTo, b.monthlySavingUsdUpTo),
    unpriced: a.unpriced + b.unpriced,
  };
}

/** Left out where there is none, which is nearly always. */
export function adviceOfBoth(
  a: { readonly advice?: AdviceByCode | undefined },
  b: { readonly advice?: AdviceByCode | undefined },
): { advice?: AdviceByCode } {
  if (a.advice === undefined && b.advice === undefined) return {};
  return { advice: mergeAdvice(a.advice ?? {}, b.advice ?? {}) };
}
