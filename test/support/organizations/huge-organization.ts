import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { GAP_CAUSES } from '../../../report/gaps/gap-cause.ts';
import type { Gap, Summary } from '../../../core/summary/summary.ts';
import { anInput, anOutcome, aScope, KIND, someCounts } from '../summaries/builders.ts';
import { aGap } from '../summaries/gaps.ts';
import { anEndedExecution } from '../summaries/summaries.ts';

const REGIONS = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
];

/** Ids and names of so many accounts. */
export function manyAccounts(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    accountId: String(310_000_000_001 + i),
    accountName: `workload-${i % 2 === 0 ? 'production' : 'development'}-${i + 1}`,
  }));
}

/**
 * So many accounts in 16 Regions, each with money in it, and gaps of every cause: a Region that a
 * part of the accounts denies, others here and there, and accounts that can't be entered at all.
 */
export function hugeOrganization(count: number): { summary: Summary; outcomes: TargetOutcome[] } {
  const accounts = manyAccounts(count);
  const outcomes = accounts.flatMap((account, i): TargetOutcome[] => {
    if (i % 97 === 5) return [gapOf(aGap('ROLE_UNAVAILABLE', { ...account, region: null }))];
    if (i % 53 === 7)
      return [
        anOutcome({ ...account, region: null, status: 'EXCLUDED', excluded: 'ACCOUNT_SUSPENDED' }),
      ];
    return REGIONS.map((region, j) => {
      if (region === 'sa-east-1' && i % 5 === 0)
        return gapOf(aGap('DENIED_BY_SCP', { ...account, region }));
      if (region === 'eu-north-1' && i % 40 === 3)
        return gapOf(aGap('DENIED_BY_SCP', { ...account, region }), 'nobody may work there');
      const cause = GAP_CAUSES[(i + j) % GAP_CAUSES.length];
      return cause !== undefined && (i * 7 + j * 11) % 43 === 0
        ? gapOf(aGap(cause, { ...account, region }))
        : anOutcome({ ...account, region, kinds: { [KIND]: countsOf(i, j) } });
    });
  });
  const ended = anEndedExecution();
  const summary = makeSummary({
    ...ended,
    outcomes,
    input: anInput({ scope: aScope({ accepted: [{ regions: ['eu-north-1'], reason: 'x' }] }) }),
    accounts: accounts.map(({ accountId }, i) => ({
      id: accountId,
      path: `o-abcdefghij/r-ab12/ou-ab12-team${String(i % Math.ceil(count / 20)).padStart(4, '0')}/${accountId}/`,
    })),
    notLookedAt: ['Recycle Bin', 'sharing'],
  });
  return { summary, outcomes };
}

function gapOf(
  { accountName, failure, accepted: _accepted, ...gap }: Gap,
  accepted?: string,
): TargetOutcome {
  return anOutcome({
    ...gap,
    ...(accountName !== null && { accountName }),
    ...(failure !== null && { failure }),
    ...(accepted !== undefined && { accepted }),
  });
}

function countsOf(account: number, region: number) {
  const stale = 1 + ((account * 13 + region * 5) % 7);
  const staleGiB = stale * (40 + (account % 23));
  return someCounts({
    resources: stale + 20,
    verdicts: { STALE: stale, KEEP: 20, UNKNOWN: 0 },
    reasons: { VOLUME_MISSING: stale, IN_USE: 20 },
    ...{ staleGiB, staleMonthlyCostUsdUpTo: staleGiB * 0.05 },
  });
}
