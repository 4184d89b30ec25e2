import { toAwsFailure, toNamedError } from '../../aws/answers/aws-error.ts';
import { AccountPlaceUnknown, Throttled } from '../../core/model/errors.ts';
import type { Policy } from '../../core/input/input.ts';
import { isPlanBelow, policyAtLeast } from '../../core/floors/at-least.ts';
import { kindsAtMost } from '../../core/floors/kinds-to-remove.ts';
import type { OrgAccount } from '../../core/model/org-account.ts';
import { policiesOf, type Plan } from '../../core/plan/plan.ts';
import { type Standing, standingNow } from '../../core/scope/standing.ts';
import { ownFloorsOf } from '../../kinds/among.ts';
import type { TargetRef } from '../../core/model/target.ts';
import type { RemovalDeps } from '../deps.ts';
import type { Expected } from '../expected.ts';

/**
 * What holds in an account now. Between plan and removal there may be days of waiting for a person,
 * in which the account was moved, or the deployment's floors were raised: Organizations is asked
 * each time removals begin there, and the floors are those of this function.
 *
 * @throws {AccountPlaceUnknown} where nobody can tell: then nothing is removed there
 * @throws {Throttled} to be asked again later
 */
export async function findStanding(
  {
    hub,
    kinds,
    settings: { floors, deletionKinds },
  }: Pick<RemovalDeps, 'hub' | 'kinds' | 'settings'>,
  plan: Plan,
  expected: Expected,
  target: TargetRef,
): Promise<Standing & Pick<Expected, 'remove'>> {
  const { accountId } = target;
  const account = await askFor(hub, accountId);
  const atLeast = (policy: Policy) => policyAtLeast(policy, floors, ownFloorsOf(kinds));
  const { scope, retried, policy, policyOverrides } = expected;
  const standing = standingNow(accountId, account, {
    ...{ plan: policiesOf(plan), scope, retried, policy, policyOverrides, atLeast },
  });
  if (standing !== null) {
    const hold = isPlanBelow(plan, expected, target, floors) ? 'BELOW_FLOOR' : standing.hold;
    const remove = kindsAtMost(expected.remove, deletionKinds);
    return { ...standing, hold, policy: atLeast(standing.policy), remove };
  }
  throw new AccountPlaceUnknown(
    `AWS Organizations shows account ${accountId} in state ${JSON.stringify(account?.state)} ` +
      `at path ${JSON.stringify(account?.path)}, which doesn't tell what holds there`,
  );
}

async function askFor(hub: RemovalDeps['hub'], accountId: string): Promise<OrgAccount | undefined> {
  try {
    return await hub.findAccount(accountId);
  } catch (error) {
    const named = toNamedError(error);
    if (named instanceof Throttled) throw named;
    const { operation, code, message } = toAwsFailure(error);
    throw new AccountPlaceUnknown(
      `${operation ?? 'AWS Organizations'} answered ${code} for account ${accountId}: ${message}`,
      { cause: error },
    );
  }
}
