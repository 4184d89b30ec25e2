import type { KindWords } from '../../core/words/kind-words.ts';
import type { HeldRemoval } from '../../core/plan/plan.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import { holdWords } from '../words/hold-words.ts';
import { inSeries, saidOf } from '../words/reason-words.ts';
import { formatCount } from '../format/money.ts';
import type { Finding } from '../../core/model/verdict.ts';

/** Why a plan holds a resource back, as a sentence's end. */
export function heldBecause(
  reason: HoldReason,
  finding: Finding | null,
  { notWhole }: Pick<HeldRemoval, 'notWhole'>,
  own: KindWords | undefined,
): string {
  if (reason === 'SET_NOT_WHOLE' && notWhole !== undefined) {
    const { resourceId, reasons } = notWhole;
    const words = reasons.map((why) => saidOf(own, why));
    return `${resourceId} of its crash-consistent set stays: ${inSeries(words)}`;
  }
  const copies = finding?.evidence.lineage?.size ?? 0;
  return reason === 'LAST_COPY' && copies > 1 && own?.copiesOf !== undefined
    ? `of the ${formatCount(copies)} ${own.many} of its ${own.copiesOf} it is the last one that stays`
    : holdWords(reason, own === undefined ? {} : { own }).because;
}
