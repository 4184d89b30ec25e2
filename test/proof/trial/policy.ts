import type { SimOrganization } from '../../../simulation/model/organization.ts';
import { type Moment, policyAt, volumePolicyAt } from './floors.ts';
import type { Step } from './trial.ts';
import type { VolumePolicyShape } from './volumes.ts';

export type PolicyShape = Step['policy'] & { readonly neverRemove: boolean };

/** The policy that a step asks for in one account, or the stricter one that its floors make of it. */
export function policyIn(
  { accounts }: SimOrganization,
  step: Step,
  accountId: string,
  moment: Moment,
): PolicyShape {
  const { policy, override } = step;
  const isOverridden = override !== null && accounts[override.account]?.id === accountId;
  const own = { ...policy, neverRemove: false, ...(isOverridden && override.policy) };
  return policyAt(step, own, moment);
}

/** What it says of volumes alone there. */
export function volumePolicyIn(
  { accounts }: SimOrganization,
  step: Step,
  accountId: string,
  moment: Moment,
): VolumePolicyShape {
  const { ofVolumes, override } = step;
  const isOverridden = override !== null && accounts[override.account]?.id === accountId;
  return volumePolicyAt(step, { ...ofVolumes, ...(isOverridden && override.ofVolumes) }, moment);
}
