import type { Summary } from '../summary/summary.ts';

/** What a caller of orgsweep, such as a job of CI, wants to fail on. */
export type Condition =
  | { readonly of: 'stale' | 'cost'; readonly above: number }
  /** Percent. */
  | { readonly of: 'coverage'; readonly below: number };

/** `NOT_KNOWN`: what was seen doesn't reach the limit, and not all that counts was seen. */
export type GateResult = 'HOLDS' | 'NOT_KNOWN' | 'DOES_NOT_HOLD';

/** A condition, as a run left it. */
export interface Judged {
  readonly condition: Condition;
  /** null: nobody knows anything of it. */
  readonly figure: number | null;
  readonly result: GateResult;
}

type Known = Pick<Summary, 'status' | 'counts' | 'coverage'>;

/** @param summary undefined: the run left none */
export function judge(conditions: readonly Condition[], summary: Known | undefined): Judged[] {
  return conditions.map((condition) =>
    summary === undefined
      ? { condition, figure: null, result: 'NOT_KNOWN' }
      : judgeOne(condition, summary),
  );
}

/** Whether a caller is to be told by an exit code: what isn't known passes no gate. */
export function isFailing(judged: readonly Judged[]): boolean {
  return judged.some(({ result }) => result !== 'DOES_NOT_HOLD');
}

function judgeOne(condition: Condition, summary: Known): Judged {
  const { counts, coverage } = summary;
  // What wasn't scanned can only add to what is unused, and to its cost.
  const isAllSeen =
    summary.status !== 'FAILED' && coverage.inScope > 0 && coverage.gaps.length === 0;
  switch (condition.of) {
    case 'stale': {
      const figure = counts.verdicts.STALE;
      return { condition, figure, result: above(figure, condition.above, isAllSeen) };
    }
    case 'cost': {
      const figure = counts.staleMonthlyCostUsdUpTo;
      const isAllPriced = counts.unpricedGiB === 0 && counts.unpricedUnsized === 0;
      return {
        condition,
        figure,
        result: above(figure, condition.above, isAllSeen && isAllPriced),
      };
    }
    case 'coverage': {
      // 0 of 0 is no share of anything.
      if (coverage.inScope === 0) return { condition, figure: null, result: 'NOT_KNOWN' };
      const { percent: figure } = coverage;
      return { condition, figure, result: figure < condition.below ? 'HOLDS' : 'DOES_NOT_HOLD' };
    }
  }
}

function above(figure: number, limit: number, isAllKnown: boolean): GateResult {
  if (figure > limit) return 'HOLDS';
  return isAllKnown ? 'DOES_NOT_HOLD' : 'NOT_KNOWN';
}
