import { classifyCode, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { MARKER } from '../../core/tags/marker.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { keepingRule, type RecycleBinRule } from '../../core/outcome/recycle-bin.ts';
import type { Kind, Undo } from '../../kinds/kind.ts';
import { noteRefused } from './removal-pace.ts';
import type { RemovalRun } from './removal-run.ts';
import { putOff, settle } from './removal-settling.ts';

/** A removal that a second look found stale still, with the tags it has now. */
export interface StillStale {
  readonly removal: PlannedRemoval;
  readonly tags: Readonly<Record<string, string>>;
  /** Of its kind, as of that look. */
  readonly facts: unknown;
}

/** One with the Recycle Bin rule that will keep it; null: none, and none is required. */
export interface Kept {
  readonly removal: PlannedRemoval;
  readonly rule: RecycleBinRule | null;
}

type Tags = StillStale['tags'];

/**
 * Finds for each removal the rule that keeps it, as the rules are now: those of the plan may have
 * been changed or deleted since. Where one is required and there is none, the removal is settled.
 */
export async function findKeepingRules(
  run: RemovalRun,
  kind: Kind,
  stale: readonly StillStale[],
): Promise<Kept[]> {
  const required = run.policy.requireRecycleBin;
  const tagged = stale.map(({ removal, tags }) => ({
    removal,
    tags: { ...tags, [MARKER.key]: MARKER.value },
  }));
  const read = await readRules(
    run,
    kind,
    tagged.map(({ tags }) => tags),
  );
  if ('failure' in read && required) {
    for (const { removal } of stale) await leaveWithoutRule(run, removal, read.failure);
    return [];
  }
  const rules = 'failure' in read ? [] : read.rules;
  const kept: Kept[] = [];
  for (const { removal, tags } of tagged) {
    const rule = keepingRule(rules, tags);
    if (rule !== null || !required) kept.push({ removal, rule });
    else await settle(run, removal, notKept());
  }
  return kept;
}

async function leaveWithoutRule(run: RemovalRun, removal: PlannedRemoval, failure: AwsFailure) {
  noteRefused(run.pace, failure);
  const ending = { ...notKept(), failure };
  if (classifyCode(failure.code) === 'DENIED') await settle(run, removal, ending);
  else await putOff(run, removal, ending);
}

function notKept() {
  return { outcome: 'NOT_ATTEMPTED', reasons: ['NO_RECYCLE_BIN_RULE'] } as const;
}

async function readRules(
  run: RemovalRun,
  kind: Kind,
  wanted: readonly Tags[],
): Promise<{ rules: readonly RecycleBinRule[] } | { failure: AwsFailure }> {
  if (kind.undo === null) return { rules: [] };
  try {
    const known = run.bin.rules.get(kind.kind);
    const fresh = known && (await refresh(run, kind.undo, known, wanted));
    const rules = fresh ?? (await kind.undo.rules(run.look.clients));
    run.bin.rules.set(kind.kind, rules);
    return { rules };
  } catch (error) {
    run.bin.rules.delete(kind.kind);
    return { failure: toAwsFailure(error) };
  }
}

/**
 * The rules with those read anew that keep what is wanted: a call for each of them, not for all.
 * Undefined when that isn't enough to tell what keeps everything wanted, so all have to be listed.
 */
async function refresh(
  run: RemovalRun,
  undo: Undo,
  known: readonly RecycleBinRule[],
  wanted: readonly Tags[],
): Promise<readonly RecycleBinRule[] | undefined> {
  const inUse = new Set(idsOf(known, wanted));
  const rules: RecycleBinRule[] = [];
  for (const rule of known) {
    const { identifier } = rule;
    const now = inUse.has(identifier) ? await undo.rule(run.look.clients, identifier) : rule;
    if (now !== null) rules.push(now);
  }
  // Without a rule, and none required, there is nothing to lose by a rule that is new.
  const isEnough = idsOf(rules, wanted).every((id) =>
    id === null ? !run.policy.requireRecycleBin : inUse.has(id),
  );
  return isEnough ? rules : undefined;
}

function idsOf(rules: readonly RecycleBinRule[], wanted: readonly Tags[]): (string | null)[] {
  return wanted.map((tags) => keepingRule(rules, tags)?.identifier ?? null);
}
