import type { Scenario } from '../model/organization.ts';
import type { OrganizationSpec } from '../population/organization.ts';
import { buildOrganization } from '../population/organization.ts';

/** The part of a scenario that makes its organization. */
export function builtBy(spec: OrganizationSpec): Pick<Scenario, 'amounts' | 'build'> {
  const { amounts: own = {} } = spec;
  return {
    amounts: own,
    build: (now, amounts = own) => buildOrganization({ ...spec, amounts }, now),
  };
}
