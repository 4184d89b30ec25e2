import type { SpokeSessions } from '../aws/sessions/spoke-session.ts';
import type { Clock } from '../clock/clock.ts';
import type { Policy } from '../core/input/input.ts';
import type { TargetRef } from '../core/model/target.ts';
import type { Kind, Look } from '../kinds/kind.ts';
import { makeFreshReader, makeSharedReader } from '../kinds/listings/reader.ts';
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
    /** What is read once for all that share it; left out: all is read as it is when it is asked for. */
    readonly shared?: Kind['reads'];
    readonly history?: NonNullable<Look['history']>;
  },
): Promise<Look> {
  const { accountId, region } = of.target;
  const clients = await spokes.open(accountId, region, 'discover');
  const by = { clients, clock, policy: of.policy, now: clock.now() };
  return {
    ...by,
    ...(of.history && { history: of.history }),
    accountId,
    region,
    read: of.shared ? makeSharedReader(by, of.shared) : makeFreshReader(by),
    absentServices: absentServicesIn(of.expected, region),
    prices: pricesOf(of.expected, of.kinds),
  };
}
