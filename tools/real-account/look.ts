import type { Look } from '../../kinds/kind.ts';
import { makeFreshReader } from '../../kinds/listings/reader.ts';
import { ExecutionInput, PRICES } from '../../kinds/registry.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** A look at the sandbox as a run with the default policy has it. */
export function lookIn({ reading, accountId, region, clock }: Sandbox): Look {
  const { policy } = ExecutionInput.parse({});
  const by = { clients: reading, clock, policy, now: clock.now() };
  return {
    ...by,
    read: makeFreshReader(by),
    accountId,
    region,
    absentServices: [],
    prices: PRICES.builtIn,
  };
}
