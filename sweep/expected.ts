import { z } from 'zod';
import type { Store } from '../adapters/store.ts';
import { AccountId, ExecutionId, Timestamp } from '../core/ids.ts';
import { Limits, Policy, Scope } from '../core/input.ts';
import { TargetOutcome } from '../core/outcome.ts';
import { Target } from '../core/target.ts';
import { keysOf } from './keys.ts';

/** What Prepare expects of an execution; Plan and Summarize count against it. */
export const Expected = z.strictObject({
  executionId: ExecutionId,
  startedAt: Timestamp,
  mode: z.enum(['report', 'delete']),
  scope: Scope,
  kinds: z.array(z.string()),
  /** With the protect tags of the deployment, and of the plan that is applied, added. */
  policy: Policy,
  limits: Limits,
  /** The execution whose plan is applied. */
  basedOn: ExecutionId.nullable(),
  accounts: z.array(
    z.strictObject({
      id: AccountId,
      name: z.string(),
      state: z.string(),
      path: z.string().nullable(),
    }),
  ),
  /** Outcomes that are known before anything is scanned: exclusions, and accounts that can't be. */
  outcomes: z.array(TargetOutcome),
});
export type Expected = z.infer<typeof Expected>;

/** What ListRegions expects of one account. */
export const ExpectedRegions = z.strictObject({
  accountId: AccountId,
  targets: z.array(Target),
  outcomes: z.array(TargetOutcome),
});
export type ExpectedRegions = z.infer<typeof ExpectedRegions>;

/** Reads and parses one JSON object of the store. @throws when it isn't there or doesn't fit */
export async function readJson<T>(store: Store, key: string, schema: z.ZodType<T>): Promise<T> {
  const object = await store.get(key);
  if (object === undefined) throw new Error(`${store.locationOf(key)} is missing`);
  return schema.parse(JSON.parse(object.body));
}

export async function writeJson(store: Store, key: string, value: unknown): Promise<void> {
  await store.put(key, bodyOf(value));
}

export function bodyOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export async function readExpected(store: Store, executionId: string): Promise<Expected> {
  return readJson(store, keysOf(executionId).expected, Expected);
}
