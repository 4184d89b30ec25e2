import { PerEstate } from './per-estate.ts';

/** A parameter of Systems Manager in one account and Region. */
export interface SimParameter {
  /** As it is asked for: `/golden/web`. */
  readonly name: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly dataType: 'text' | 'aws:ec2:image';
  /** From the first; the last is the current one. */
  readonly versions: readonly SimParameterVersion[];
}

interface SimParameterVersion {
  readonly value: string;
  readonly labels?: readonly string[];
}

/** By name. */
export const PARAMETERS = new PerEstate(() => new Map<string, SimParameter>());

/** Those of other accounts that are shared with it, by ARN: launches may name them. */
export const SHARED_PARAMETERS = new PerEstate(() => new Map<string, SimParameter>());

/** An Auto Scaling group, as far as it names images itself. */
export interface SimScalingGroup {
  readonly name: string;
  /** The images that the overrides of its mixed instances policy name. */
  readonly overrideImageIds: readonly string[];
  /** Newest first. */
  readonly refreshes: readonly SimInstanceRefresh[];
}

interface SimInstanceRefresh {
  readonly id: string;
  readonly status: string;
  /** Of the overrides of the desired configuration. */
  readonly overrideImageIds: readonly string[];
}

/** By name. */
export const SCALING_GROUPS = new PerEstate(() => new Map<string, SimScalingGroup>());
