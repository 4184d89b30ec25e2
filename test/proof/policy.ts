import type { SimOrganization } from '../../simulation/model.ts';
import type { Step } from './trial.ts';

export type PolicyShape = Step['policy'] & { readonly neverRemove: boolean };

/** The policy that a step asks for in one account. */
export function policyIn(
  { accounts }: SimOrganization,
  { policy, override }: Step,
  accountId: string,
): PolicyShape {
  const isOverridden = override !== null && accounts[override.account]?.id === accountId;
  return { ...policy, neverRemove: false, ...(isOverridden && override.policy) };
}
