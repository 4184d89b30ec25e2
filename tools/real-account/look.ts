import type { Look } from '../../kinds/kind.ts';
import { ExecutionInput, PRICES } from '../../kinds/registry.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** A look at the sandbox as a run with the default policy has it. */
export function lookIn({ reading, accountId, region, clock }: Sandbox): Look {
  return {
    clients: reading,
    accountId,
    region,
    policy: ExecutionInput.parse({}).policy,
    now: clock.now(),
    clock,
    absentServices: [],
    prices: PRICES.builtIn,
  };
}
