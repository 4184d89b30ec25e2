import type { History } from '../../core/history/history.ts';
import { type Made, type MadeById, NOTHING_MADE } from '../../core/history/made.ts';
import type { TargetRef } from '../../core/model/target.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { Kind, Look } from '../../kinds/kind.ts';
import { assessIn } from '../../kinds/seen-before.ts';
import type { FenceDeps } from '../../store/fenced-store.ts';
import type { LedgerEntry } from './ledger-batch.ts';
import { readSealedEntries } from './sealed-entries.ts';

/**
 * What the history says that steps made, as far as it decides: where it makes something stale that is
 * kept without it. More may write a history than a ledger, so only that counts which the sealed ledger
 * of that execution tells too, in every word.
 */
export async function findMade(
  deps: FenceDeps,
  kind: Pick<Kind, 'madeBy'> & Parameters<typeof assessIn>[0],
  look: Look & { readonly history: Pick<History, 'made'> },
  resources: Iterable<unknown>,
): Promise<MadeById> {
  const recorded: MadeById = new Map(Object.entries(look.history.made ?? {}));
  if (kind.madeBy === undefined || recorded.size === 0) return NOTHING_MADE;
  const isStale = (facts: unknown, by: MadeById) =>
    assessIn(kind, facts, { ...look, made: by }).verdict.verdict === 'STALE';
  const deciding: [id: string, Made][] = [];
  for (const facts of resources) {
    if (!isStale(facts, recorded) || isStale(facts, NOTHING_MADE)) continue;
    const { resourceId } = kind.describe(facts, look);
    const record = recorded.get(resourceId);
    if (record !== undefined) deciding.push([resourceId, record]);
  }
  return proved(deps, look, deciding);
}

/** As `findMade`, of what is planned: what decided then is looked for once more. */
export async function findMadeOf(
  deps: FenceDeps & { readonly kinds: readonly Kind[] },
  target: TargetRef,
  { made = {} }: Pick<History, 'made'>,
  planned: readonly PlannedRemoval[],
): Promise<MadeById> {
  const kinds = deps.kinds.flatMap(({ kind, madeBy }) => (madeBy === undefined ? [] : [kind]));
  const recorded: MadeById = new Map(Object.entries(made));
  const deciding = planned.flatMap(({ kind, resourceId }) => {
    const record = kinds.includes(kind) ? recorded.get(resourceId) : undefined;
    return record === undefined ? [] : [[resourceId, record] as const];
  });
  return proved(deps, target, deciding);
}

/** Those of these that ledgers tell of. */
async function proved(
  deps: FenceDeps,
  { accountId, region }: TargetRef,
  recorded: Iterable<readonly [id: string, Made]>,
): Promise<MadeById> {
  const ledgers = new Map<string, ReadonlyMap<string, LedgerEntry>>();
  const found = new Map<string, Made>();
  const entryOf = async (executionId: string, key: string) => {
    const entries =
      ledgers.get(executionId) ??
      (await readSealedEntries(deps, executionId, { accountId, region }));
    ledgers.set(executionId, entries);
    return entries.get(key);
  };
  for (const [id, record] of recorded) {
    if (!isTold(await entryOf(record.executionId, record.of), id, record)) continue;
    const { removed, ...rest } = record;
    const isRemoved =
      removed !== undefined &&
      isToldRemoved(await entryOf(removed.executionId, record.of), removed);
    found.set(id, isRemoved ? record : rest);
  }
  return found;
}

function isToldRemoved(entry: LedgerEntry | undefined, { at }: NonNullable<Made['removed']>) {
  return entry?.outcome?.outcome === 'REMOVED' && entry.outcome.at === at;
}

function isTold(entry: LedgerEntry | undefined, id: string, { step, at }: Made): boolean {
  const outcome = entry?.outcome;
  if (outcome?.outcome !== 'STEP_DONE' || outcome.made !== id) return false;
  return outcome.step === step && outcome.at === at;
}
