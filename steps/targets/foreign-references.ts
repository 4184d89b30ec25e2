import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { targetKey, type TargetRef } from '../../core/model/target.ts';
import { type Finding, type OtherAccountUse, VerdictName } from '../../core/model/verdict.ts';
import type { ForeignReference } from '../../kinds/listings/listing.ts';
import { keysOf } from '../../store/keys.ts';
import { type LinesWritten, noteLines } from '../../store/believed-lines.ts';
import { readAhead, tellingTampered } from '../../store/read-ahead.ts';
import type { Reconciled } from './reconcile-execution.ts';
import { targetOfKey } from './stored-outcome.ts';

/**
 * One execution sees the whole organization: what refers, in one account, to a resource that isn't
 * there may be using another account's. Each target writes down what it found; Plan and Summarize
 * join it with the findings.
 */
const StoredReference = z.strictObject({
  accountId: z.string(),
  region: z.string(),
  resourceId: z.string(),
  source: z.string(),
  by: z.string(),
});

/** Enough to go and look at. */
const MOST_USES = 10;

/** By Region and resource id: an EBS snapshot can be used in its own Region only. */
export type UsesByResource = ReadonlyMap<string, readonly OtherAccountUse[]>;

export async function writeForeignReferences(
  store: Store,
  executionId: string,
  { accountId, region }: TargetRef,
  references: readonly ForeignReference[],
): Promise<LinesWritten> {
  if (references.length === 0) return { lines: 0, parts: [] };
  const lines = function* () {
    for (const reference of references) yield JSON.stringify({ accountId, region, ...reference });
  };
  const noted = noteLines(lines());
  await store.writeLines(keysOf(executionId).foreignReferences({ accountId, region }), noted.lines);
  return noted.written();
}

export interface ForeignReferences {
  readonly uses: UsesByResource;
  /** Whose references aren't what was written down. */
  readonly tampered: readonly { readonly target: TargetRef; readonly message: string }[];
  /** These targets have references that no outcome of theirs tells of. */
  readonly unvouched: readonly TargetRef[];
}

/**
 * Who uses, in another account, what was found stale. Anybody may name any snapshot id, free of
 * charge and by the million: what names nothing stale is read past, never held.
 *
 * @param reconciled what each target's sealed outcome says of its files
 */
export async function readForeignReferences(
  store: Store,
  executionId: string,
  { outcomes, files }: Reconciled,
): Promise<ForeignReferences> {
  const found = new Map<string, OtherAccountUse[]>();
  const tampered: { target: TargetRef; message: string }[] = [];
  const keys = keysOf(executionId);
  const vouched = [...files.values()].filter(({ foreignReferences: { lines } }) => lines > 0);
  const stale =
    vouched.length === 0
      ? new Map<string, string>()
      : await readStale(store, executionId, { outcomes, files });
  const read = readAhead(vouched, async ({ target, foreignReferences }) => {
    const onTampered = (message: string) => void tampered.push({ target, message });
    const key = keys.foreignReferences(target);
    return usesIn(tellingTampered(store, { key, written: foreignReferences, onTampered }), stale);
  });
  for await (const ofTarget of read)
    for (const [key, uses] of ofTarget)
      found.set(key, [...(found.get(key) ?? []), ...uses].slice(0, MOST_USES));
  const isVouched = new Set(vouched.map(({ target }) => keys.foreignReferences(target)));
  const unvouched: TargetRef[] = [];
  for await (const key of store.list(keys.foreignReferencesPrefix)) {
    const target = targetOfKey(key);
    if (target !== null && !isVouched.has(key)) unvouched.push(target);
  }
  return { uses: found, tampered, unvouched };
}

/** Whether some other account may use what is in this target, and nobody knows what it uses. */
export function isUseUnknown(
  { accountId, region }: TargetRef,
  { tampered, unvouched }: ForeignReferences,
): boolean {
  return [...tampered.map(({ target }) => target), ...unvouched].some(
    (other) => other.region === region && other.accountId !== accountId,
  );
}

/** By `keyOf`, the account that each stale resource is in. */
async function readStale(
  store: Store,
  executionId: string,
  { outcomes, files }: Reconciled,
): Promise<ReadonlyMap<string, string>> {
  const targets = outcomes.flatMap((outcome) => {
    const found = files.get(targetKey(outcome));
    const isStale = Object.values(outcome.kinds).some(({ verdicts }) => verdicts.STALE > 0);
    return found !== undefined && isStale ? [found] : [];
  });
  const stale = new Map<string, string>();
  const read = readAhead(targets, async ({ target, findings: written }) => {
    const ids: string[] = [];
    const key = keysOf(executionId).targetFindings(target);
    // What isn't to be believed is told where its findings are read.
    const onTampered = () => undefined;
    for await (const line of tellingTampered(store, { key, written, onTampered })) {
      const { verdict, resourceId } = Named.parse(JSON.parse(line));
      if (verdict === 'STALE') ids.push(resourceId);
    }
    return { ...target, ids };
  });
  for await (const { accountId, region, ids } of read)
    for (const resourceId of ids) stale.set(keyOf({ region, resourceId }), accountId);
  return stale;
}

/** What names a finding, whatever else is in its line. */
const Named = z.object({ verdict: VerdictName, resourceId: z.string() });
const Place = z.looseObject({ accountId: z.string(), region: z.string(), resourceId: z.string() });

async function usesIn(
  lines: AsyncIterable<string>,
  stale: ReadonlyMap<string, string>,
): Promise<Map<string, OtherAccountUse[]>> {
  const found = new Map<string, OtherAccountUse[]>();
  for await (const line of lines) {
    const reference = Place.parse(JSON.parse(line));
    const key = keyOf(reference);
    const owner = stale.get(key);
    // An account's own stale reference is no use, and takes no other's place.
    if (owner === undefined || owner === reference.accountId) continue;
    const { accountId, source, by } = StoredReference.parse(reference);
    const uses = found.get(key) ?? [];
    found.set(key, uses);
    if (uses.length < MOST_USES) uses.push({ accountId, source, by });
  }
  return found;
}

/** The finding with who uses it in other accounts. An account's own stale references are none. */
export function withOtherUses(finding: Finding, uses: UsesByResource): Finding {
  const others = (uses.get(keyOf(finding)) ?? []).filter(
    ({ accountId }) => accountId !== finding.accountId,
  );
  if (others.length === 0) return finding;
  return { ...finding, evidence: { ...finding.evidence, usedByOtherAccounts: others } };
}

function keyOf({ region, resourceId }: { region: string; resourceId: string }): string {
  return `${region}/${resourceId}`;
}
