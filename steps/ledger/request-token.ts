import { digestOf } from '../../core/plan/digest.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';

type Requested = Pick<PlannedRemoval, 'kind' | 'accountId' | 'region' | 'resourceId' | 'step'>;

/**
 * The same for each try of a planned removal's step in one execution, and another for any other: 36
 * characters in the form of a UUID, which is what the most sparing of AWS's services take.
 */
export function requestToken(
  executionId: string,
  { kind, accountId, region, resourceId, step = '' }: Requested,
): string {
  const hex = digestOf([executionId, kind, accountId, region, resourceId, step]);
  return [0, 8, 12, 16, 20, 32]
    .flatMap((from, index, at) => (index < 5 ? hex.slice(from, at[index + 1]) : []))
    .join('-');
}
