import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { keyInTarget } from '../../../core/model/ids.ts';
import { type GroupHold, groupHoldNow, type Groups } from '../../../core/plan/together/groups.ts';
import type { KindInStep } from '../../../kinds/in-step.ts';
import type { Rechecked } from '../../../kinds/recheck.ts';
import { decideEach, type Going } from '../decide.ts';
import type { Work } from '../work.ts';

/**
 * Looks at the copies of what is marked once more, and leaves out what would be a last copy by
 * now. Another execution, with a store of its own, may be about to remove the very copy that this
 * one counts on. Each marks, sees its own marker, and only then looks for the other's: of two that
 * do so at the same moment, at least one sees the other's marker, and stays away.
 */
export async function lookForCopies(
  work: Work,
  kind: KindInStep,
  marked: readonly Going[],
  shown: ReadonlyMap<string, Pick<Rechecked, 'facts'>>,
): Promise<Going[]> {
  if (marked.every(({ stage }) => stage.at === 'READY')) return [...marked];
  const { now } = kind.groups ?? {};
  // Whatever the policy: another execution may have marked what these are copies of, or their copies.
  if (now === undefined)
    return decideEach(work, marked, () => ({ seen: 'COPIES', groupHold: null }));
  const groups = await groupsNow(work, now, marked, shown);
  return decideEach(work, marked, ({ resourceId }) =>
    'failure' in groups
      ? { seen: 'FAILED', what: 'CHECK_FAILED', failure: groups.failure }
      : {
          seen: 'COPIES',
          groupHold: groupHoldIn(work, kind, groups.now.get(resourceId) ?? NO_COPY),
        },
  );
}

/** Of what isn't answered for nobody knows of any. */
const NO_COPY: Groups = { copies: { id: '', others: [], isNewest: true, isOriginLeaving: true } };

type AskNow = NonNullable<NonNullable<KindInStep['groups']>['now']>;

async function groupsNow(
  work: Work,
  ask: AskNow,
  marked: readonly Going[],
  shown: ReadonlyMap<string, Pick<Rechecked, 'facts'>>,
) {
  const facts = marked.map(({ removal }) => shown.get(removal.resourceId)?.facts);
  try {
    return { now: await ask(work.look, facts) };
  } catch (error) {
    return { failure: toAwsFailure(error) };
  }
}

/** @param groups undefined: nothing of this kind is in any */
export function groupHoldIn(
  { leaving, policy: { allowLastCopy } }: Work,
  { kind, groups: ofKind }: KindInStep,
  groups: Groups | undefined,
): GroupHold | null {
  if (groups === undefined) return null;
  const isLeaving = (of: string, resourceId: string) =>
    leaving.has(keyInTarget({ kind: of, resourceId }));
  return groupHoldNow(groups, {
    allowLastCopy,
    isLeaving: (resourceId) => isLeaving(kind, resourceId),
    isOriginLeaving: (id) => ofKind?.origin !== undefined && isLeaving(ofKind.origin, id),
  });
}
