import type { SpokeSessions } from '../aws/sessions/spoke-session.ts';
import type { Clock } from '../clock/clock.ts';
import type { Policy } from '../core/input/input.ts';
import type { TargetRef } from '../core/model/target.ts';
import type { Kind, Look } from '../kinds/kind.ts';
import { absentServicesIn, type Expected, pricesOf } from './expected.ts';

/** Opens a session that can only read, to look at one target by what its execution goes by. */
export async function openLook(
  spokes: SpokeSessions,
  clock: Clock,
  of: {
    readonly expected: Expected;
    readonly target: TargetRef;
    readonly policy: Policy;
    readonly kinds: readonly Kind[];
  },
): Promise<Look> {
  const { accountId, region } = of.target;
  return {
    clients: await spokes.open(accountId, region, 'discover'),
    accountId,
    region,
    policy: of.policy,
    now: clock.now(),
    clock,
    absentServices: absentServicesIn(of.expected, region),
    prices: pricesOf(of.expected, of.kinds),
  };
}
