import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcards } from './nag.ts';

export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operator, then key, then what it is compared with. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Why there is a wildcard in the resources. */
  readonly because?: string;
}

/** Adds to what a role may do. Nothing for nothing: a statement without resources isn't one. */
export function allow(role: Role, permission: Permission): void {
  const { actions, resources, conditions, because } = permission;
  if (resources.length === 0) return;
  role.addToPolicy(
    new PolicyStatement({
      actions: [...actions],
      resources: [...resources],
      ...(conditions && { conditions }),
    }),
  );
  if (because !== undefined) acknowledgeWildcards(role, resources, because);
}
