import { Annotations, Aws, Token } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { z } from 'zod';
import type { Purpose } from '../../aws/sessions/purpose.ts';
import { parseInput } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { TagRule } from '../../core/input/input.ts';
import { KINDS } from '../../kinds/registry.ts';
import { DeletionKinds, removableKinds } from '../config/deletion-kinds.ts';
import { DEFAULT_PREFIX } from '../config/hub-names.ts';
import { acknowledgeWildcards } from '../policies/nag.ts';
import type { PolicyDocument } from '../policies/policy-document.ts';
import { IAM_LIMITS, lengthOf } from '../policies/policy-limits.ts';
import { SPOKE_ROLES, spokeRoleNames } from '../config/spoke-roles.ts';
import type { SpokeRole } from '../config/spoke-roles.ts';
import { spokePolicies } from './spoke-policies.ts';
import type { SpokePolicies } from './spoke-policies.ts';
import { TRUST_PATTERNS, spokeTrustPolicy } from './spoke-trust.ts';
import { tagConditions } from './tag-conditions.ts';

export interface OrgsweepSpokeRolesProps {
  /** Where orgsweep's hub runs. */
  readonly hubAccountId: string;
  /** `o-…`; the hub account has to be in it. */
  readonly organizationId: string;
  /** The hub's `prefix`; by default `orgsweep`. */
  readonly hubPrefix?: string;
  /** The hub's `externalId`, where it has one. */
  readonly externalId?: string;
  /** By default discovery and restore: where there is no deletion role, nothing is ever removed. */
  readonly roles?: readonly SpokeRole[];
  /** As the hub's `roleNames`; by default they begin with `hubPrefix`. */
  readonly roleNames?: Partial<Readonly<Record<SpokeRole, string>>>;
  /** The hub's `protectTags`: IAM denies the removal of what carries one. */
  readonly protectTags?: readonly string[];
  /** What is removed and brought back, as the hub's `deletion.kinds`; by default `ebs-snapshot`. */
  readonly deletionKinds?: readonly string[];
}

/** Role chaining allows an hour at most. */
const MAX_SESSION_SECONDS = 3600;

/** Why their policies have wildcards. */
const REASONS: Readonly<Record<Purpose, string>> = {
  discover: 'Reads only: orgsweep looks at all there is, and most describes know no resources',
  remove: 'Which snapshots is not known beforehand: conditions on their tags decide',
  restore: 'Which snapshots is not known beforehand, and anything in the bin may come back',
};

/**
 * The roles through which orgsweep looks at an account, deletes in it, and restores: each trusted by
 * the hub's roles that need it and by nobody else. Needs no asset and no bootstrapped account.
 */
export class OrgsweepSpokeRoles extends Construct {
  /** @throws {InvalidInput} naming the property, its value and what is accepted */
  constructor(scope: Construct, id: string, props: OrgsweepSpokeRolesProps) {
    super(scope, id);
    refuseUnfit(props);
    for (const role of props.roles ?? ['discovery', 'restore']) addRole(this, role, props);
  }
}

function addRole(scope: Construct, role: SpokeRole, props: OrgsweepSpokeRolesProps): void {
  const { purpose, description } = SPOKE_ROLES[role];
  const { hubPrefix = DEFAULT_PREFIX, protectTags = [] } = props;
  const partition = Aws.PARTITION;
  const deletionKinds = parseInput(DeletionKinds, props.deletionKinds, 'deletionKinds');
  const kinds = purpose === 'discover' ? KINDS : removableKinds(deletionKinds);
  const policies = spokePolicies(purpose, { kinds, partition, protectTags });
  refuseTooMuch(policies);
  if (purpose === 'remove') warnOfUnsaid(scope, protectTags);
  const roleName = spokeRoleNames(hubPrefix, props.roleNames)[role];
  const attached = policies.attached.map((policyDocument, index) => {
    const name = `protection-${index + 1}`;
    const managedPolicyName = `${roleName}-${name}`;
    // No description: another one would replace the policy, which its name forbids.
    return new CfnManagedPolicy(scope, `${role}-${name}`, { managedPolicyName, policyDocument });
  });
  const resource = new CfnRole(scope, role, {
    roleName,
    description,
    maxSessionDuration: MAX_SESSION_SECONDS,
    assumeRolePolicyDocument: spokeTrustPolicy(purpose, { ...props, partition, hubPrefix }),
    policies: [{ policyName: 'orgsweep', policyDocument: policies.inline }],
    ...(attached.length > 0 && { managedPolicyArns: attached.map(({ ref }) => ref) }),
  });
  acknowledgeWildcards(resource, resourcesOf(policies.inline), REASONS[purpose]);
}

/** What CloudFormation will put in, its own parameters' patterns have to check. */
function refuseUnfit(props: OrgsweepSpokeRolesProps): void {
  for (const [key, pattern] of Object.entries(TRUST_PATTERNS)) {
    const value = props[key as keyof typeof TRUST_PATTERNS];
    if (value === undefined || Token.isUnresolved(value)) continue;
    if (new RegExp(pattern).test(value)) continue;
    throw new InvalidInput(`${key}: ${JSON.stringify(value)} – accepted: ${pattern}`);
  }
  parseInput(z.array(TagRule), props.protectTags ?? [], 'protectTags');
}

function refuseTooMuch({ inline, attached }: SpokePolicies): void {
  if (attached.length > IAM_LIMITS.attached) {
    throw new InvalidInput(
      `protectTags: with so many, the deletion role would have ${attached.length} managed policies – accepted: ${IAM_LIMITS.attached}`,
    );
  }
  if (lengthOf(inline) <= IAM_LIMITS.inlineLength) return;
  throw new Error(
    `the role's inline policy has ${lengthOf(inline)} characters; IAM takes ${IAM_LIMITS.inlineLength}`,
  );
}

function warnOfUnsaid(scope: Construct, protectTags: readonly string[]): void {
  const unsaid = protectTags.filter((rule) => tagConditions(rule).length === 0);
  if (unsaid.length === 0) return;
  Annotations.of(scope).addWarningV2(
    'orgsweep:protectTags',
    `protectTags: ${unsaid.join(', ')} – orgsweep keeps what has such a tag, but IAM knows no patterns for keys and can't be told`,
  );
}

function resourcesOf({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Resource = [] }) => Resource);
}
