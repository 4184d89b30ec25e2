import { lookAt } from '../../../core/outcome/kind-look.ts';
import type { SimAccount } from '../../../simulation/model/organization.ts';
import type { Chapter } from '../run/chapter.ts';
import { idsOf, isNeed, isOldEnough, type Need } from './needs.ts';
import { type PolicyShape, policyIn } from '../trial/policy.ts';
import { isLookedAt, sightOf } from './sights.ts';
import type { Stage } from '../run/stage.ts';
import { REGIONS } from '../trial/regions.ts';

/** How wrong a clock may be that verdicts are made by. */
const CLOCK_TOLERANCE_MINUTES = 5;
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
  // Of a file that somebody changed, nothing false may be called complete; the rest may be a gap.
  const isClaimed = chapter.forged === null || summary.status === 'COMPLETE';
  // Ages and dates are judged by the clock there is.
  const isInTime = chapter.clockMinutes <= CLOCK_TOLERANCE_MINUTES;
  const breaches = [
    ...(new Set(lines).size === lines.length ? [] : ['a target is told twice']),
    ...(isClaimed ? mustAllBeTold(stage, chapter) : [])
      .filter((line) => !lines.includes(line))
      .map((line) => `${line} is not told`),
    ...equal('complete targets', coverage.complete, complete.length),
    ...equal('gaps', coverage.gaps.length, gaps.length),
    ...equal('targets in scope', coverage.inScope, complete.length + gaps.length),
    ...equal('excluded', coverage.excluded, targets.length - complete.length - gaps.length),
    ...equal('resources', counts.resources, resources),
    ...equal('verdicts', STALE + KEEP + UNKNOWN, resources),
    ...equal('stale resources', STALE, stale),
    ...(isClaimed ? equal('stale findings', found('STALE'), stale) : []),
    ...(isClaimed ? equal('unknown findings', found('UNKNOWN'), UNKNOWN) : []),
    ...(summary.status === 'COMPLETE' && gaps.length > 0 ? ['COMPLETE, with gaps'] : []),
    ...(summary.status === 'COMPLETE' && complete.length === 0
      ? ['COMPLETE, with nothing seen']
      : []),
    ...targets.flatMap((target) => breachesOfIncomplete(chapter, target)),
    ...seenOf('ebs-snapshot', targets).flatMap(({ accountId, region }) =>
      region === null || !isClaimed || !isInTime
        ? []
        : breachesOfFindings(stage, chapter, { accountId, region }),
    ),
  ];
  return breaches.map((breach) => `${executionId}: ${breach}`);
}

function seenOf(kind: string, targets: Chapter['targets']): Chapter['targets'] {
  return targets.filter((target) => lookAt(target, kind).status === 'COMPLETE');
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

/** Where a source couldn't be read, nothing is proved stale. What is read one by one fails so, too. */
function breachesOfIncomplete({ findings }: Chapter, target: Chapter['targets'][number]): string[] {
  const { accountId, region } = target;
  return findings
    .filter((one) => one.accountId === accountId && one.region === region)
    .filter(({ verdict }) => verdict === 'STALE')
    .flatMap(({ kind, resourceId }) => {
      const source = lookAt(target, kind).failure?.source;
      const isRead = source === undefined || READ_ONE_BY_ONE.includes(source);
      return isRead ? [] : [`${resourceId} is STALE, and ${source} was not read`];
    });
}
const READ_ONE_BY_ONE = ['snapshot-attributes', 'volume-metrics', 'snapshots-of-volume'];

/** In a target that is called complete, STALE is exactly what nothing needs. */
function breachesOfFindings(
  stage: Stage,
  { step, findings, calls }: Chapter,
  target: { accountId: string; region: string },
): string[] {
  const { needs } = stage.witness;
  const policy = policyIn(stage.organization, step, target.accountId, 'scan');
  const estate = stage.witness.estateOf(target);
  if (estate === undefined) return [`${target.accountId} ${target.region} can't be complete`];
  const isHere = (one: { accountId: string; region: string }) =>
    one.accountId === target.accountId && one.region === target.region;
  const here = calls.filter(isHere);
  const first = here[0];
  // A look filters, too, where it asks who is moving between tiers.
  const second = here.find(
    ({ operation, params }) => operation === 'DescribeSnapshots' && params.has('Filter.1.Name'),
  );
  if (first === undefined) return [];
  const until = (second ?? here.at(-1) ?? first).number;
  const stale = findings.filter((one) => isHere(one) && one.verdict === 'STALE');
  const called = new Set(stale.map(({ resourceId }) => resourceId));
  return idsOf(estate).flatMap((id) => {
    const all = needs.between(id, first.number, until);
    const states = all.map((state) =>
      state.filter(
        (one) => isNeed(one, policy.protectTags) && isSeenByDiscovery(one.sight, policy),
      ),
    );
    const isNeeded =
      hasAmiAllTheTime(states) ||
      (states[0] ?? []).some(({ sight }) =>
        states.every((state) => state.some((one) => one.sight === sight)),
      );
    if (called.has(id) && isNeeded) return [`${id} is called STALE: ${JSON.stringify(states)}`];
    // What went, came back, became needed meanwhile or by something else may or may not have been seen
    // so; nor is it certain that anybody looked closer.
    const snapshot = estate.snapshot(id);
    const isFree = all.every((state) => state.length === 0);
    if (snapshot === undefined || !(isFree || isNeeded)) return [];
    const isStale = isFree && isOldEnough(snapshot, policy.minAgeDays, first.at);
    if (called.has(id) === isStale || wasEverDeleted(stage, id)) return [];
    return [`${id} is ${isStale ? 'not ' : ''}called STALE`];
  });
}

const OF_AMIS = ['images', 'images-in-recycle-bin'];

/** An AMI that goes into the bin, or comes back, once within a look is seen in one of the two (ADR 141). */
function hasAmiAllTheTime(states: readonly (readonly Need[])[]): boolean {
  const where = states.map((state) =>
    OF_AMIS.filter((name) => state.some(({ sight }) => sight === name)).join(),
  );
  const moves = where.filter((one, index) => index > 0 && one !== where[index - 1]);
  return where.length > 0 && !where.includes('') && moves.length <= 1;
}

/** What costs a call for each snapshot isn't looked at before a plan could remove it. */
function isSeenByDiscovery(name: string, { skipReferences }: PolicyShape): boolean {
  const sight = sightOf(name);
  return isLookedAt(sight, skipReferences) && sight.source !== 'snapshot-attributes';
}

function wasEverDeleted({ witness }: Stage, id: string): boolean {
  return witness.needs.goneSince.has(id) || witness.deletions.some((one) => one.snapshotId === id);
}
