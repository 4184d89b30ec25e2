import { classifyCode, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { refuseWrongClock } from '../../clock/check-clock.ts';
import { keepingRule, type RecycleBinRule } from '../../core/outcome/recycle-bin.ts';
import { reliesOnRule } from '../../core/outcome/undo.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { nextUnderWatch } from '../../core/removal/bin.ts';
import { isUndecided } from '../../core/removal/turn.ts';
import { MARKER } from '../../core/tags/marker.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { toRemovalStep } from '../../kinds/removal.ts';
import { asKnown, decideEach, type Going, queueOf } from './decide.ts';
import { firstOfParents } from './first-of-parent.ts';
import { mark } from './marking.ts';
import { requestEach } from './requests.ts';
import { lookForCopies } from './looks/copies-now.ts';
import { lookAgain, lookOnceMore, type SecondLook } from './looks/second-look.ts';
import { lookAtWholeSets, mayGoAfter, onlyWholeSets } from './whole-sets.ts';
import { isInterrupted, type Work } from './work.ts';

/**
 * Looks at some removals of one kind a second time, marks what is still stale, and removes it one by
 * one. What becomes of each is decided in `core/removal`, after each look and each answer. Every one
 * of them ends, or waits with its reason for a later batch.
 *
 * @throws {LeaseLost | ClockDisagrees} before anything more is marked or removed
 */
export async function removeBatch(
  work: Work,
  kind: KindInStep,
  removals: readonly PlannedRemoval[],
): Promise<void> {
  const { progress, lease } = work;
  // A large set needs a look of its own, which would make this check too old.
  await lookAtWholeSets(work, kind, removals);
  const { going: looked, shown, controls } = await lookAgain(work, kind, removals);
  refuseWrongClock(work.deps);
  const stale = await onlyWholeSets(work, looked, mayGoAfter(work, removals, looked));
  if (stale.length === 0 || progress.isStopped) return;
  const kept = await findKeepingRules(work, kind, stale, shown);
  const mayGo = mayGoAfter(work, removals, kept);
  const free = underWatch(work, await onlyWholeSets(work, kept, mayGo));
  const going = await firstOfParents(work, kind, free, shown);
  const { first, never, failure } = await work.sessions.openFor(
    kind,
    going,
    ({ removal }) => shown.get(removal.resourceId)?.facts,
  );
  await decideEach(work, never, () => ({ seen: 'NO_EXACT_ARN', failure }));
  if (first.length === 0) return;
  // The listings may have taken longer than the lease.
  await lease.renew();
  const toMark = await decideEach(work, first, () => ({ seen: 'NOTHING' }));
  if (toMark.length === 0) {
    progress.batchSize = 1;
    return;
  }
  const marked = await mark(work, kind, toMark, shown);
  const still = await lookOnceMore(work, kind, marked, { controls });
  const copied = await lookForCopies(work, kind, still, shown);
  const batch = first.map(({ removal }) => removal);
  const ready = await onlyWholeSets(work, copied, mayGoAfter(work, batch, copied, mayGo));
  const left = await requestEach(work, kind, ready, shown);
  if (isInterrupted(work)) return;
  if (left.length === 0) return progress.growBatch();
  // Their check is too old. The next is for no more than were managed on this one.
  const managed = ready.length - left.length;
  const { run } = kind.step;
  progress.batchSize = Math.max(1, Math.ceil(managed / ('many' in run ? run.most : 1)));
  await decideEach(work, left, () => ({ seen: 'TOO_OLD', managed }));
}

/** Finds for each the rule that keeps it. What none keeps ends by that, where one is required. */
async function findKeepingRules(
  work: Work,
  kind: KindInStep,
  stale: readonly Going[],
  shown: SecondLook['shown'],
): Promise<Going[]> {
  const tagsOf = ({ resourceId }: PlannedRemoval) => ({
    ...shown.get(resourceId)?.tags,
    [MARKER.key]: MARKER.value,
  });
  const read = await work.rules.read(
    kind,
    stale.map(({ removal }) => tagsOf(removal)),
  );
  const { rulesSeen } = work.progress;
  const ruleOf = (removal: PlannedRemoval) => {
    const rule = 'rules' in read ? keepingRule(read.rules, tagsOf(removal)) : null;
    // What has another way back relies on no rule that was seen to keep nothing.
    const isVain = rule !== null && rulesSeen.get(rule.identifier) === false;
    return isVain && kind.step.undo.length > 1 ? null : rule;
  };
  const sure = await seeWhatWasMade(work, kind, stale, ruleOf);
  if ('rules' in read)
    return decideEach(work, sure, (removal) => ({ seen: 'RULE', rule: ruleOf(removal) }));
  const { failure } = read;
  const step = toRemovalStep(kind.step);
  for (const { removal } of sure) {
    const { made } = asKnown(work, removal).follows ?? {};
    if (reliesOnRule(work.policy, kind.kind, step, made)) work.progress.noteRefused(failure);
  }
  const isDenied = classifyCode(failure.code) === 'DENIED';
  return decideEach(work, sure, () => ({ seen: 'RULES_UNREADABLE', failure, isDenied }));
}

/**
 * Looks whether what earlier steps made is there and whole, of what no rule keeps: since then weeks may
 * have passed.
 *
 * @returns those of which that can be told, and that nobody has to look at
 */
async function seeWhatWasMade(
  work: Work,
  { step: { undo } }: KindInStep,
  stale: readonly Going[],
  ruleOf: (removal: PlannedRemoval) => RecycleBinRule | null,
): Promise<readonly Going[]> {
  const back = undo.find(({ way }) => way === 'MADE');
  const relying = new Map<Going, string>();
  for (const one of stale) {
    const made = one.removal.follows?.made;
    if (made !== undefined && ruleOf(one.removal) === null) relying.set(one, made);
  }
  if (back?.way !== 'MADE' || relying.size === 0) return stale;
  try {
    const whole = await back.findWhole(work.look, [...relying.values()]);
    for (const [{ removal }, made] of relying) work.progress.noteMade(removal, whole.has(made));
    return stale;
  } catch (error) {
    const failure = toAwsFailure(error);
    await decideEach(work, [...relying.keys()], () => {
      return { seen: 'FAILED', what: 'CHECK_FAILED', failure };
    });
    return stale.filter((one) => !relying.has(one));
  }
}

/** See `nextUnderWatch`; nobody while those that tell whether the bin works wait for another look. */
function underWatch(work: Work, kept: readonly Going[]): readonly Going[] {
  if (isUndecided(queueOf(work))) return [];
  const watched = kept.map((one) => ({
    one,
    rule: one.stage.at === 'KEPT' ? one.stage.rule : null,
    isOfSet: one.removal.set !== undefined,
  }));
  return nextUnderWatch(watched, work.progress.rulesSeen).map(({ one }) => one);
}
