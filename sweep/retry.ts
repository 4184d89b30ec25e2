import type { Store } from '../adapters/store.ts';
import { quote } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { TargetOutcome } from '../core/outcome.ts';
import { type Retried, toRetried } from '../core/retry.ts';
import { Expected } from './expected.ts';
import { keysOf } from './keys.ts';
import { reconcileExecution } from './reconcile-execution.ts';
import { linesIfPresent, parseStored } from './stored-json.ts';

/** An execution that is to be tried again where it wasn't complete. */
export interface Retry {
  readonly expected: Expected;
  readonly retried: Retried;
}

/**
 * What an execution left incomplete: from its `targets.jsonl`, or, where it was broken off before
 * that, from what its steps left.
 *
 * @throws {InvalidInput} where there is no such execution, or nothing to try again
 */
export async function readRetry(store: Store, executionId: string, now: Date): Promise<Retry> {
  const keys = keysOf(executionId);
  const accepted = 'accepted: an execution that left targets incomplete';
  const stored = await store.get(keys.expected);
  if (stored === undefined) {
    throw new InvalidInput(
      `input.scope.retryOf: ${quote(executionId)} – ${accepted}; there is no ${store.locationOf(keys.expected)}`,
    );
  }
  const expected = parseStored(Expected, stored.body, store.locationOf(keys.expected));
  const outcomes =
    (await readOutcomes(store, keys.targets)) ?? (await reconcileExecution(store, expected, now));
  const retried = toRetried(outcomes, expected);
  if (Object.keys(retried).length === 0) {
    throw new InvalidInput(
      `input.scope.retryOf: ${quote(executionId)} – ${accepted}; it saw all of its targets completely ` +
        `(removals that are left are tried again with "plan": ${quote(executionId)})`,
    );
  }
  return { expected, retried };
}

/**
 * What the execution to try again went by, for one that goes by the same. Not its mode: whether
 * anything is removed is asked anew.
 */
export function inputOfRetry({ expected }: Retry): Record<string, unknown> {
  const { kinds, policy, policyOverrides, limits, approval } = expected;
  return { kinds, policy, policyOverrides, limits, approval };
}

async function readOutcomes(store: Store, key: string): Promise<TargetOutcome[] | undefined> {
  const lines = await linesIfPresent(store, key);
  if (lines === undefined) return undefined;
  const outcomes: TargetOutcome[] = [];
  for await (const line of lines)
    outcomes.push(parseStored(TargetOutcome, line, store.locationOf(key)));
  return outcomes;
}
