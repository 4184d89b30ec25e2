import { oneLine } from '../../report/format/layout.ts';
import { cutToWidth } from '../../report/format/cut-to-width.ts';
import { nameInWords } from '../../report/format/place.ts';
import type { AwsFailure, RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';

/** Two lines of a usual terminal; the whole message is in the execution's files. */
const LONGEST = 160;

/** Who, where, how it ended, and AWS's own words, which are a stranger's. */
export function gapText({
  accountId,
  accountName,
  region,
  status,
  failure,
}: TargetOutcome): string {
  const account =
    accountName === undefined ? accountId : `${accountId} ${nameInWords(accountName)}`;
  return line([account, region ?? 'all Regions', status], failure);
}

/** What many accounts may have alike: "sa-east-1 DENIED_BY_SCP". */
export function gapKind({ region, status }: Pick<TargetOutcome, 'region' | 'status'>): string {
  return `${region ?? 'all Regions'} ${status}`;
}

export function failedRemovalText(
  removal: Pick<RemovalOutcome, 'accountId' | 'region' | 'resourceId' | 'outcome' | 'failure'>,
): string {
  const { accountId, region, outcome, resourceId, failure } = removal;
  return line([accountId, region, outcome, resourceId], failure);
}

/** Of a target whose removals broke off as a whole. */
export function brokenRemovalsText(of: {
  accountId: string;
  region: string;
  failure: AwsFailure;
}): string {
  return line([of.accountId, of.region, 'REMOVAL BROKE OFF'], of.failure);
}

function line(words: readonly string[], failure: AwsFailure | undefined): string {
  return cutToWidth(oneLine(`${words.join(' ')}${inWords(failure)}`), LONGEST);
}

function inWords(failure: AwsFailure | undefined): string {
  if (failure === undefined) return '';
  const { code, message, operation = failure.source } = failure;
  return ` ${code}${operation === undefined ? '' : ` (${operation})`}: ${message}`;
}
