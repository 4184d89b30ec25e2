import type { SimAccount } from '../../simulation/model.ts';
import type { Chapter } from './history.ts';
import { isOldEnough } from './needs.ts';
import type { Stage } from './stage.ts';
import { REGIONS } from './trial.ts';

const USABLE = ['ACTIVE', 'PENDING_CLOSURE'];

/** What has to hold of what an execution says it has seen; each breach in words. */
export function breachesInCoverage(stage: Stage, chapter: Chapter): string[] {
  const { summary, targets, executionId } = chapter;
  if (summary === null) return [];
  const { coverage, counts } = summary;
  const lines = targets.map(({ accountId, region }) => `${accountId}/${region}`);
  const complete = targets.filter(({ status }) => status === 'COMPLETE');
  const gaps = targets.filter(({ status }) => status !== 'COMPLETE' && status !== 'EXCLUDED');
  const kinds = targets.flatMap((target) => Object.values(target.kinds));
  const resources = kinds.reduce((sum, kind) => sum + kind.resources, 0);
  const stale = kinds.reduce((sum, kind) => sum + kind.verdicts.STALE, 0);
  const { STALE, KEEP, UNKNOWN } = counts.verdicts;
  const found = (verdict: string) =>
    chapter.findings.filter((one) => one.verdict === verdict).length;
  const breaches = [
    ...(new Set(lines).size === lines.length ? [] : ['a target is told twice']),
    ...mustAllBeTold(stage, chapter)
      .filter((line) => !lines.includes(line))
      .map((line) => `${line} is not told`),
    ...equal('complete targets', coverage.complete, complete.length),
    ...equal('gaps', coverage.gaps.length, gaps.length),
    ...equal('targets in scope', coverage.inScope, complete.length + gaps.length),
    ...equal('excluded', coverage.excluded, targets.length - complete.length - gaps.length),
    ...equal('resources', counts.resources, resources),
    ...equal('verdicts', STALE + KEEP + UNKNOWN, resources),
    ...equal('stale resources', STALE, stale),
    ...equal('stale findings', found('STALE'), stale),
    ...equal('unknown findings', found('UNKNOWN'), UNKNOWN),
    ...(summary.status === 'COMPLETE' && gaps.length > 0 ? ['COMPLETE, with gaps'] : []),
    ...(summary.status === 'COMPLETE' && complete.length === 0
      ? ['COMPLETE, with nothing seen']
      : []),
    ...complete.flatMap(({ accountId, region }) =>
      region === null ? [] : breachesOfFindings(stage, chapter, { accountId, region }),
    ),
  ];
  return breaches.map((breach) => `${executionId}: ${breach}`);
}

function equal(name: string, told: number, counted: number): string[] {
  return told === counted ? [] : [`${name}: ${told} told, ${counted} counted`];
}

/** Every account has a line, and every Region of it where that can be looked at. */
function mustAllBeTold({ organization }: Stage, { step, targets }: Chapter): string[] {
  const hasNoRegions = (account: SimAccount) =>
    targets.some(
      ({ accountId, region, status }) =>
        accountId === account.id && region === null && status !== 'COMPLETE',
    );
  return organization.accounts.flatMap((account, index) => {
    const isLeftOut = step.leavesOut.accounts.includes(index);
    if (isLeftOut || !USABLE.includes(account.state) || hasNoRegions(account))
      return [`${account.id}/null`];
    return REGIONS.map((region) => `${account.id}/${region}`);
  });
}

/** In a target that is called complete, STALE is exactly what the ground truth says. */
function breachesOfFindings(
  stage: Stage,
  { step, findings, calls }: Chapter,
  target: { accountId: string; region: string },
): string[] {
  const { witness } = stage;
  const estate = witness.estateOf(target);
  if (estate === undefined) return [`${target.accountId} ${target.region} can't be complete`];
  const here = calls.filter(
    ({ accountId, region }) => accountId === target.accountId && region === target.region,
  );
  const from = here[0]?.number ?? Infinity;
  const second = here.find(({ params }) => params.has('Filter.1.Name'));
  const until = (second ?? here.at(-1))?.number ?? from;
  const called = new Set(
    findings
      .filter(
        (one) =>
          one.verdict === 'STALE' &&
          one.region === target.region &&
          one.accountId === target.accountId,
      )
      .map(({ resourceId }) => resourceId),
  );
  return [...estate.groundTruths()].flatMap(({ snapshotId }) => {
    const needs = witness.needs
      .of(snapshotId)
      .filter(
        ({ reason }) => !(reason === 'USED_BY_AMI' && step.policy.skipReferences.includes('amis')),
      );
    const isCalled = called.has(snapshotId);
    if (isCalled && needs.some(({ since }) => since < from))
      return [
        `${snapshotId} is called STALE, and is ${needs.map(({ reason }) => reason).join(' ')}`,
      ];
    const snapshot = estate.snapshot(snapshotId);
    // What went or became needed meanwhile may or may not have been seen so.
    if (snapshot === undefined || needs.some(({ since }) => since >= from && since <= until))
      return [];
    const isStale = needs.length === 0 || needs.every(({ since }) => since > until);
    const age = isOldEnough(snapshot, step.policy.minAgeDays, here[0]?.at ?? 0);
    return isCalled === (isStale && age)
      ? []
      : [`${snapshotId} is ${isCalled ? '' : 'not '}called STALE`];
  });
}
