/** The SSM parameter of a hub that was deployed under the default prefix. */
export const DEFAULT_HUB_NAME = '/orgsweep/hub';

/** What a command has to be given to find a hub: the default one goes without its name. */
export function hubOption(hubName: string): string {
  return hubName === DEFAULT_HUB_NAME ? '--hub' : `--hub=${hubName}`;
}

/** The roles that people work with, by name. */
export interface PeopleRoles {
  readonly operator: string;
  readonly approver: string;
}

export function peopleRoles(prefix: string): PeopleRoles {
  return { operator: `${prefix}-operator`, approver: `${prefix}-approver` };
}

/**
 * The same by the name of the hub's parameter, for somebody who may not read it yet. Undefined for a
 * parameter that no deployment made under this name.
 */
export function peopleRolesOf(hubName: string): PeopleRoles | undefined {
  const prefix = /^\/([^/]+)\/hub$/.exec(hubName)?.[1];
  return prefix === undefined ? undefined : peopleRoles(prefix);
}
