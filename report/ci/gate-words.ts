import type { Condition, GateResult, Judged } from '../../core/gate/gate.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { moneyCells } from '../words/worth-words.ts';
import { worthOfStale } from '../../core/summary/worth.ts';

const RESULT_WORDS: Readonly<Record<GateResult, string>> = {
  HOLDS: 'holds',
  NOT_KNOWN: 'is not known, which counts as holding',
  DOES_NOT_HOLD: 'does not hold',
};

type Told = Pick<Summary, 'counts' | 'coverage' | 'status'>;

/** As it is given: "stale>10". */
export function conditionInWords(condition: Condition): string {
  return condition.of === 'coverage'
    ? `coverage<${condition.below}`
    : `${condition.of}>${condition.above}`;
}

/** "stale>10 holds: 4,335 unused, and 63 unknown" */
export function judgedInWords(judged: Judged, summary: Told | undefined): string {
  const { condition, result } = judged;
  const figure = summary === undefined ? 'the run left no summary' : figureOf(judged, summary);
  return `${conditionInWords(condition)} ${RESULT_WORDS[result]}: ${figure}`;
}

function figureOf({ condition, result }: Judged, summary: Told): string {
  const { counts, coverage } = summary;
  const missing = result === 'NOT_KNOWN' ? notSeen(summary) : [];
  switch (condition.of) {
    case 'stale': {
      const { STALE, UNKNOWN } = counts.verdicts;
      const unknown = UNKNOWN === 0 ? [] : [`${formatCount(UNKNOWN)} unknown`];
      return [`${formatCount(STALE)} unused`, ...unknown, ...missing].join(', ');
    }
    case 'cost': {
      const cells = moneyCells(worthOfStale(counts)).filter((cell) => cell !== '');
      return [...cells, ...missing].join(', ');
    }
    case 'coverage': {
      const { complete, inScope, percent } = coverage;
      if (inScope === 0) return 'nothing was in scope';
      return `${percent}% (${formatCount(complete)} of ${formatNoun(inScope, 'account-Region')} scanned)`;
    }
  }
}

function notSeen({ coverage, status }: Told): string[] {
  if (coverage.inScope === 0) return ['nothing was in scope'];
  if (coverage.gaps.length > 0)
    return [`${formatCount(coverage.gaps.length)} of the scope not scanned to the end`];
  return status === 'FAILED' ? ['the run failed'] : [];
}
