import { element, wrap } from '../protocols/xml.ts';

/** Who manages a volume or an instance, in EC2's `operator` element. */
export function describeOperator(managedBy: string | undefined): string {
  const managed = element('managed', managedBy !== undefined) + element('principal', managedBy);
  const hidden = managedBy === undefined ? '' : element('hiddenByDefault', true);
  return wrap('operator', managed + hidden);
}
