import type { TargetRef } from '../core/model/target.ts';

/**
 * Where an execution leaves its files, under the store's root. `…Prefix` are for `Store.list` and
 * end in a slash; everything else is the key of one object.
 */
export function keysOf(executionId: string) {
  const root = `executions/${executionId}`;
  const work = `${root}/work`;
  return {
    root,
    /** What people and later executions read. */
    summary: `${root}/summary.json`,
    summaryText: `${root}/summary.txt`,
    findings: `${root}/findings.jsonl`,
    findingsCsv: `${root}/findings.csv`,
    report: `${root}/report.html`,
    targets: `${root}/targets.jsonl`,
    /** What accepts its gaps, for an execution input; only where some may be wanted. */
    accepted: `${root}/accepted.json`,
    plan: `${root}/plan.json`,
    /** What the plan holds back, where it is too much for the plan itself; by the file's digest. */
    held: (digest: string) => `${root}/held/${digest}.jsonl`,
    /** What people are asked, and until when; only where the plan has to be approved. */
    question: `${root}/question.json`,
    /** How the wait for a person ended; only where the plan had to be approved. */
    approval: `${root}/approval.json`,
    removals: `${root}/removals.jsonl`,
    restores: `${root}/restores.jsonl`,
    /** What stale resources really take; only where somebody had it measured. */
    measured: `${root}/measured.jsonl`,

    /** What the steps of the execution hand to each other. */
    expected: `${work}/expected.json`,
    /** By which executions it was taken up; only where it was. */
    takenUp: `${work}/taken-up.json`,
    /** There where the organization was simulated in the run's own process, and ended with it. */
    simulated: `${work}/simulated.json`,
    /** The items of ScanAccounts. */
    accounts: `${work}/accounts.jsonl`,
    /** What ListRegions expects of one account. */
    regions: (accountId: string) => `${work}/regions/${accountId}.json`,
    regionsPrefix: `${work}/regions/`,
    outcome: (target: TargetRef) => `${work}/outcomes/${pathOf(target)}.json`,
    /** Of an account whose Regions couldn't be listed. No Region is called "account". */
    accountOutcome: (accountId: string) => `${work}/outcomes/${accountId}/account.json`,
    outcomesPrefix: `${work}/outcomes/`,
    targetFindings: (target: TargetRef) => `${work}/findings/${pathOf(target)}.jsonl`,
    targetFindingsPrefix: `${work}/findings/`,
    /** What refers, in this target, to resources that its account doesn't have. */
    foreignReferences: (target: TargetRef) => `${work}/foreign-references/${pathOf(target)}.jsonl`,
    foreignReferencesPrefix: `${work}/foreign-references/`,
    /** Who waits for a person's decision. Holds the task token: nobody else needs to read it. */
    approvalRequest: `${work}/approval-request.json`,
    /** Histories that wait until the plan is written, where they are many; by the file's digest. */
    histories: (digest: string) => `${work}/histories/${digest}.jsonl`,
    /** How the stale resources differ from those seen before. */
    change: `${work}/change.json`,
    /** The items of RemoveTargets. */
    removalTargets: `${work}/removal-targets.jsonl`,
    /** Batches are counted from 1; six digits, so that they list in order. */
    ledgerBatch: (target: TargetRef, batch: number) =>
      `${work}/ledger/${pathOf(target)}/${String(batch).padStart(6, '0')}.json`,
    ledgerOfTargetPrefix: (target: TargetRef) => `${work}/ledger/${pathOf(target)}/`,
    ledgerPrefix: `${work}/ledger/`,
    removalFailure: (target: TargetRef) => `${work}/removal-failures/${pathOf(target)}.json`,
    removalFailuresPrefix: `${work}/removal-failures/`,
    /** For a ResultWriter, which puts its own slash after it. */
    mapResults: `${work}/map-results`,
  };
}

/** What outlives executions: since when a target's resources are stale, and the executions so far. */
export const historyKeys = {
  staleSince: (target: TargetRef) => `history/stale-since/${pathOf(target)}.json`,
  staleSincePrefix: 'history/stale-since/',
  /** Of which resources a restore ended the grace. */
  restored: (target: TargetRef) => `history/restored/${pathOf(target)}.json`,
  /** One that couldn't be read, as it was; by the beginning of its digest. */
  unreadable: (target: TargetRef, digest: string) =>
    `history/stale-since/${pathOf(target)}.unreadable-${digest}`,
  /** The last executions, and what fails again and again. */
  timeline: 'history/timeline.json',
};

/** Prices that take the place of the built-in ones; who deploys puts them there. */
export const PRICES_KEY = 'prices.json';

/** The lease of one target's removals: one for all executions. */
export function leaseKey(target: TargetRef): string {
  return `leases/${pathOf(target)}.json`;
}

function pathOf({ accountId, region }: TargetRef): string {
  return `${accountId}/${region}`;
}
