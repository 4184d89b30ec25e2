import { lookAt } from '../../../core/outcome/kind-look.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { policyIn } from '../trial/policy.ts';
import type { ImageNeed, ImageNow } from './record.ts';

export const KIND = 'ami';
const DAY_MS = 86_400_000;

/** What has to hold of AMIs, which are told of and never touched; each breach in words. */
export function breachesInAmis(stage: Stage, chapter: Chapter): string[] {
  if (!stage.shape.amis) return [];
  return [...breachesOfTouch(chapter), ...breachesOfVerdicts(stage, chapter)].map(
    (breach) => `${chapter.executionId}: ${breach}`,
  );
}

/** No plan has one, no outcome is told of one, and no request that changes anything names one. */
function breachesOfTouch({ plan, removals, calls }: Chapter): string[] {
  const of = [...(plan?.removals ?? []), ...removals].filter(({ kind }) => kind === KIND);
  const changes = calls.filter(({ operation }) => !/^(Describe|List|Get|Assume)/.test(operation));
  const about = changes.filter(({ params }) =>
    [...params.values()].some((value) => /\bami-[0-9a-f]/.test(value)),
  );
  return [
    ...of.map(({ resourceId }) => `${resourceId} is to be removed`),
    ...about.map(({ operation, params }) => `${operation} names an AMI: ${params.toString()}`),
  ];
}

/** In a target that is called complete, an AMI that something needs all the time is never STALE. */
function breachesOfVerdicts(stage: Stage, chapter: Chapter): string[] {
  const { targets, findings, clockMinutes, summary, forged, step } = chapter;
  if (summary === null || forged !== null || clockMinutes > 0) return [];
  const complete = targets.filter((target) => lookAt(target, KIND).status === 'COMPLETE');
  return complete.flatMap(({ accountId, region }) => {
    if (region === null) return [];
    const states = imagesDuring(stage, chapter, { accountId, region });
    const { skipReferences } = policyIn(stage.organization, step, accountId, 'scan');
    const stale = findings.filter(
      (one) => one.kind === KIND && one.accountId === accountId && one.region === region,
    );
    const ids = new Set(states.flat().flatMap(({ imageId, isPut }) => (isPut ? [imageId] : [])));
    return [...ids].flatMap((id) => {
      const all = states.map((state) => state.find(({ imageId }) => imageId === id));
      const finding = stale.find(
        ({ resourceId, verdict }) => resourceId === id && verdict === 'STALE',
      );
      const seen = all.map((now) => (now?.needs ?? []).filter(isShown(skipReferences)));
      const need = (seen[0] ?? []).find(({ sight }) =>
        seen.every((needs) => needs.some((one) => one.sight === sight)),
      );
      const isElsewhere = need?.sight === 'instances elsewhere';
      const isHeld =
        finding?.evidence.usedByOtherAccounts !== undefined ||
        finding?.evidence.notSeenElsewhere !== undefined;
      if (finding !== undefined && need !== undefined && !(isElsewhere && isHeld))
        return [`${id} is called STALE: ${need.who}, ${need.sight}`];
      const isFree = all.every((now) => now !== undefined && now.needs.length === 0);
      const isOld = all.every((now) => now !== undefined && isOlder(now, 300, chapter));
      // What somebody else's fault left open is told as unknown.
      if (finding !== undefined || !isFree || !isOld || step.faults.length > 0) return [];
      return [`${id} is not called STALE`];
    });
  });
}

function isShown(skipReferences: readonly string[]) {
  return ({ sight }: ImageNeed) => !skipReferences.includes(sight);
}

function isOlder({ createTime }: ImageNow, days: number, { plannedAt }: Chapter): boolean {
  return createTime !== undefined && plannedAt - createTime.getTime() > days * DAY_MS;
}

/** The AMIs of one place, in every state between the first look of an execution there and its plan. */
export function imagesDuring(
  { witness }: Stage,
  { calls, plannedAt }: Chapter,
  place: { readonly accountId: string; readonly region: string },
): readonly (readonly ImageNow[])[] {
  const [first] = calls;
  const last = calls.findLast(({ at }) => at <= plannedAt);
  if (first === undefined || last === undefined) return [];
  return witness.images.between(place, first.number, last.number);
}
