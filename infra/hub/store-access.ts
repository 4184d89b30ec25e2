import type { DeployedName } from '../../functions/deployed.ts';

/** Keys of the store, as IAM matches them: `*` stands for anything, slashes too. */
export interface StoreAccess {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

const of = (file: string) => `executions/*/${file}`;
const EXPECTED = of('work/expected.json');
/** By which executions one was taken up. */
const TAKEN_UP = of('work/taken-up.json');
const REGIONS = of('work/regions/*');
const OUTCOMES = of('work/outcomes/*');
const FINDINGS = of('work/findings/*');
const FOREIGN_REFERENCES = of('work/foreign-references/*');
/** What Plan itself wrote: histories that wait until the plan is there. */
const HISTORIES = of('work/histories/*');
const CHANGE = of('work/change.json');
const LEDGER = of('work/ledger/*');
const REMOVAL_FAILURES = of('work/removal-failures/*');
const PLAN = of('plan.json');
/** What the plan holds back, where it is too much for the plan itself. */
const HELD = of('held/*');
const APPROVAL = of('approval.json');
/** Who waits for a decision, with the token that ends the wait. */
export const APPROVAL_REQUEST = of('work/approval-request.json');
/** What people are asked: as much of it as they need, and no token. */
const QUESTION = of('question.json');
const STALE_SINCE = 'history/stale-since/*';
const RESTORED = 'history/restored/*';
const TIMELINE = 'history/timeline.json';
const LEASES = 'leases/*';
/** Whoever deploys puts it there, or the operator by `orgsweep prices --update`; no function writes it. */
const PRICES = 'prices.json';

/** The items of the two distributed Maps, and where their children's results go. */
export const MAP_ITEMS = [of('work/accounts.jsonl'), of('work/removal-targets.jsonl')];
export const MAP_RESULTS = of('work/map-results/*');

/**
 * What each function does in the store, and no more: above all, only Plan writes a plan, and only
 * RemovePlanned a ledger. A test holds it against what whole executions really touch.
 */
export const STORE_ACCESS: Readonly<Record<DeployedName, StoreAccess>> = {
  StartGovernanceRun: { reads: [], writes: [] },
  ForwardToChat: { reads: [of('summary.json')], writes: [] },
  Prepare: {
    // Of an execution whose plan is applied, or that is tried again.
    reads: [PLAN, EXPECTED, of('targets.jsonl'), REGIONS, OUTCOMES, PRICES, TAKEN_UP],
    writes: [EXPECTED, of('work/accounts.jsonl'), TAKEN_UP],
  },
  ListRegions: { reads: [EXPECTED], writes: [REGIONS] },
  DiscoverTarget: {
    // Of an execution that applies it, also the plan: what it lists is looked at closely. Of earlier
    // ones what their steps made: only a ledger tells that for sure.
    reads: [EXPECTED, OUTCOMES, STALE_SINCE, RESTORED, PLAN, LEDGER],
    writes: [OUTCOMES, FINDINGS, FOREIGN_REFERENCES],
  },
  RecordFailedTarget: { reads: [EXPECTED], writes: [OUTCOMES, REMOVAL_FAILURES] },
  Plan: {
    reads: [
      ...[EXPECTED, REGIONS, OUTCOMES, FINDINGS, FOREIGN_REFERENCES],
      ...[STALE_SINCE, RESTORED, PLAN, HISTORIES],
    ],
    writes: [PLAN, HELD, CHANGE, of('work/removal-targets.jsonl'), STALE_SINCE, HISTORIES],
  },
  RequestApproval: { reads: [PLAN, HELD, APPROVAL_REQUEST], writes: [APPROVAL_REQUEST, QUESTION] },
  DecideApproval: { reads: [PLAN, APPROVAL_REQUEST, APPROVAL], writes: [APPROVAL] },
  RemovePlanned: {
    reads: [EXPECTED, PLAN, APPROVAL, LEDGER, STALE_SINCE, RESTORED, LEASES],
    writes: [LEDGER, STALE_SINCE, LEASES],
  },
  Summarize: {
    reads: [
      ...[EXPECTED, REGIONS, OUTCOMES, FINDINGS, FOREIGN_REFERENCES, CHANGE, PLAN],
      ...[HELD, APPROVAL, LEDGER, REMOVAL_FAILURES, of('findings.jsonl'), TIMELINE],
      // Of earlier executions, for what was saved.
      ...[of('restores.jsonl'), of('removals.jsonl')],
      // For the metrics, once it is written.
      of('summary.json'),
    ],
    writes: [
      ...[of('summary.json'), of('summary.txt'), of('findings.jsonl'), of('findings.csv')],
      ...[of('targets.jsonl'), of('removals.jsonl'), of('report.html'), TIMELINE],
      of('accepted.json'),
      // That nobody decided in time.
      APPROVAL,
    ],
  },
};

/**
 * Reads everything but task tokens; writes what a restore leaves behind, and the prices. Not the
 * history: whoever can start executions must not be able to end a grace.
 */
export const OPERATOR_ACCESS: StoreAccess = {
  reads: ['executions/*', 'history/*', LEASES, PRICES],
  writes: [of('restores.jsonl'), RESTORED, LEASES, PRICES],
};

/** The plan, and what shows it to people. */
export const APPROVER_ACCESS: StoreAccess = {
  reads: [PLAN, HELD, QUESTION, APPROVAL, of('report.html'), of('findings.csv')],
  writes: [],
};
