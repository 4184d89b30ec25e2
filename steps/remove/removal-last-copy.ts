import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { historyKey } from '../../core/history/history.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { StillStale } from './removal-rules.ts';
import type { RemovalRun } from './removal-run.ts';
import { putOff, settle } from './removal-settling.ts';

/**
 * Whether no copy would be left. Everything this plan removes counts as gone already, so that two
 * removals can't each rely on the other; so does what is known to be gone and may still be shown.
 */
export function isLastCopy(run: RemovalRun, { kind }: Kind, siblings: readonly string[]): boolean {
  if (run.policy.allowLastCopy) return false;
  const planned = new Set(
    run.planned.filter((one) => one.kind === kind).map(({ resourceId }) => resourceId),
  );
  return siblings.every(
    (resourceId) => planned.has(resourceId) || run.gone.has(historyKey({ kind, resourceId })),
  );
}

/**
 * Looks at the siblings of what is marked once more, and leaves out what would be a last copy by
 * now. Another execution, with a store of its own, may be about to remove the very copy that this
 * one counts on. Each marks, sees its own marker, and only then looks for the other's: of two that
 * do so at the same moment, at least one sees the other's marker, and stays away.
 *
 * @returns those that may be removed; the others are settled, or wait
 */
export async function withoutLastCopies(
  run: RemovalRun,
  kind: Kind,
  marked: readonly PlannedRemoval[],
  stale: readonly StillStale[],
): Promise<PlannedRemoval[]> {
  if (run.policy.allowLastCopy || marked.length === 0) return [...marked];
  const ids = new Set(marked.map(({ resourceId }) => resourceId));
  const siblings = await siblingsOf(
    run,
    kind,
    stale.filter(({ removal }) => ids.has(removal.resourceId)),
  );
  const ready: PlannedRemoval[] = [];
  for (const removal of marked) {
    if ('failure' in siblings) {
      const { failure } = siblings;
      await putOff(run, removal, { outcome: 'NOT_ATTEMPTED', reasons: ['CHECK_FAILED'], failure });
    } else if (isLastCopy(run, kind, siblings.now.get(removal.resourceId) ?? [])) {
      await settle(run, removal, { outcome: 'PROTECTED', reasons: ['LAST_COPY'] });
    } else {
      ready.push(removal);
    }
  }
  return ready;
}

async function siblingsOf(run: RemovalRun, kind: Kind, stale: readonly StillStale[]) {
  try {
    const facts = stale.map((one) => one.facts);
    return { now: await kind.siblingsNow(run.look, facts) };
  } catch (error) {
    return { failure: toAwsFailure(error) };
  }
}
