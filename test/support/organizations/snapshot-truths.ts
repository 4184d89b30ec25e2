import { ebsSnapshots } from '../../../simulation/kinds/ebs-snapshot/index.ts';
import type { SimTruth } from '../../../simulation/kinds/kind.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';

/** What must become of each snapshot that an estate began with, also of those that AMIs left behind. */
export function snapshotTruths(estate: SimEstate): ReadonlyMap<string, SimTruth> {
  const all = [...(ebsSnapshots.truths?.(estate) ?? [])];
  return new Map(all.map((truth) => [truth.resourceId, truth]));
}

/** Whether its AMI is gone, so that it is no copy of its volume. */
export function isLeftover(truth: SimTruth | undefined): boolean {
  return truth?.reasons.includes('AMI_GONE') === true;
}
