import type { Store } from '../../store/store.ts';
import { Counting } from '../../core/summary/counts.ts';
import { type History, updateHistory } from '../../core/history/history.ts';
import { removalsByTarget } from '../../core/plan/make-plan.ts';
import type { AwsFailure, RecycleBinLook, TargetOutcome } from '../../core/outcome/outcome.ts';
import { isInGrace, mostRemovals, planTarget } from '../../core/plan/plan-target.ts';
import { targetKey } from '../../core/model/target.ts';
import type { Finding } from '../../core/model/verdict.ts';
import { rulesByKind } from '../../kinds/among.ts';
import type { Discovery, Kind, Look } from '../../kinds/kind.ts';
import type { Expected } from '../expected.ts';
import { readNamedPlan } from '../plan/plan-removals.ts';

/** So that a target whose snapshots are nearly all shared doesn't take a function's whole time. */
const MOST_LOOKS = 1_000;

interface CloserLook {
  /** By resource id, what was seen from close by. */
  readonly facts: ReadonlyMap<string, unknown>;
  readonly incomplete: readonly AwsFailure[];
}

/**
 * Looks closer at the resources that a plan could remove now, oldest first: those that nothing but
 * the missing look would hold. Each costs calls of its own, so that nobody could afford it for all.
 */
export async function lookCloserAtRemovable(
  store: Store,
  target: {
    kind: Kind;
    look: Look;
    discovery: Discovery<unknown>;
    expected: Expected;
    /** Of the target, before this look. */
    history: History;
    rules: () => Promise<RecycleBinLook>;
  },
): Promise<CloserLook> {
  const { kind, look, discovery, history } = target;
  const { allowed } = mostRemovals(target.expected.limits);
  const facts = new Map<string, unknown>();
  const incomplete: AwsFailure[] = [];
  const { lookCloser } = kind;
  if (
    lookCloser === undefined ||
    discovery.incomplete.length > 0 ||
    !mayBeRemovable(history, look)
  ) {
    return { facts, incomplete };
  }
  const { stale, toPlan } = await assessAll(store, target);
  while (facts.size < MOST_LOOKS) {
    const staleFindings = [...stale.values()].map(({ finding }) => finding);
    const { removals, held } = planTarget({ ...toPlan, staleFindings });
    const room = Math.min(allowed - removals.length, MOST_LOOKS - facts.size);
    const next = held
      .filter((one) => one.held.every((reason) => reason === 'SHARING_NOT_CHECKED'))
      .slice(0, Math.max(0, room))
      .map(({ resourceId }) => resourceId);
    if (next.length === 0) break;
    const unseen = next.flatMap((id) => stale.get(id)?.facts ?? []);
    // What can't be looked at closely stays held, and isn't asked for again.
    for (const id of next) stale.delete(id);
    const closer = await lookCloser(look, unseen);
    incomplete.push(...closer.incomplete);
    for (const one of closer.resources) {
      const finding = toFinding(kind, one, look);
      facts.set(finding.resourceId, one);
      if (finding.verdict !== 'STALE' || finding.evidence.lookedCloser === false) continue;
      stale.set(finding.resourceId, { facts: one, finding });
    }
  }
  return { facts, incomplete };
}

function mayBeRemovable({ entries }: History, look: Look): boolean {
  if (look.policy.graceDays === 0) return true;
  return Object.values(entries).some(({ staleSince }) => !isInGrace(staleSince, look));
}

/** All stale resources with their facts, and what else decides about the target's removals. */
async function assessAll(store: Store, target: Parameters<typeof lookCloserAtRemovable>[1]) {
  const { kind, look, discovery, expected, rules, history: previous } = target;
  const stale = new Map<string, { facts: unknown; finding: Finding }>();
  const counting = new Counting(look.now);
  for (const facts of discovery.resources) {
    const finding = toFinding(kind, facts, look);
    counting.add(finding);
    if (finding.verdict === 'STALE') stale.set(finding.resourceId, { facts, finding });
  }
  const { accountId, region, policy, now } = look;
  const references = discovery.counts;
  const findings = [...stale.values()].map(({ finding }) => finding);
  const { minReferencePercent } = expected.limits;
  const outcome: TargetOutcome = {
    accountId,
    region,
    status: 'COMPLETE',
    kinds: { [kind.kind]: counting.total },
    looks: {
      [kind.kind]: {
        ...{ status: 'COMPLETE', references },
        ...(stale.size > 0 && { recycleBin: await rules() }),
      },
    },
    at: now.toISOString(),
  };
  const history = updateHistory({
    target: look,
    previous,
    kinds: [{ kind: kind.kind, references, watched: kind.watched }],
    findings,
    minReferencePercent,
    now,
  }).next;
  const namedPlan = await readNamedPlan(store, expected);
  const toPlan = {
    outcome,
    // What other targets show can only hold more.
    accountOutcomes: [],
    history,
    policy,
    limits: expected.limits,
    rules: rulesByKind([kind]),
    remove: expected.remove,
    namedRemovals: namedPlan
      ? (removalsByTarget(namedPlan).get(targetKey({ accountId, region })) ?? [])
      : undefined,
    now,
  };
  return { stale, toPlan };
}

function nextStepOf({ removal }: Kind, facts: unknown, look: Look): Pick<Finding, 'nextStep'> {
  return removal?.next === undefined ? {} : { nextStep: removal.next(facts, look) };
}

/** The kind's verdict and words on one resource. */
export function toFinding(kind: Kind, facts: unknown, look: Look): Finding {
  const verdict = kind.assess(facts, look.policy, look.now);
  const { resourceId, evidence, ...of } = kind.describe(facts, look);
  // In the order of findings.csv: who reads a line sees the verdict before the evidence.
  return {
    kind: kind.kind,
    accountId: look.accountId,
    region: look.region,
    resourceId,
    ...verdict,
    evidence,
    ...of,
    ...(verdict.verdict === 'STALE' && nextStepOf(kind, facts, look)),
  };
}
