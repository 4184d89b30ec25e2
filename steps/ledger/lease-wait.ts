import { LeaseHeld } from '../../core/model/errors.ts';
import { acquireLease, type Lease, type LeaseDeps } from './lease.ts';
import type { TargetRef } from '../../core/model/target.ts';

/** A lease that nobody renews runs out within five minutes; one that lasts longer has a holder. */
const LONGEST_WAIT_MILLISECONDS = 360_000;
const LOOK_MILLISECONDS = 5_000;

/** Who keeps somebody waiting, and until when unless they renew it. */
export interface HeldLease extends TargetRef {
  readonly holder: string;
  readonly until: string;
}

/**
 * As `acquireLease`, and waits while another one holds it: after a kill the lease runs on for some
 * minutes, though nobody removes anything any more.
 *
 * @param tell called once for each holder that is waited for
 * @throws {LeaseHeld} after six minutes, and at once where nobody can tell who holds it
 */
export async function waitForLease(
  deps: LeaseDeps,
  target: TargetRef,
  holder: string,
  tell: (held: HeldLease) => void,
): Promise<Lease> {
  const now = () => deps.clock.now().getTime();
  const giveUpAt = now() + LONGEST_WAIT_MILLISECONDS;
  const told = new Set<string>();
  for (;;) {
    try {
      return await acquireLease(deps, target, holder);
    } catch (error) {
      if (!(error instanceof LeaseHeld) || error.held === undefined) throw error;
      const { accountId, region } = target;
      const { held } = error;
      if (now() >= giveUpAt) throw error;
      if (!told.has(held.holder)) tell({ accountId, region, ...held });
      told.add(held.holder);
      const left = Date.parse(held.until) - now() + 1;
      await deps.clock.sleep(Math.max(1, Math.min(LOOK_MILLISECONDS, left)));
    }
  }
}
