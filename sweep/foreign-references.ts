import { z } from 'zod';
import type { Store } from '../adapters/store.ts';
import type { Finding, OtherAccountUse } from '../core/verdict.ts';
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
  await store.writeLines(
    keysOf(executionId).foreignReferences({ accountId, region }),
    references.map((reference) => JSON.stringify({ accountId, region, ...reference })),
  );
}

export async function readForeignReferences(
  store: Store,
  executionId: string,
): Promise<UsesByResource> {
  const found = new Map<string, OtherAccountUse[]>();
  const keys = store.list(keysOf(executionId).foreignReferencesPrefix);
  for await (const lines of readAhead(keys, async (key) => collected(store.lines(key)))) {
    for (const line of lines) {
      const { accountId, source, by, ...of } = StoredReference.parse(JSON.parse(line));
      const uses = found.get(keyOf(of)) ?? [];
      if (uses.length < MOST_USES) found.set(keyOf(of), [...uses, { accountId, source, by }]);
    }
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
