import { Aws } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Purpose } from '../../aws/sessions/purpose.ts';
import {
  DEPLOYED,
  type DeployedEnv,
  type DeployedFunction,
  type DeployedName,
} from '../../functions/deployed.ts';
import { formatProtectTags } from '../../functions/env.ts';
import { allow } from '../policies/allow.ts';
import type { OrgsweepConfig } from '../config/config.ts';
import type { HubNames } from '../config/hub-names.ts';
import { STORE_ACCESS } from './store-access.ts';
import { executionArns } from './machine-arns.ts';
import type { HubStore } from './hub-store.ts';
import type { HubTopic } from './hub-topic.ts';
import type { SealKey } from './seal-key.ts';
import { TypedFunction } from './typed-function.ts';

export interface HubFunctionsProps {
  readonly config: OrgsweepConfig;
  readonly names: HubNames;
  readonly store: HubStore;
  readonly sealKey: SealKey;
  readonly topic: HubTopic;
  readonly stateMachineArn: string;
  readonly codeOf: (name: DeployedName) => Code;
}

const ALL = Object.keys(DEPLOYED) as DeployedName[];

/** Those that are told of the key: they seal what they hand on, or believe only what is sealed. */
export const SEALING = ALL.filter((name) => 'SEAL_KEY_ARN' in DEPLOYED[name].env.shape);

/** Every function of the table, each with the permissions it needs and no more. */
export class HubFunctions extends Construct {
  readonly byName: ReadonlyMap<DeployedName, TypedFunction<DeployedName>>;

  constructor(scope: Construct, id: string, props: HubFunctionsProps) {
    super(scope, id);
    const environments = environmentsFor(props);
    const { slack, teams } = props.config.notifications;
    const hasChat = slack !== undefined || teams !== undefined;
    this.byName = new Map(
      ALL.filter((name) => hasChat || name !== 'ForwardToChat').map((name) => {
        const made = new TypedFunction(this, {
          name,
          names: props.names,
          code: props.codeOf(name),
          environment: environments[name],
          logDays: props.config.retention.logDays,
          reservedConcurrency: props.config.reservedConcurrency[name],
        });
        props.store.allow(made.role, STORE_ACCESS[name]);
        allowSpokeRoles(made.role, DEPLOYED[name], props.config);
        if (SEALING.includes(name)) props.sealKey.allow(made.role);
        return [name, made];
      }),
    );
    allowListings(this.get('Prepare').role);
    const [executions] = executionArns(this, props.names);
    allow(this.get('Prepare').role, {
      actions: ['states:DescribeExecution', 'states:GetExecutionHistory'],
      resources: [executions],
      because: 'Whichever execution of this machine is to be taken up, without those of its Maps',
    });
    allowPlaces(this.get('RemovePlanned').role);
    for (const name of ['RequestApproval', 'StartGovernanceRun'] as const) {
      props.topic.allowPublish(this.get(name).role);
    }
    allow(this.get('DecideApproval').role, {
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
      resources: [props.stateMachineArn],
    });
    allow(this.get('StartGovernanceRun').role, {
      actions: ['states:StartExecution', 'states:ListExecutions', 'states:DescribeStateMachine'],
      resources: [props.stateMachineArn],
    });
  }

  /** @throws for one that this deployment hasn't */
  get<N extends DeployedName>(name: N): TypedFunction<N> {
    const found = this.byName.get(name);
    if (found === undefined) throw new Error(`${name} isn't deployed`);
    return found as TypedFunction<N>;
  }
}

/** By function, so that a variable that one of them parses and isn't given doesn't compile. */
function environmentsFor(props: HubFunctionsProps): {
  readonly [N in DeployedName]: DeployedEnv<N>;
} {
  const { config, names, topic } = props;
  const store = {
    POWERTOOLS_SERVICE_NAME: names.prefix,
    BUCKET: props.store.bucket.bucketName,
  };
  const sealed = { ...store, SEAL_KEY_ARN: props.sealKey.key.keyArn };
  const PARTITION = Aws.PARTITION;
  const DELETION_ENABLED = config.deletion.enabled ? 'true' : 'false';
  const FLOORS = JSON.stringify(config.deletion.floors);
  const DELETION_KINDS = config.deletion.kinds.join(',');
  const spoke = {
    ...sealed,
    PARTITION,
    HUB_ACCOUNT_ID: Aws.ACCOUNT_ID,
    DISCOVERY_ROLE_NAME: config.roleNames.discovery,
    ...(config.externalId !== undefined && { EXTERNAL_ID: config.externalId }),
  };
  return {
    Prepare: {
      ...sealed,
      PARTITION,
      DELETION_ENABLED,
      PROTECT_TAGS: formatProtectTags(config.protectTags),
      FLOORS,
      DELETION_KINDS,
      STATE_MACHINE_ARN: props.stateMachineArn,
    },
    ListRegions: spoke,
    DiscoverTarget: spoke,
    RecordFailedTarget: sealed,
    Plan: { ...sealed, FLOORS, DELETION_KINDS },
    RequestApproval: {
      ...store,
      TOPIC_ARN: topic.topic.topicArn,
      HUB_NAME: names.parameter,
    },
    DecideApproval: {
      ...sealed,
      HUB_ACCOUNT_ID: Aws.ACCOUNT_ID,
      STATE_MACHINE_ARN: props.stateMachineArn,
    },
    RemovePlanned: {
      ...spoke,
      DELETION_ENABLED,
      FLOORS,
      DELETION_KINDS,
      DELETION_ROLE_NAME: config.roleNames.deletion,
      REMOVALS_PER_SECOND: String(config.deletion.removalsPerSecond),
    },
    Summarize: { ...sealed, HUB_NAME: names.parameter },
    StartGovernanceRun: {
      POWERTOOLS_SERVICE_NAME: names.prefix,
      STATE_MACHINE_ARN: props.stateMachineArn,
      TOPIC_ARN: topic.topic.topicArn,
    },
    ForwardToChat: { ...store, CHAT_TOPIC_ARN: topic.chatTopicArn },
  };
}

/** The roles it opens sessions in; the deletion role only where deletion is enabled. */
function allowSpokeRoles(
  role: Role,
  { assumes }: DeployedFunction,
  { roleNames, deletion }: OrgsweepConfig,
): void {
  const roles: Readonly<Record<Purpose, string>> = {
    discover: roleNames.discovery,
    remove: roleNames.deletion,
    restore: roleNames.restore,
  };
  allow(role, {
    actions: ['sts:AssumeRole'],
    resources: assumes
      .filter((purpose) => purpose !== 'remove' || deletion.enabled)
      .map((purpose) => `arn:${Aws.PARTITION}:iam::*:role/${roles[purpose]}`),
    conditions: { StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
    because: 'A role of this name in whichever account of the organization',
  });
}

/** Where an account is now, before anything is removed there. */
function allowPlaces(role: Role): void {
  const organizations = `arn:${Aws.PARTITION}:organizations::*`;
  allow(role, {
    actions: ['organizations:DescribeAccount'],
    resources: [`${organizations}:account/*`],
    because: 'Any account may have been moved since the plan was made',
  });
  allow(role, {
    actions: ['organizations:ListParents'],
    resources: [`${organizations}:account/*`, `${organizations}:ou/*`],
    because: 'Where DescribeAccount gives no path, it is asked for step by step',
  });
}

function allowListings(role: Role): void {
  allow(role, {
    actions: ['organizations:ListAccounts', 'ec2:DescribeRegions'],
    resources: ['*'],
    because: 'These two know no resources',
  });
  allow(role, {
    actions: ['organizations:DescribeOrganizationalUnit'],
    // The ARN of a unit has the management account in it.
    resources: [`arn:${Aws.PARTITION}:organizations::*:ou/*`],
    because: 'Reports call the units by their names, whichever they are',
  });
  allow(role, {
    actions: ['ssm:GetParametersByPath'],
    // A public parameter belongs to no account; a path, perhaps, to the caller's.
    resources: ['', Aws.ACCOUNT_ID].map(
      (account) =>
        `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${account}:parameter/aws/service/global-infrastructure/*`,
    ),
    because: 'The Regions that have a service, as AWS publishes them',
  });
}
