import type { SimEstate } from '../model/organization.ts';
import { SIM_KINDS } from './registry.ts';

/** What an estate begins with of kinds that its scenario names an amount of. */
export function populateKinds(estate: SimEstate): void {
  for (const { name, populate } of SIM_KINDS)
    if ((estate.origin.amounts[name] ?? 0) > 0) populate?.(estate);
}
