import { BUILT_IN_PRICES } from '../../core/prices/built-in.ts';
import type { Look } from '../../kinds/kind.ts';
import { ExecutionInput } from '../../kinds/registry.ts';
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
    prices: BUILT_IN_PRICES,
  };
}
