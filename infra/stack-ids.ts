import { DEFAULT_PREFIX } from './config/hub-names.ts';

/** What a deployment's stacks are called, for the CDK and for CloudFormation. */
export interface StackIds {
  readonly hub: string;
  readonly stackSets: string;
  /** The stage of the stacks that are deployed by hand. */
  readonly byHand: string;
}

/**
 * Another prefix is another hub, with stacks of its own: under the same ids it would be an update
 * that makes the hub anew, and takes away every role that the accounts have.
 */
export function stackIds(prefix: string): StackIds {
  const own = prefix === DEFAULT_PREFIX ? '' : `-${prefix}`;
  return {
    hub: `OrgsweepHub${own}`,
    stackSets: `OrgsweepSpokes${own}`,
    byHand: `OrgsweepSpoke${own}`,
  };
}
