import { Aws, Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  Effect,
  PolicyStatement,
  type IPrincipal,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow } from '../policies/allow.ts';
import type { OrgsweepConfig } from '../config/config.ts';
import type { HubNames } from '../config/hub-names.ts';
import { APPROVER_ACCESS, OPERATOR_ACCESS, APPROVAL_REQUEST } from './store-access.ts';
import type { HubStore } from './hub-store.ts';
import { executionArns } from './machine-arns.ts';

export interface PeopleProps {
  readonly config: OrgsweepConfig;
  readonly names: HubNames;
  readonly store: HubStore;
  readonly stateMachineArn: string;
  readonly decideApprovalArn: string;
}

/** The two roles people work with: none of them can do what the other does. */
export class People extends Construct {
  /** Starts, watches, reads and restores. The only one that the restore roles trust. */
  readonly operator: Role;
  /** Decides about a plan, and reads it. */
  readonly approver: Role;

  constructor(scope: Construct, id: string, props: PeopleProps) {
    super(scope, id);
    const { people } = props.config;
    this.operator = new Role(this, 'Operator', {
      roleName: props.names.operatorRole,
      description: 'orgsweep: starts executions, reads what they leave behind, restores',
      assumedBy: whoever(people.operators),
    });
    this.approver = new Role(this, 'Approver', {
      roleName: props.names.approverRole,
      description: 'orgsweep: approves or rejects plans',
      assumedBy: whoever(people.approvers),
    });
    const parameterArn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: `parameter${props.names.parameter}`,
    });
    for (const role of [this.operator, this.approver]) {
      allow(role, { actions: ['ssm:GetParameter'], resources: [parameterArn] });
    }
    this.#allowOperator(props);
    props.store.allow(this.approver, APPROVER_ACCESS);
    allow(this.approver, {
      actions: ['lambda:InvokeFunction'],
      resources: [props.decideApprovalArn],
    });
  }

  #allowOperator({ config, names, store, stateMachineArn }: PeopleProps): void {
    allow(this.operator, {
      actions: ['states:StartExecution', 'states:ListExecutions', 'states:DescribeStateMachine'],
      resources: [stateMachineArn],
    });
    allow(this.operator, {
      actions: [
        'states:DescribeExecution',
        'states:DescribeMapRun',
        'states:GetExecutionHistory',
        'states:ListMapRuns',
        'states:StopExecution',
      ],
      resources: [...executionArns(this, names), mapRunArns(names)],
      because: "The machine's own executions, and its Maps'",
    });
    store.allow(this.operator, OPERATOR_ACCESS);
    allow(this.operator, {
      actions: ['pricing:GetProducts'],
      resources: ['*'],
      because: 'List prices, which everybody may know, are no resource of any account',
    });
    this.operator.addToPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['s3:GetObject'],
        resources: [store.arnOf(APPROVAL_REQUEST)],
      }),
    );
    allow(this.operator, {
      actions: ['sts:AssumeRole'],
      resources: [`arn:${Aws.PARTITION}:iam::*:role/${config.roleNames.restore}`],
      conditions: { StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
      because: 'The restore role, in whichever account of the organization',
    });
  }
}

function mapRunArns({ stateMachine }: HubNames): string {
  return `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:mapRun:${stateMachine}/*`;
}

/** Of the hub account: the ones whose ARNs match, or whoever its IAM policies let. */
function whoever(patterns: readonly string[]): IPrincipal {
  const account = new AccountRootPrincipal();
  if (patterns.length === 0) return account;
  return account.withConditions({ ArnLike: { 'aws:PrincipalArn': [...patterns] } });
}
