import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { TargetOutcome } from '../../core/outcome/outcome.ts';
import { type ToRetry, toRetried } from '../../core/scope/retry.ts';
import type { Seal } from '../../core/model/seal.ts';
import { Expected } from '../expected.ts';
import { fencedStore, isSealedBy } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { reconcileExecution } from '../targets/reconcile-execution.ts';
import { linesIfPresent, parseStored } from '../../store/stored-json.ts';

/** An execution that is to be tried again where it wasn't complete. */
export interface Retry extends ToRetry {
  readonly expected: Expected;
}

/**
 * What an execution left incomplete: from what its steps sealed. Where nobody can tell what they
 * did, from its `targets.jsonl` or, where it was broken off before that, from what is there.
 *
 * @param seal that of the execution; null: nobody can tell, and what is there is taken for its own
 * @throws {InvalidInput} where there is no such execution, or nothing to try again
 */
export async function readRetry(
  store: Store,
  executionId: string,
  now: Date,
  seal: Seal | null,
): Promise<Retry> {
  const keys = keysOf(executionId);
  const accepted = 'accepted: an execution that left targets incomplete';
  const stored = await store.get(keys.expected);
  if (stored === undefined) {
    throw new InvalidInput(
      `input.scope.retryOf: ${quote(executionId)} – ${accepted}; there is no ${store.locationOf(keys.expected)}`,
    );
  }
  const expected = parseStored(Expected, stored.body, store.locationOf(keys.expected));
  if (!isSealedBy(seal, keys.expected, stored.body)) {
    throw new InvalidInput(
      `input.scope.retryOf: ${quote(executionId)} – ${accepted}, as this version wrote it; ${store.locationOf(keys.expected)} was changed, is of an earlier version, or was sealed with another key`,
    );
  }
  const told = seal === null ? await readOutcomes(store, keys.targets) : undefined;
  const fenced = fencedStore(store, seal, executionId);
  const outcomes = told ?? (await reconcileExecution(fenced, expected, now)).outcomes;
  const retry = toRetried(outcomes, expected);
  if (Object.keys(retry.retried).length === 0) {
    throw new InvalidInput(
      `input.scope.retryOf: ${quote(executionId)} – ${accepted}; it saw all of its targets completely ` +
        `(removals that are left are tried again with "plan": ${quote(executionId)})`,
    );
  }
  return { expected, ...retry };
}

/**
 * What the execution to try again went by, for one that goes by the same. Not its mode: whether
 * anything is removed is asked anew.
 */
export function inputOfRetry({ expected }: Retry): Record<string, unknown> {
  const { kinds, remove, policy, policyOverrides, limits, approval } = expected;
  return { kinds, remove, policy, policyOverrides, limits, approval };
}

/** The same, from the input that the execution was started with. */
export function inheritedFrom(input: unknown): Record<string, unknown> {
  return Inherited.parse(input);
}

/** As they were given; whether they are good, the new execution tells. */
const Inherited = z.object({
  kinds: z.unknown().optional(),
  remove: z.unknown().optional(),
  policy: z.unknown().optional(),
  policyOverrides: z.unknown().optional(),
  limits: z.unknown().optional(),
  approval: z.unknown().optional(),
});

async function readOutcomes(store: Store, key: string): Promise<TargetOutcome[] | undefined> {
  const lines = await linesIfPresent(store, key);
  if (lines === undefined) return undefined;
  const outcomes: TargetOutcome[] = [];
  for await (const line of lines)
    outcomes.push(parseStored(TargetOutcome, line, store.locationOf(key)));
  return outcomes;
}
