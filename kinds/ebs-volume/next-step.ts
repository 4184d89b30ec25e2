import { policyOfKind } from '../../core/input/of-kind.ts';
import { DAY_MS } from '../../core/model/age.ts';
import type { Makes } from '../../core/model/billing.ts';
import type { NextStep } from '../../core/model/verdict.ts';
import { FINAL_COPY_DAYS } from '../../core/tags/final-copy.ts';
import type { Look } from '../look.ts';
import type { AtStep } from '../removal.ts';
import { copiesOf } from './copies.ts';
import { copyMonthlyCostUsdUpTo } from './costs.ts';
import { type EbsVolume, KIND } from './facts.ts';
import { ownPolicyOf } from './policy.ts';

/** In its order, the steps of the removal. */
export const STEPS = { copy: 'copy', delete: 'delete' } as const;

const COPY: NextStep = { name: STEPS.copy, notBefore: null };
const DELETE: NextStep = { name: STEPS.delete, notBefore: null };

/** HDD volumes. A month of a snapshot's GiB costs more than one of theirs. */
const CHEAPER_THAN_THEIR_COPY: readonly string[] = ['sc1', 'st1'];

/**
 * What the removal of a volume does next: a final copy, or the deletion once there is a copy of the
 * volume as it is now. Without one it is only deleted where the policy says so. Of a volume that failed
 * no copy can be made, and no Recycle Bin keeps it: nothing ever deletes it. As long as nobody knows
 * which snapshots there are, it is the step that takes nothing away.
 */
export function nextStep(volume: EbsVolume, { policy, now, seen = {} }: AtStep): NextStep {
  const own = ownPolicyOf(policyOfKind(policy, KIND));
  if (volume.state === 'error') return { ...DELETE, byItself: true, hold: 'NO_COPY' };
  if (volume.copies === null) return COPY;
  const copies = copiesOf(volume, seen, now);
  if (copies.own.length > 0) return { ...DELETE, goesBy: [...copies.own] };
  // AWS doesn't say when it will be completed. Often it takes minutes, of a large volume hours.
  if (copies.ownPending.length > 0) {
    const notBefore = new Date(now.getTime() + DAY_MS).toISOString();
    return { ...DELETE, notBefore, goesBy: [...copies.ownPending] };
  }
  const finalCopy = finalCopyFor(volume, { policy });
  if (copies.ofOthers && finalCopy !== 'always') return { ...DELETE, byItself: true };
  if (finalCopy !== 'never') return COPY;
  return { ...DELETE, byItself: true, ...(!own.allowNoCopy && { hold: 'NO_COPY' }) };
}

/**
 * What the next step makes: a copy, which is kept for some months. As long as nobody asked which snapshots
 * there are, it may be that none is made.
 */
export function makesCopy(
  volume: EbsVolume,
  { region, prices, ...at }: AtStep & Pick<Look, 'region' | 'prices'>,
): Makes | undefined {
  if (nextStep(volume, at).name !== STEPS.copy || finalCopyFor(volume, at) === 'never')
    return undefined;
  const { sizeGiB } = volume;
  return {
    makesMonthlyCostUsdUpTo: copyMonthlyCostUsdUpTo(prices, { region, sizeGiB }),
    makesForDays: FINAL_COPY_DAYS,
  };
}

function finalCopyFor(volume: EbsVolume, { policy }: Pick<AtStep, 'policy'>) {
  return ownPolicyOf(policyOfKind(policy, KIND)).finalCopy ?? usualFor(volume);
}

function usualFor({ type }: EbsVolume): 'ifNoCopy' | 'never' {
  return CHEAPER_THAN_THEIR_COPY.includes(type) ? 'never' : 'ifNoCopy';
}
