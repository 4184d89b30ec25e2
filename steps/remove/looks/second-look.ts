import { classifyFailure, toAwsFailure } from '../../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../../core/plan/plan.ts';
import { type Controls } from '../../../kinds/ask.ts';
import { recheckAndAsk, type Rechecked } from '../../../kinds/recheck.ts';
import type { SecondLook as SecondLookOfOne } from '../../../core/removal/seen.ts';
import type { KindInStep } from '../../../kinds/in-step.ts';
import { decide, decideEach, due, type Going } from '../decide.ts';
import type { Verdict } from '../../../core/model/verdict.ts';
import { settleGone } from '../recycle-bin.ts';
import { groupHoldIn } from './copies-now.ts';
import { withLost } from './tried.ts';
import type { Work } from '../work.ts';

/** What the second look found stale still, with what it is as of that look, by resource id. */
export interface SecondLook {
  readonly going: Going[];
  readonly shown: ReadonlyMap<string, Shown>;
  /** What was known to be in use then, see `lookOnceMore`. */
  readonly controls: Controls;
}

interface Shown extends Rechecked {
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Looks at some planned removals again, and at all that could refer to them. What is not stale any
 * more, or gone, ends by that.
 *
 * @throws what keeps this target as a whole from being looked at: a denial, throttling
 */
export async function lookAgain(
  work: Work,
  kind: KindInStep,
  removals: readonly PlannedRemoval[],
): Promise<SecondLook> {
  // Before the first read: no fact of this check is older. Its ages go by it too: what wasn't a
  // candidate then was not looked at closely.
  const check = work.progress.moment();
  const now = new Date(check.at);
  const controls: Controls = new Map();
  const looked = await recheck(work, kind, removals, { now, controls });
  if ('failure' in looked) {
    const failed = { seen: 'FAILED', what: 'CHECK_FAILED', failure: looked.failure } as const;
    const going = await decideEach(work, removals.map(due), () => failed);
    return { going, shown: new Map(), controls };
  }
  const shown = new Map<string, Shown>();
  for (const { facts, ...seen } of looked.resources) {
    const { resourceId, tags } = kind.describe(facts, { ...work.look, now });
    shown.set(resourceId, { facts, tags, ...seen });
  }
  const going: Going[] = [];
  const gone: PlannedRemoval[] = [];
  for (const removal of removals) {
    const found = shown.get(removal.resourceId);
    if (found === undefined) {
      gone.push(removal);
      continue;
    }
    const at = { check, lookedAt: now, failure: looked.incomplete[0] };
    const there = seenThere(work, kind, found, { ...at, removal });
    const then = await decide(work, due(removal), await withLost(work, kind, removal, there));
    if (then !== null) going.push(then);
  }
  if (gone.length > 0) await settleGone(work, kind, gone);
  return { going, shown, controls };
}

/** What a look shows of one that is there. */
function seenThere(
  work: Work,
  kind: KindInStep,
  { facts, verdict, observed }: Rechecked,
  {
    removal,
    ...look
  }: Pick<SecondLookOfOne, 'check' | 'lookedAt' | 'failure'> & { readonly removal: PlannedRemoval },
): SecondLookOfOne {
  const { policy } = work;
  return {
    ...{ seen: 'THERE', verdict: unlessAskedAnew(kind, removal, verdict), ...look },
    groupHold: groupHoldIn(work, kind, kind.groups?.of(facts, policy)),
    nextStep: kind.removal.next?.(facts, { policy, now: look.lookedAt, seen: observed }),
  };
}

/**
 * What is stale only as long as nothing elsewhere shows it was asked of all others for the plan, and this
 * look can't ask them. So what wasn't planned for such a reason isn't removed for one, nor the other way
 * round: then what the plan went by isn't so any more.
 */
function unlessAskedAnew({ asks }: KindInStep, planned: PlannedRemoval, now: Verdict): Verdict {
  const reasons = asks?.reasons;
  if (reasons === undefined || now.verdict !== 'STALE') return now;
  const isAsked = (of: readonly string[]) => of.some((reason) => reasons.includes(reason));
  if (isAsked(planned.reasons) === isAsked(now.reasons)) return now;
  return { verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] };
}

/** Server trouble passes, and keeps only this batch waiting. */
async function recheck(
  work: Work,
  kind: KindInStep,
  removals: readonly PlannedRemoval[],
  { now, controls }: { readonly now: Date; readonly controls: Controls },
): Promise<Awaited<ReturnType<typeof recheckAndAsk>> | { failure: AwsFailure }> {
  const ids = removals.map(({ resourceId }) => resourceId);
  try {
    return await recheckAndAsk(kind, { ...work.look, now }, ids, controls);
  } catch (error) {
    const failure = toAwsFailure(error);
    if (classifyFailure(failure) !== 'SERVER') throw error;
    return { failure };
  }
}

/**
 * Looks at what is marked once more, where its step relies on others, and leaves out what isn't at that
 * step any more. Another execution, with a store of its own, may be about to remove what this one counts
 * on: as with copies, each marks, sees its own marker, and only then looks for the other's. All is seen
 * and asked anew but what is surely in use: that only has to show in the answers.
 *
 * @throws as the second look
 */
export async function lookOnceMore(
  work: Work,
  kind: KindInStep,
  marked: readonly Going[],
  { controls }: Pick<SecondLook, 'controls'>,
): Promise<Going[]> {
  if (kind.step.reliesOnOthers !== true || marked.length === 0) return [...marked];
  const check = work.progress.moment();
  const now = new Date(check.at);
  const removals = marked.map(({ removal }) => removal);
  const looked = await recheck(work, kind, removals, { now, controls });
  if ('failure' in looked) {
    const failed = { seen: 'FAILED', what: 'CHECK_FAILED', failure: looked.failure } as const;
    return decideEach(work, marked, () => failed);
  }
  const at = { check, lookedAt: now, failure: looked.incomplete[0] };
  const seen = new Map(
    looked.resources.map((found) => [
      kind.describe(found.facts, { ...work.look, now }).resourceId,
      found,
    ]),
  );
  const gone = removals.filter(({ resourceId }) => !seen.has(resourceId));
  if (gone.length > 0) await settleGone(work, kind, gone);
  const there = marked.filter(({ removal }) => !gone.includes(removal));
  return decideEach(work, there, (removal) => {
    const found = seen.get(removal.resourceId);
    return found === undefined
      ? { seen: 'NOTHING' }
      : seenThere(work, kind, found, { ...at, removal });
  });
}
