import { wordsIn } from '../../core/words/words-in.ts';
import { makeSummary } from '../../core/summary/make-summary.ts';
import { ownerOf } from '../../core/tags/owner-tag.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { allAsked, whatIsAsked } from '../../report/approval/approval-question.ts';
import { decideCommands } from '../../report/commands/decide-commands.ts';
import { floorsInWords, LONGEST_FLOORS } from '../../report/words/floors-words.ts';
import { cut } from '../../report/format/layout.ts';
import {
  rankPlan,
  type RankedPlan,
  NAMED_ACCOUNTS,
  NAMED_RESOURCES,
} from '../../report/approval/named-in-plan.ts';
import type { NamedResource, Shown } from '../../core/plan/shown.ts';
import type { PlanCounts } from '../../core/summary/plan-counts.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { askedOf, NO_PAST, toTrendPoint, withPast } from '../../core/summary/timeline.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { PlanToShow } from '../../statemachine/contracts.ts';
import type { Deps, FoldDeps } from '../deps.ts';
import { type Expected, readExpected } from '../expected.ts';
import { keysOf } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import { withFence } from '../../store/fenced-store.ts';
import { type Gathered, gatherFindings } from '../report/gathered-findings.ts';
import { NOT_KNOWN_YET } from '../report/fates.ts';
import { knownOf } from '../report/known-of.ts';
import { readPlanToApprove } from './request-approval.ts';
import { readChange } from '../plan/stale-change.ts';
import { pastUntil } from '../report/timeline.ts';
import { noteHeldOnPage, writeReport } from '../report/write-report.ts';
import { readCounts } from '../plan/read-counts.ts';
import { resourceKey } from '../../core/model/ids.ts';

type ShowDeps = FoldDeps &
  Pick<Deps, 'hubName' | 'simulated' | 'startedBy'> &
  Partial<Pick<Deps, 'approvalOptions'>>;

const LONGEST_NAME = 60;

/**
 * Makes what people look at before they decide on a plan: `report.html`, `findings.csv` and
 * `findings.jsonl`. Nothing ends by it: no summary, no decision, nothing in the timeline.
 *
 * @throws {PlanTampered} {ExpectedTampered} where there is nothing to be shown
 */
export async function showPlan(given: ShowDeps, asked: PlanToShow): Promise<Shown> {
  const { executionId, expectedDigest, planDigest, timeoutSeconds } = asked;
  const deps = await withFence(given, executionId);
  const { store } = deps;
  const expected = await readExpected(store, executionId, expectedDigest);
  const plan = await readPlanToApprove(store, executionId, planDigest);
  const now = deps.clock.now();
  const all = rankPlan(plan.removals);
  const named = new NamedResources(all);
  const gathered = await gatherFindings(deps, expected, now, {
    fates: NOT_KNOWN_YET,
    // A call that died slowly must not write over the CSV of the end, which knows more.
    areWritten: !(await isOver(store, executionId)),
    onFinding: (finding) => {
      named.add(finding);
    },
  });
  const { onPage, outcomes } = gathered;
  const { heldOnPage, onHeld } = noteHeldOnPage(onPage);
  const counted = await readCounts(store, plan, { onHeld });
  const soFar = await summarySoFar(deps, { expected, plan, counted, gathered, now });
  const floors = floorsInWords(soFar.floors, soFar.skippableSources, wordsIn(soFar));
  const words = wordsIn(soFar);
  const pageFailure = await writeReport(store, soFar, {
    ...{ onPage, outcomes, plan, heldOnPage, removals: [] },
    waiting: {
      question: `${whatIsAsked(plan.removals, words)}: ${allAsked(plan.removals, words)}`,
      ...decideCommands({
        executionId,
        commandOptions: deps.approvalOptions ?? '',
        program: deps.startedBy?.program,
      }),
      // The wait begins later, if only by a moment: whoever keeps to this is in time.
      until: new Date(now.getTime() + timeoutSeconds * 1000).toISOString(),
    },
  });
  return {
    pageFailure: pageFailure && cut(pageFailure, 300),
    csvFailure: null,
    ...(floors !== undefined && { floors: cut(floors, LONGEST_FLOORS) }),
    accounts: namesOfAccounts(all, expected),
    resources: named.found,
  };
}

/** Somebody has decided, or nobody can any more. */
async function isOver(store: Store, executionId: string): Promise<boolean> {
  const { approval } = keysOf(executionId);
  for await (const key of store.list(approval)) if (key === approval) return true;
  return false;
}

/** As of a report: nothing of the plan was carried out, and nobody has decided. */
async function summarySoFar(
  deps: ShowDeps,
  of: { expected: Expected; plan: Plan; counted: PlanCounts; gathered: Gathered; now: Date },
): Promise<Summary> {
  const { expected, plan, counted, now } = of;
  const { outcomes } = of.gathered;
  const known = knownOf(deps, expected, { outcomes, finishedAt: now });
  const alone = makeSummary({
    ...known,
    plan: { ...plan, status: 'PREVIEW' },
    counted,
    approval: null,
    removals: [],
    change: await readChange(deps.store, plan.executionId),
    ...NO_PAST,
    failure: null,
  });
  const soFar = {
    ...{ point: toTrendPoint(alone), asked: askedOf(known.input), outcomes, removals: [] },
    ...{ startedAt: expected.startedAt, finishedAt: now, isClockRight: alone.clock === null },
  };
  return withPast(alone, await pastUntil(deps.store, soFar));
}

/** Of the accounts that cost most, and of those that have what costs most. */
function namesOfAccounts(all: RankedPlan, { accounts }: Expected): Shown['accounts'] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const named = [
    ...all.accounts.slice(0, NAMED_ACCOUNTS),
    ...all.resources.slice(0, NAMED_RESOURCES),
  ];
  return [...new Set(named.map(({ accountId }) => accountId))].flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name: cut(name, LONGEST_NAME) }];
  });
}

/** What people may know the plan's most expensive resources by. */
class NamedResources {
  readonly #wanted: readonly string[];
  readonly #found = new Map<string, NamedResource>();

  constructor({ resources }: RankedPlan) {
    this.#wanted = resources.slice(0, NAMED_RESOURCES).map(resourceKey);
  }

  add(finding: Finding): void {
    const of = resourceKey(finding);
    if (this.#wanted.includes(of)) this.#found.set(of, namedBy(finding));
  }

  /** In the order of the plan's most expensive; without those whose findings aren't believed. */
  get found(): NamedResource[] {
    return this.#wanted.flatMap((of) => this.#found.get(of) ?? []);
  }
}

function namedBy(finding: Finding): NamedResource {
  const name = finding.tags['Name'] ?? '';
  const owner = ownerOf(finding.tags);
  return {
    key: resourceKey(finding),
    name: name.trim() === '' ? null : cut(name, LONGEST_NAME),
    owner: owner && { tag: owner.tag, value: cut(owner.value, LONGEST_NAME) },
  };
}
