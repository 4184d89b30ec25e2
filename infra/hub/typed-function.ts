import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as Lambda,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  DEPLOYED,
  type DeployedEnv,
  type DeployedName,
  kebabName,
} from '../../functions/deployed.ts';
import { HANDLER } from './bundle.ts';
import type { HubNames } from '../config/hub-names.ts';
import { acknowledgeWildcards } from '../policies/nag.ts';

export interface TypedFunctionProps<N extends DeployedName> {
  readonly name: N;
  readonly names: HubNames;
  readonly code: Code;
  /** What its entry parses: a variable that is missing here doesn't compile. */
  readonly environment: DeployedEnv<N>;
  readonly logDays: RetentionDays;
  readonly reservedConcurrency?: number | undefined;
}

/** One function of the table, in a role of its own with a fixed name, writing to its own log group. */
export class TypedFunction<N extends DeployedName> extends Construct {
  readonly function: Lambda;
  readonly role: Role;

  constructor(scope: Construct, props: TypedFunctionProps<N>) {
    super(scope, props.name);
    const { timeoutSeconds, memoryMiB } = DEPLOYED[props.name];
    const functionName = `${props.names.prefix}-${kebabName(props.name)}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.logDays,
      // What an execution did is in the store; logs go with the function.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      roleName: props.names.functionRole(props.name),
      description: `orgsweep: ${props.name}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(this.role);
    this.function = new Lambda(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: HANDLER,
      code: props.code,
      role: this.role,
      environment: props.environment as Record<string, string>,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMiB,
      logGroup,
      tracing: Tracing.ACTIVE,
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
    });
    acknowledgeWildcards(this.role, ['*'], 'X-Ray takes segments for no resource in particular');
  }
}
