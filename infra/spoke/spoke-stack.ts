import { LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Environment, IStackSynthesizer } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-rbin';
import type { Construct } from 'constructs';
import { MARKER } from '../../core/tags/marker.ts';
import type { OrgsweepConfig } from '../config/config.ts';
import { removableKinds } from '../config/deletion-kinds.ts';
import { binRulesOf } from './bin-rules.ts';
import { OrgsweepSpokeRoles } from './orgsweep-spoke-roles.ts';
import { addTrust } from './spoke-parameters.ts';
import type { SpokeRole } from '../config/spoke-roles.ts';

/**
 * Stacks that are the same in every account: a StackSet carries their templates, and in the account
 * that StackSets pass over, the management account, they are deployed as they are. Neither the
 * account nor the template needs anything beside them.
 */
class SpokeStack extends Stack {
  constructor(scope: Construct, id: string, description: string, env: Environment = {}) {
    super(scope, id, {
      description,
      env,
      // Only of the stack that is deployed by hand: a StackSet takes no more than the template.
      terminationProtection: true,
      // Deployed with the caller's own credentials. The "bootstrapless" synthesizer would take on the
      // roles of a bootstrapped account. Its types aren't made for exactOptionalPropertyTypes.
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
      analyticsReporting: false,
    });
  }
}

interface SpokeStackProps {
  readonly config: OrgsweepConfig;
  /** Of one that is deployed by hand. */
  readonly env?: Environment;
}

interface SpokeRolesStackProps extends SpokeStackProps {
  readonly roles: readonly SpokeRole[];
}

/** Spoke roles: those of an account that is looked at, or the one of an account that is deleted in. */
export class SpokeRolesStack extends SpokeStack {
  constructor(scope: Construct, id: string, { config, roles, env }: SpokeRolesStackProps) {
    super(scope, id, `orgsweep: ${roles.join(' and ')} in this account`, env);
    const { externalId, ...trust } = addTrust(this, config);
    new OrgsweepSpokeRoles(this, 'Roles', {
      ...trust,
      ...(externalId !== undefined && { externalId }),
      roles,
      roleNames: config.roleNames,
      protectTags: config.protectTags,
      deletionKinds: config.deletion.kinds,
    });
  }
}

/** The Recycle Bin rules that keep what orgsweep removes in one account and Region: one for each kind. */
export class RecycleBinRuleStack extends SpokeStack {
  constructor(scope: Construct, id: string, { config, env }: SpokeStackProps) {
    super(scope, id, 'orgsweep: what is removed in this account and Region can come back', env);
    const rules = binRulesOf(
      removableKinds(config.deletion.kinds),
      config.recycleBin.retentionDays,
    );
    for (const { logicalId, resourceType, retentionDays } of rules)
      new CfnRule(this, logicalId, {
        resourceType,
        resourceTags: [{ resourceTagKey: MARKER.key, resourceTagValue: MARKER.value }],
        retentionPeriod: { retentionPeriodValue: retentionDays, retentionPeriodUnit: 'DAYS' },
        description: 'Keeps what orgsweep removes, and nothing else.',
      });
  }
}
