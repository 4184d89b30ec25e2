import { type Environment, type Stack, Token } from 'aws-cdk-lib';
import { fault } from '../core/input/bad-input.ts';
import { InvalidInput } from '../core/model/errors.ts';
import type { OrgsweepConfig } from './config/config.ts';

/** Where a stack may be deployed; the CDK refuses credentials of another account. */
interface Place {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

export function hubEnvironment({ hubAccountId, region }: OrgsweepConfig): Environment {
  return pinned({ account: hubAccountId, region });
}

export function stackSetsEnvironment(config: OrgsweepConfig): Environment {
  const { callAs, accountId } = config.stackSets;
  const byDefault = callAs === 'SELF' ? config.managementAccountId : undefined;
  return pinned({ account: accountId ?? byDefault, region: config.region });
}

/** Of roles, which every Region of an account shares: from two Regions they would be made twice. */
export function rolesByHandEnvironment(config: OrgsweepConfig): Environment {
  return pinned({ account: config.managementAccountId, region: config.region });
}

/** Of the Recycle Bin rule, which each Region has for itself. */
export function rulesByHandEnvironment({ managementAccountId }: OrgsweepConfig): Environment {
  return pinned({ account: managementAccountId });
}

function pinned({ account, region }: Place): Environment {
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

/**
 * Of a stack that somebody else made: the account and Region that it names have to be the hub's.
 *
 * @throws {InvalidInput} naming the key, its value and what is accepted
 */
export function refuseElsewhere(stack: Stack, config: OrgsweepConfig, root: string): void {
  const named = { hubAccountId: stack.account, region: stack.region };
  for (const [key, there] of Object.entries(named)) {
    const asked = config[key as keyof typeof named];
    if (asked === undefined || Token.isUnresolved(there) || there === asked) continue;
    throw new InvalidInput(
      fault(`${root}.${key}`, asked, `${there}, where stack ${stack.stackName} is`),
    );
  }
}
