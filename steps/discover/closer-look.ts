import type { Store } from '../../store/store.ts';
import { Counting } from '../../core/summary/counts.ts';
import { type History, updateHistory } from '../../core/history/history.ts';
import { removalsByTarget } from '../../core/plan/make-plan.ts';
import type { AwsFailure, RecycleBinLook, TargetOutcome } from '../../core/outcome/outcome.ts';
import { limitsOfKind } from '../../core/input/input.ts';
import { policyOfKind } from '../../core/input/of-kind.ts';
import { evidenceOfGroups } from '../../core/plan/together/groups.ts';
import { isInGrace } from '../../core/plan/target/grace.ts';
import { planTarget } from '../../core/plan/target/plan-target.ts';
import { mostRemovals } from '../../core/plan/target/within-limit.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import { toOldestFirst } from '../../core/model/order.ts';
import { targetKey } from '../../core/model/target.ts';
import type { Makes } from '../../core/model/billing.ts';
import type { Evidence, Finding, Observations, Verdict } from '../../core/model/verdict.ts';
import { rulesByKind } from '../../kinds/among.ts';
import type { Discovery, Kind, Look } from '../../kinds/kind.ts';
import { askAbout, type Asked, questionsUnder, unansweredOf } from '../../kinds/ask.ts';
import { type Question } from '../../kinds/question.ts';
import { stepsOf } from '../../kinds/removal.ts';
import { assessIn } from '../../kinds/seen-before.ts';
import type { Expected } from '../expected.ts';
import { readNamedPlan } from '../plan/plan-removals.ts';

interface CloserLook {
  /** By resource id, what was asked about, with the answers. */
  readonly asked: ReadonlyMap<string, Asked>;
  readonly incomplete: readonly AwsFailure[];
}

/** Reasons of a plan to hold what nobody asked about yet. */
const TO_ASK_ABOUT: readonly HoldReason[] = ['SHARING_NOT_CHECKED', 'NOT_CHECKED'];

interface TargetToAskAbout {
  readonly kind: Kind;
  readonly look: Look;
  readonly discovery: Discovery<unknown>;
  readonly expected: Expected;
  /** Of the target, before this look. */
  readonly history: History;
  readonly rules: () => Promise<RecycleBinLook>;
}

/**
 * Asks the kind's questions: some about all that is stale, and some only about what a plan could
 * remove now, oldest first: what nothing but the missing answer would hold. Each costs calls of its
 * own, so that nobody could afford it for all.
 */
export async function lookCloser(store: Store, target: TargetToAskAbout): Promise<CloserLook> {
  const { kind, look, discovery, history } = target;
  const questions = questionsUnder(kind, look.policy);
  const ofStale = questions.filter(({ askedOf }) => askedOf === 'stale');
  const ofRemovable = questions.filter(({ askedOf }) => askedOf === 'removable');
  const known = discovery.resources;
  if (discovery.incomplete.length > 0) return { asked: new Map(), incomplete: [] };
  const { asked, failures } = await askAbout(kind, look, ofStale, {
    ...{ known, resources: ofStale.length === 0 ? [] : staleOldestFirst(target) },
  });
  if (failures.length > 0 || ofRemovable.length === 0 || !mayBeRemovable(kind, history, look))
    return { asked, incomplete: failures };
  const closer = await askAboutRemovable(store, target, ofRemovable, asked);
  return { ...closer, asked: new Map([...asked, ...closer.asked]) };
}

function staleOldestFirst({ kind, look, discovery }: TargetToAskAbout): unknown[] {
  const stale: { facts: unknown; resourceId: string; startedAt: string | null }[] = [];
  for (const facts of discovery.resources) {
    if (assessIn(kind, facts, look).verdict.verdict !== 'STALE') continue;
    const { resourceId, startedAt } = kind.describe(facts, look);
    stale.push({ facts, resourceId, startedAt });
  }
  return toOldestFirst(stale).map(({ facts }) => facts);
}

async function askAboutRemovable(
  store: Store,
  target: TargetToAskAbout,
  questions: readonly Question<unknown>[],
  askedBefore: CloserLook['asked'],
): Promise<CloserLook> {
  const { kind, look, discovery } = target;
  const { allowed } = mostRemovals(limitsOfKind(target.expected.limits, kind.kind));
  const most = Math.min(...questions.map(({ mostPerTarget }) => mostPerTarget));
  const asked = new Map<string, Asked>();
  const incomplete: AwsFailure[] = [];
  const { stale, toPlan } = await assessAll(store, target, askedBefore);
  const all = questionsUnder(kind, look.policy);
  const others = all.filter((question) => !questions.includes(question));
  const isOpenAnyway = (id: string) =>
    unansweredOf(others, askedBefore.get(id) ?? { answered: [] }).length > 0;
  while (asked.size < most) {
    const staleFindings = [...stale.values()].map(({ finding }) => finding);
    const { removals, held } = planTarget({ ...toPlan, staleFindings });
    const room = Math.min(allowed - removals.length, most - asked.size);
    const next = held
      .filter((one) => one.held.every((reason) => TO_ASK_ABOUT.includes(reason)))
      .filter(({ resourceId }) => !isOpenAnyway(resourceId))
      .slice(0, Math.max(0, room))
      .map(({ resourceId }) => resourceId);
    if (next.length === 0) break;
    const resources = next.flatMap((id) => stale.get(id)?.facts ?? []);
    // What can't be answered stays held, and isn't asked for again.
    for (const id of next) stale.delete(id);
    const some = await askAbout(kind, look, questions, { resources, known: discovery.resources });
    incomplete.push(...some.failures);
    for (const [id, { facts, answered }] of some.asked) {
      const one = { facts, answered: [...(askedBefore.get(id)?.answered ?? []), ...answered] };
      asked.set(id, one);
      const finding = toFinding(kind, one, look);
      if (finding.verdict === 'STALE' && unansweredOf(all, one).length === 0)
        stale.set(id, { facts, finding });
    }
  }
  return { asked, incomplete };
}

function mayBeRemovable({ kind }: Kind, { entries }: History, look: Look): boolean {
  const policy = policyOfKind(look.policy, kind);
  if (policy.graceDays === 0) return true;
  return Object.values(entries).some(
    // Of those whose age AWS tells: planning holds the others for longer, perhaps.
    ({ staleSince }) => !isInGrace({ kind, ageDays: 0, staleSince }, { policy, now: look.now }),
  );
}

/** All stale resources with their facts, and what else decides about the target's removals. */
async function assessAll(store: Store, target: TargetToAskAbout, asked: CloserLook['asked']) {
  const { kind, look, discovery, expected, rules, history: previous } = target;
  const stale = new Map<string, { facts: unknown; finding: Finding }>();
  const counting = new Counting(look.now);
  for (const listed of discovery.resources) {
    const { facts, finding } = findingOf(kind, listed, look, asked);
    counting.add(finding);
    if (finding.verdict === 'STALE') stale.set(finding.resourceId, { facts, finding });
  }
  const { accountId, region, policy, now } = look;
  const references = discovery.counts;
  const findings = [...stale.values()].map(({ finding }) => finding);
  const { minReferencePercent } = limitsOfKind(expected.limits, kind.kind);
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
    kinds: [{ kind: kind.kind, references, watched: kind.watched, steps: stepsOf(kind) }],
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

function nextStepOf(
  { removal }: Kind,
  facts: unknown,
  { policy, now, region, prices }: Look,
  seen: Observations,
): Pick<Finding, 'nextStep'> & Makes {
  const at = { policy, now, seen, region, prices };
  return {
    ...removal?.makes?.(facts, at),
    ...(removal?.next && { nextStep: removal.next(facts, at) }),
  };
}

/** The finding on a listed resource, with what was asked about it. */
export function findingOf(
  kind: Kind,
  listed: unknown,
  look: Look,
  asked: CloserLook['asked'],
): { readonly facts: unknown; readonly finding: Finding } {
  const first = toFinding(kind, { facts: listed, answered: [] }, look);
  const closer = asked.get(first.resourceId);
  if (closer === undefined) return { facts: listed, finding: first };
  return { facts: closer.facts, finding: toFinding(kind, closer, look) };
}

/** The kind's verdict and words on one resource, and what nobody answered about it if it is stale. */
function toFinding(kind: Kind, one: Asked, look: Look): Finding {
  const { verdict, observed } = assessIn(kind, one.facts, look);
  const { resourceId, evidence: described, advice = [], ...of } = kind.describe(one.facts, look);
  const groups = kind.groups?.of(one.facts, look.policy);
  const seen = groups ? { ...described, ...evidenceOfGroups(groups, of.tags) } : described;
  const isObserved = Object.keys(observed).length > 0;
  const evidence: Evidence = {
    ...seen,
    ...(verdict.verdict === 'STALE' && stillOpen(kind, one, look, { verdict, seen })),
    ...(isObserved && { observed }),
  };
  // In the order of findings.csv: who reads a line sees the verdict before the evidence.
  return {
    kind: kind.kind,
    accountId: look.accountId,
    region: look.region,
    resourceId,
    ...verdict,
    evidence,
    ...of,
    ...(advice.length > 0 && verdict.verdict !== 'STALE' && { advice: [...advice] }),
    ...(verdict.verdict === 'STALE' && nextStepOf(kind, one.facts, look, observed)),
  };
}

/** What keeps a stale resource from being removed until somebody tells. */
function stillOpen(
  kind: Kind,
  one: Asked,
  look: Look,
  { verdict, seen }: { readonly verdict: Verdict; readonly seen: Evidence },
): Evidence {
  const questions = questionsUnder(kind, look.policy);
  const unanswered = unansweredOf(questions, one);
  // It may have been in use all the time: its grace begins when it was first answered.
  const open = questions.filter(
    ({ name, askedOf }) => askedOf === 'stale' && unanswered.includes(name),
  );
  // A kind that has its own words for that tells it by them.
  const isTold = unanswered.length === 0 || seen.lookedCloser !== undefined;
  const asks = kind.asks?.of(one.facts, verdict) ?? [];
  return {
    ...(!isTold && { unanswered }),
    ...(open.length > 0 && {
      notLookedAt: [...(seen.notLookedAt ?? []), ...open.map(({ name }) => name)],
    }),
    ...(asks.length > 0 && { asks: [...asks] }),
  };
}
