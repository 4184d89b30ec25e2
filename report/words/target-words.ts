import type { ExclusionReason, TargetStatus } from '../../core/outcome/outcome.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { formatCount, formatNoun } from '../format/money.ts';

/** How a target ends that was not seen, though it should have been. */
export type GapStatus = Exclude<TargetStatus, 'COMPLETE' | 'EXCLUDED'>;

interface GapWords {
  /** In a list of what was not scanned. */
  readonly listed: string;
  /** As the end of a sentence. */
  readonly because: string;
}

export const GAP_WORDS: Readonly<Record<GapStatus, GapWords>> = {
  ROLE_UNAVAILABLE: {
    listed: "the discovery role is missing, or doesn't trust the hub",
    because: 'the discovery role is missing or does not trust the hub',
  },
  ACCESS_DENIED: { listed: 'permission denied', because: 'permission denied' },
  DENIED_BY_SCP: {
    listed: 'denied by a service control policy',
    because: 'denied by a service control policy',
  },
  REGION_DISABLED: { listed: 'the Region is disabled', because: 'the Region is disabled' },
  THROTTLED: { listed: 'throttled, retries used up', because: 'throttled, retries used up' },
  FAILED: { listed: 'failed', because: 'failed, see the error' },
};

interface ExclusionWords {
  /** In a list of what was excluded. */
  readonly listed: string;
  /** Of a resource that was planned before, as the end of a sentence. */
  readonly now?: string;
}

export const EXCLUSION_WORDS = {
  ACCOUNT_SUSPENDED: { listed: 'account suspended', now: 'its account is suspended by now' },
  ACCOUNT_CLOSED: { listed: 'account closed', now: 'its account is closed by now' },
  ACCOUNT_PENDING_ACTIVATION: {
    listed: 'account not active yet',
    now: 'its account is not active',
  },
  ACCOUNT_NOT_IN_SCOPE: {
    listed: 'account not in scope',
    now: 'its account was moved out of the scope',
  },
  ACCOUNT_EXCLUDED: {
    listed: 'account excluded by the input',
    now: 'its account is excluded by the input',
  },
  REGION_NOT_IN_SCOPE: { listed: 'Region not in scope' },
  REGION_EXCLUDED: { listed: 'Region excluded by the input' },
  REGION_NOT_ENABLED: { listed: 'Region not enabled in the account' },
} as const satisfies Readonly<Record<ExclusionReason, ExclusionWords>>;

/** Of how many nothing is in the counts, so that nobody takes them for all there is; '' for none. */
export function uncountedInWords({ gaps }: Summary['coverage']): string {
  const uncounted = gaps.filter((gap) => gap.uncounted === true).length;
  if (uncounted === 0) return '';
  // Of the others a part was seen: without that the figure contradicts that of what wasn't scanned.
  const of = uncounted < gaps.length ? `${formatCount(uncounted)} of the ` : '';
  return `${of}${formatNoun(gaps.length, 'account-Region')} not scanned ${uncounted === 1 ? 'is' : 'are'} not counted`;
}

/** Nothing was in scope, or nothing of it was seen: then there is nothing to say of what is stale. */
export function sawNothing({ counts, coverage }: Summary): boolean {
  return counts.resources === 0 && coverage.complete === 0;
}
