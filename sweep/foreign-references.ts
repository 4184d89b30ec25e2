import { z } from 'zod';
import type { Store } from '../adapters/store.ts';
import type { TargetOutcome } from '../core/outcome.ts';
import { type Finding, type OtherAccountUse, VerdictName } from '../core/verdict.ts';
import type { ForeignReference } from '../kinds/kind.ts';
import { keysOf, type TargetRef } from './keys.ts';
import { collected, readAhead } from './read-ahead.ts';

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
): Promise<void> {
  if (references.length === 0) return;
  const lines = function* () {
    for (const reference of references) yield JSON.stringify({ accountId, region, ...reference });
  };
  await store.writeLines(keysOf(executionId).foreignReferences({ accountId, region }), lines());
}

/**
 * Who uses, in another account, what was found stale. Anybody may name any snapshot id, free of
 * charge and by the million: what names nothing stale is read past, never held.
 *
 * @param outcomes of the targets whose findings may be named
 */
export async function readForeignReferences(
  store: Store,
  executionId: string,
  outcomes: readonly TargetOutcome[],
): Promise<UsesByResource> {
  const found = new Map<string, OtherAccountUse[]>();
  const keys = await collected(store.list(keysOf(executionId).foreignReferencesPrefix));
  if (keys.length === 0) return found;
  const stale = await readStale(store, executionId, outcomes);
  const read = readAhead(keys, async (key) => usesIn(store.lines(key), stale));
  for await (const ofTarget of read)
    for (const [key, uses] of ofTarget)
      found.set(key, [...(found.get(key) ?? []), ...uses].slice(0, MOST_USES));
  return found;
}

/** By `keyOf`, the account that each stale resource is in. */
async function readStale(
  store: Store,
  executionId: string,
  outcomes: readonly TargetOutcome[],
): Promise<ReadonlyMap<string, string>> {
  const targets = outcomes.flatMap(({ accountId, region, kinds }) =>
    region !== null && Object.values(kinds).some(({ verdicts }) => verdicts.STALE > 0)
      ? [{ accountId, region }]
      : [],
  );
  const stale = new Map<string, string>();
  const read = readAhead(targets, async (target) => {
    const ids: string[] = [];
    for await (const line of store.lines(keysOf(executionId).targetFindings(target))) {
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
