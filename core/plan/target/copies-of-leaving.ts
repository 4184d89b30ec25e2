import { leavingOf } from '../../history/gone.ts';
import { keyInTarget } from '../../model/ids.ts';
import type { Finding } from '../../model/verdict.ts';
import { isMarkedForRemoval } from '../../tags/marker.ts';
import { type Drafted, holdWithOthers } from './stale-draft.ts';
import type { TargetToPlan } from './target-to-plan.ts';

/**
 * Holds every copy of what goes, or is on its way out, whatever the policy and whichever copies there
 * are beside it: never both in one plan. Which of them what goes relies on, only its own kind knows, and
 * it counts others than the copies' kind does. The copy is held and not what it is a copy of, whatever
 * else keeps that in the end.
 */
export function holdCopiesOfLeaving(
  drafted: readonly Drafted[],
  listed: ReadonlyMap<string, readonly Finding[]>,
  { history, now }: Pick<TargetToPlan, 'history' | 'now'>,
): void {
  for (const { kind, origin, drafts } of drafted) {
    const copies = drafts.filter(({ finding }) => finding.evidence.lineage !== undefined);
    if (copies.length === 0) continue;
    const leaving = origin === undefined ? new Set<string>() : leavingOf(history, now);
    for (const finding of listed.get(origin ?? '') ?? [])
      if (isMarkedForRemoval(finding.tags)) leaving.add(keyInTarget(finding));
    const going = drafted.find((other) => other.kind === origin && other.tooStale === null);
    for (const { finding, reasons } of going?.drafts ?? [])
      if (reasons.length === 0) leaving.add(keyInTarget(finding));
    for (const { finding, reasons } of copies) {
      const { lineage } = finding.evidence;
      if (lineage === undefined) continue;
      const of = keyInTarget({ kind: origin ?? '', resourceId: lineage.id });
      if (lineage.originLeaves === true || leaving.has(of))
        reasons.push('LAST_COPY_OF_REMOVED_VOLUME');
    }
    holdWithOthers(drafts, listed.get(kind) ?? []);
  }
}
