import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { HubNames } from '../config/hub-names.ts';

/** Before there is the machine: functions and its own role name it, and its name is fixed. */
export function stateMachineArn(scope: Construct, names: HubNames): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: names.stateMachine,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Of every execution of the machine, and of every child of its Maps. */
export function executionArns(
  scope: Construct,
  { stateMachine }: HubNames,
): readonly [own: string, children: string] {
  const arnOf = (resourceName: string) =>
    Stack.of(scope).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [arnOf(`${stateMachine}:*`), arnOf(`${stateMachine}/*`)];
}
