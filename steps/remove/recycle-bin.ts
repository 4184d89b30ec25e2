import { classifyCode, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { LeaseLost } from '../../core/model/errors.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import {
  type BinEntry,
  hasEnteredSince,
  isStopped,
  rulesSeenAfter,
} from '../../core/removal/bin.ts';
import type { BinSight } from '../../core/removal/seen.ts';
import { mayBeOurs } from '../../core/removal/tries.ts';
import { NOT_SEEN_IN_BIN } from '../../core/outcome/recycle-bin.ts';
import { reliesOnRule } from '../../core/outcome/undo.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { binOfStep, toRemovalStep } from '../../kinds/removal.ts';
import {
  asKnown,
  becomes,
  due,
  type Ended,
  endUntouched,
  type Going,
  settle,
  writtenOf,
} from './decide.ts';
import { isInterrupted, type Work } from './work.ts';
import { keyInTarget } from '../../core/model/ids.ts';

/** What is removed appears in the bin within seconds; longer than this, and it isn't there. */
const SEEN_WITHIN_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 1_000;
/** A look for a whole batch that comes at once finds its last ones missing, and has to be made again. */
const SHOWS_AFTER_MILLISECONDS = 2_000;

/** What looking for removed resources in the bin brought. */
interface Looked extends Pick<BinSight, 'failure' | 'ended'> {
  readonly entries: ReadonlyMap<string, BinEntry>;
  /** What ended the waiting before its time. */
  readonly error?: unknown;
}

/**
 * Tells how removals that AWS accepted ended, after a look into the bin.
 *
 * @param cutShort what ended the work: there is no waiting then
 */
export async function settleAccepted(
  work: Work,
  kind: KindInStep,
  accepted: readonly Going[],
  cutShort?: { readonly error: unknown },
): Promise<void> {
  if (accepted.length === 0) return;
  const removals = accepted.map(({ removal }) => removal);
  const looked =
    cutShort === undefined
      ? await waitForBatch(work, kind, removals)
      : { ...(await lookIntoBin(work, kind, removals)), ...cutShortBy(cutShort.error) };
  const { progress } = work;
  const byRule = accepted.flatMap(({ removal, stage }) =>
    stage.at === 'ACCEPTED'
      ? [{ rule: stage.rule, isInBin: looked.entries.has(removal.resourceId) }]
      : [],
  );
  progress.rulesSeen = rulesSeenAfter(progress.rulesSeen, byRule, looked.ended === 'WAITED');
  const ended = accepted.flatMap((one) => {
    const then = becomes(work, one, { seen: 'BIN', bin: sightOf(looked, one.removal) });
    return then.next === 'END' ? [{ removal: one.removal, ending: then.ending }] : [];
  });
  await settle(work, ended);
  await stopOrThrow(work, ended, looked);
}

/**
 * What is gone: by a request of ours, perhaps, or by others. Where the bin is required and doesn't
 * show what was requested, all stops.
 *
 * @param refusal AWS's own word that it is gone
 */
export async function settleGone(
  work: Work,
  kind: KindInStep,
  gone: readonly PlannedRemoval[],
  refusal?: AwsFailure,
): Promise<void> {
  const isOurs = (removal: PlannedRemoval) => mayBeOurs(work.progress.triesOf(removal));
  const requested = gone.filter((one) => writtenOf(work.ledger, one) === 'REQUEST');
  const ours = await waitForBin(work, kind, gone.filter(isOurs));
  const others = await lookIntoBin(
    work,
    kind,
    requested.filter((one) => !isOurs(one)),
  );
  const ended: Ended[] = [];
  for (const removal of gone) {
    const bin = sightOf(isOurs(removal) ? ours : others, removal);
    const then = becomes(work, due(removal), { seen: 'GONE', bin, refusal });
    if (then.next !== 'END') continue;
    ended.push({ removal, ending: then.ending });
    await settle(work, ended.slice(-1));
  }
  await stopOrThrow(work, ended, ours);
}

/** Only now: what was seen by then has endings of its own, and is written down. */
async function stopOrThrow(work: Work, ended: readonly Ended[], { error }: Looked): Promise<void> {
  // Nothing more goes without a way back.
  if (isStopped(ended.map(({ ending }) => ending))) await endUntouched(work, NOT_SEEN_IN_BIN);
  if (error !== undefined) throw error;
}

function sightOf({ entries, failure, ended }: Looked, { resourceId }: PlannedRemoval): BinSight {
  return { entry: entries.get(resourceId), failure, ended };
}

/** Looks until all of these are in the bin, or until they surely won't appear there any more. */
async function waitForBin(
  work: Work,
  kind: KindInStep,
  removals: readonly PlannedRemoval[],
): Promise<Looked> {
  const { progress } = work;
  const giveUpAt =
    progress.now() + (expectsBin(work, kind, removals) ? SEEN_WITHIN_MILLISECONDS : 0);
  let looked = await lookIntoBin(work, kind, removals);
  while (looked.entries.size < removals.length && progress.now() < giveUpAt) {
    if (isInterrupted(work)) return { ...looked, ended: 'INTERRUPTED' };
    if (looked.failure && classifyCode(looked.failure.code) === 'DENIED') break;
    await work.deps.clock.sleep(POLL_MILLISECONDS);
    try {
      await work.lease.renew();
    } catch (error) {
      return { ...looked, ...cutShortBy(error) };
    }
    looked = await lookIntoBin(work, kind, removals);
  }
  return looked;
}

/** As `waitForBin`, for what was removed a moment ago: one look, a little later, shows all of it. */
async function waitForBatch(
  work: Work,
  kind: KindInStep,
  removals: readonly PlannedRemoval[],
): Promise<Looked> {
  const { progress } = work;
  const lookAt = progress.now() + (expectsBin(work, kind, removals) ? SHOWS_AFTER_MILLISECONDS : 0);
  while (progress.now() < lookAt && !isInterrupted(work)) {
    await work.deps.clock.sleep(POLL_MILLISECONDS);
  }
  return waitForBin(work, kind, removals);
}

/** Where no rule keeps anything, waiting for the bin would be for nothing. */
function expectsBin(work: Work, kind: KindInStep, removals: readonly PlannedRemoval[]): boolean {
  const { policy, rules, progress } = work;
  const step = toRemovalStep(kind.step);
  const relies = (removal: PlannedRemoval) =>
    reliesOnRule(policy, kind.kind, step, asKnown(work, removal).follows?.made);
  if (removals.some(relies)) return true;
  return rules
    .known(kind)
    .some(
      ({ status, identifier }) =>
        status === 'available' && progress.rulesSeen.get(identifier) !== false,
    );
}

/** One look. Of each only what went into the bin since its intent was written. */
async function lookIntoBin(
  { look, ledger }: Pick<Work, 'look' | 'ledger'>,
  { step }: KindInStep,
  removals: readonly PlannedRemoval[],
): Promise<Looked> {
  const entries = new Map<string, BinEntry>();
  const bin = binOfStep(step);
  if (bin === undefined || removals.length === 0) return { entries, ended: 'WAITED' };
  const ids = removals.map(({ resourceId }) => resourceId);
  try {
    const found = await bin.find(look.clients, ids);
    for (const removal of removals) {
      const entry = found.get(removal.resourceId);
      const intentAt = ledger.openIntents.get(keyInTarget(removal))?.intentAt;
      if (entry && hasEnteredSince(entry, intentAt)) entries.set(removal.resourceId, entry);
    }
    return { entries, ended: 'WAITED' };
  } catch (error) {
    return { entries, failure: toAwsFailure(error), ended: 'WAITED' };
  }
}

function cutShortBy(error: unknown): Pick<Looked, 'ended' | 'error'> {
  return { ended: error instanceof LeaseLost ? 'LEASE_LOST' : 'ERROR', error };
}
