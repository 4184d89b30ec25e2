import { capitalized } from '../format/layout.ts';
import type { AcceptedGap } from '../../core/input/input.ts';
import { compare } from '../../core/model/order.ts';
import type { Gap, Summary } from '../../core/summary/summary.ts';
import { blocksOf } from './gap-blocks.ts';
import { causesOf, GAP_CAUSES, type GapCause } from './gap-cause.ts';
import { CAUSE_WORDS } from './gap-words.ts';
import { groupBy } from '../../core/model/group-by.ts';

/** What an organization may well want so. Everything else is to be mended, or passes by itself. */
const WANTED: ReadonlySet<GapCause> = new Set([
  ...(['DENIED_BY_SCP', 'REGION_DISABLED'] as const),
  ...(['ROLE_UNAVAILABLE', 'ACCOUNT_CLOSING'] as const),
]);

export interface GapsToAccept {
  /** For `scope.accepted`. */
  readonly entries: readonly AcceptedGap[];
  /** What they accept. */
  readonly gaps: readonly Gap[];
}

type Of = Pick<Summary, 'coverage' | 'byAccount' | 'input' | 'finishedAt'>;

/**
 * The fewest entries of `scope.accepted` that accept exactly the gaps which may be wanted, and
 * nothing that was scanned; null: there are none. Their reasons are for a person to edit.
 */
export function gapsToAccept(summary: Of): GapsToAccept | null {
  const { gaps } = summary.coverage;
  const isAlone = aloneInTheirAccounts(summary);
  const wanted = gaps.filter((gap) => mayBeWanted(gap) && (gap.region !== null || isAlone(gap)));
  if (wanted.length === 0) return null;
  const date = summary.finishedAt.slice(0, 10);
  const entries = GAP_CAUSES.flatMap((cause) => {
    const ofCause = wanted.filter((gap) => causesOf(gap)[0] === cause);
    return entriesOf(ofCause, summary).map((entry): AcceptedGap => ({
      ...entry,
      reason: `${capitalized(CAUSE_WORDS[cause])} (seen ${date})`,
    }));
  });
  return { entries, gaps: wanted };
}

/** As an execution input takes it. */
export function acceptedInput({ entries }: GapsToAccept): object {
  return { scope: { accepted: entries } };
}

/** Where one thing of several is to be mended, the gap isn't accepted for the others. */
function mayBeWanted(gap: Gap): boolean {
  return (
    gap.status !== 'FAILED' &&
    gap.moreFailures === undefined &&
    causesOf(gap).every((cause) => WANTED.has(cause))
  );
}

/**
 * An entry that names only the account accepts all its Regions, too: only where nothing of it was
 * scanned, and no other gap is known.
 */
function aloneInTheirAccounts({ coverage, byAccount }: Of): (gap: Gap) => boolean {
  const ofAccount = groupBy([...coverage.gaps], ({ accountId }) => accountId);
  const single = new Set(
    ofAccount.filter((of) => of.length === 1).flatMap(([gap]) => gap?.accountId ?? []),
  );
  return ({ accountId }) => single.has(accountId) && !Object.hasOwn(byAccount, accountId);
}

function entriesOf(gaps: readonly Gap[], summary: Of): Omit<AcceptedGap, 'reason'>[] {
  const everywhere = regionsDeniedEverywhere(gaps, summary);
  const whole = gaps.filter(({ region }) => region === null).map(({ accountId }) => accountId);
  const cells = gaps.flatMap(({ accountId, region }) =>
    region === null || everywhere.includes(region) ? [] : [{ accountId, region }],
  );
  return [
    ...(everywhere.length > 0 ? [{ regions: everywhere }] : []),
    ...(whole.length > 0 ? [{ accounts: whole.toSorted(compare) }] : []),
    ...blocksOf(cells).map(({ accounts, regions }) => ({
      accounts: [...accounts],
      regions: [...regions],
    })),
  ];
}

/**
 * Regions that were scanned in no account, each of whose gaps has this one cause. What a retry or a
 * part of the organization shows is no statement about all accounts.
 */
function regionsDeniedEverywhere(ofCause: readonly Gap[], summary: Of): string[] {
  const { coverage, input } = summary;
  const { retryOf, accounts, organizationalUnits, excludeAccounts } = input.scope;
  const { completeByRegion } = coverage;
  const narrowed = accounts.length + organizationalUnits.length + excludeAccounts.length;
  const isWhole = narrowed === 0 && retryOf === undefined;
  if (!isWhole || completeByRegion === undefined) return [];
  const regions = groupBy(coverage.gaps, ({ region }) => region ?? '').flatMap((inRegion) => {
    const region = inRegion[0]?.region ?? null;
    if (region === null || Object.hasOwn(completeByRegion, region)) return [];
    const wanted = ofCause.filter((gap) => gap.region === region);
    return wanted.length === inRegion.length && wanted.length > 1 ? [region] : [];
  });
  return regions.toSorted(compare);
}
