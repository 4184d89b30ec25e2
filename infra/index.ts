/** The package's own exports: orgsweep as constructs for a CDK app of one's own. */
export { OrgsweepHub } from './hub/orgsweep-hub.ts';
export type { OrgsweepConfigInput } from './config/config.ts';
export { OrgsweepSpokeRoles, type OrgsweepSpokeRolesProps } from './spoke/orgsweep-spoke-roles.ts';
