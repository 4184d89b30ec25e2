import type { Store } from '../../store/store.ts';
import { RecordTampered } from '../../core/model/errors.ts';
import { failedAsAWhole } from '../../core/outcome/kind-look.ts';
import type { TargetOutcome } from '../../core/outcome/outcome.ts';
import { reconcile } from '../../core/scope/reconcile.ts';
import { targetKey } from '../../core/model/target.ts';
import { type Expected, ExpectedRegions } from '../expected.ts';
import { keysOf } from '../../store/keys.ts';
import { readAhead } from '../../store/read-ahead.ts';
import { readJson, Unreadable } from '../../store/stored-json.ts';
import { StoredOutcome, type TargetFiles, targetOfKey } from './stored-outcome.ts';

/** What an execution saw, as far as it can be believed. */
export interface Reconciled {
  readonly outcomes: TargetOutcome[];
  /** Of the targets whose outcome says what its other files are; by `targetKey`. */
  readonly files: Map<string, TargetFiles>;
  /** Accounts that may have Regions of which there is no outcome. */
  readonly withUnknownRegions: ReadonlySet<string>;
}

/**
 * One outcome for every target and account that Prepare expected, from what is in the store. A
 * record that isn't what a step wrote costs its own target, or account, alone: there it is a gap.
 */
export async function reconcileExecution(
  store: Store,
  expected: Expected,
  now: Date,
): Promise<Reconciled> {
  const keys = keysOf(expected.executionId);
  const at = now.toISOString();
  const regionsByAccount = new Map<string, string[]>();
  const withUnknownRegions = new Set<string>();
  const outcomes: TargetOutcome[] = [];
  const tamperedAccounts = new Map<string, TargetOutcome>();
  const expectedRegions = readAhead(store.list(keys.regionsPrefix), async (key) =>
    unlessTampered(key, async () => readJson(store, key, ExpectedRegions)),
  );
  for await (const { key, value, message } of expectedRegions) {
    const accountId = accountOfKey(key);
    if (value !== undefined) {
      regionsByAccount.set(
        value.accountId,
        value.targets.map(({ region }) => region),
      );
      outcomes.push(...value.outcomes);
      if (value.mayHaveOthers) withUnknownRegions.add(value.accountId);
    } else if (accountId !== null) {
      tamperedAccounts.set(accountId, tampered({ accountId, region: null, message, at }));
    }
  }
  const files = new Map<string, TargetFiles>();
  const recorded = readAhead(store.list(keys.outcomesPrefix), async (key) =>
    unlessTampered(key, async () => readJson(store, key, StoredOutcome)),
  );
  for await (const { key, value, message } of recorded) {
    const target = targetOfKey(key);
    const accountId = target?.accountId ?? accountOfKey(key);
    if (value === undefined) {
      if (accountId === null) continue;
      outcomes.push(tampered({ accountId, region: target?.region ?? null, message, at }));
      continue;
    }
    const { files: ofTarget, isFinal: _isFinal, ...outcome } = value;
    const ofAccount = tamperedAccounts.get(outcome.accountId);
    outcomes.push(ofAccount === undefined ? outcome : withFailureOf(ofAccount, outcome));
    if (target !== null && ofTarget) files.set(targetKey(target), { target, ...ofTarget });
  }
  const { accounts, outcomes: withoutTarget, scope } = expected;
  return {
    ...{ files, withUnknownRegions },
    outcomes: reconcile(
      { accounts, withoutTarget, regionsByAccount, scope, policies: expected },
      [...outcomes, ...tamperedAccounts.values()],
      now,
    ),
  };
}

/** The outcomes with a gap wherever a file of the target can't be believed. */
export function withTampered(
  outcomes: readonly TargetOutcome[],
  messages: ReadonlyMap<string, string>,
): TargetOutcome[] {
  return outcomes.map((outcome) => {
    const message = messages.get(targetKey(outcome));
    return message === undefined ? outcome : toTampered(outcome, message);
  });
}

/** What was counted was sealed with the outcome, and stays; nothing in it is proved any more. */
export function toTampered(outcome: TargetOutcome, message: string): TargetOutcome {
  return failedAsAWhole(outcome, { code: 'RecordTampered', message });
}

function withFailureOf({ failure }: TargetOutcome, outcome: TargetOutcome): TargetOutcome {
  return outcome.status === 'COMPLETE' ? toTampered(outcome, failure?.message ?? '') : outcome;
}

function tampered({
  message,
  ...of
}: Pick<TargetOutcome, 'accountId' | 'region' | 'at'> & { message: string }): TargetOutcome {
  return { ...of, status: 'FAILED', failure: { code: 'RecordTampered', message }, kinds: {} };
}

type Read<T> =
  | { readonly key: string; readonly value: T; readonly message?: undefined }
  | { readonly key: string; readonly value?: undefined; readonly message: string };

async function unlessTampered<T>(key: string, read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { key, value: await read() };
  } catch (error) {
    // What the store itself doesn't give may be whole.
    if (!(error instanceof RecordTampered) && !(error instanceof Unreadable)) throw error;
    return { key, message: error.message };
  }
}

function accountOfKey(key: string): string | null {
  return /\/(\d{12})(?:\/account)?\.json$/.exec(key)?.[1] ?? null;
}
