import type { Gap } from '../../core/summary/summary.ts';
import { causeOf, type GapCause } from './gap-cause.ts';
import type { GapAccount, GapGroup, GapsOfCause } from './gap-groups.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { formatNoun } from '../format/money.ts';
import { nounOfKinds } from '../format/noun.ts';
import { accountInWords } from '../format/place.ts';
import { GAP_WORDS } from '../words/target-words.ts';

/** Why something was not scanned, as the end of a sentence. */
export const CAUSE_WORDS: Readonly<Record<GapCause, string>> = {
  ROLE_UNAVAILABLE: GAP_WORDS.ROLE_UNAVAILABLE.because,
  ACCOUNT_CLOSING: 'the account is being closed',
  ACCESS_DENIED: GAP_WORDS.ACCESS_DENIED.because,
  ROLE_BEHIND: 'the discovery role lacks permissions',
  DENIED_BY_BOUNDARY: 'denied by a permissions boundary',
  DENIED_BY_SESSION_POLICY: 'denied by a session policy',
  DENIED_BY_ENDPOINT_POLICY: 'denied by the policy of a VPC endpoint',
  DENIED_BY_RCP: 'denied by a resource control policy',
  DENIED_BY_SCP: GAP_WORDS.DENIED_BY_SCP.because,
  REGION_DISABLED: GAP_WORDS.REGION_DISABLED.because,
  STS_NOT_ENABLED: "STS is not enabled there in the hub's Region",
  CREDENTIALS_EXPIRED: 'the credentials expired during the run',
  CREDENTIALS_REFUSED: 'AWS refused the credentials',
  CLOCK_WRONG: 'the clock of the machine differs from that of AWS',
  ACCOUNT_NOT_SERVED: 'AWS does not serve the account (new, unpaid or blocked)',
  ACCOUNT_LEFT: 'the account is not in the organization any more',
  ACCOUNT_STATE_UNKNOWN: 'orgsweep does not know the state of the account',
  WRONG_ACCOUNT: 'the session belongs to another account',
  UNSUPPORTED: 'the endpoint does not know the call',
  TOO_MANY_REFERENCES: 'too many resources that do not exist are named there',
  RECORD_TAMPERED: 'somebody changed a file of the run',
  SEAL_UNAVAILABLE: "the hub's key could not be used",
  NO_CONNECTION: 'no connection to AWS',
  OUT_OF_TIME: 'it took too long',
  NOT_KNOWN: GAP_WORDS.FAILED.because,
  THROTTLED: GAP_WORDS.THROTTLED.because,
  SERVER_TROUBLE: 'AWS had an internal error',
  BROKEN_ANSWER: 'the answer did not come from AWS',
  INTERRUPTED: 'the run was interrupted',
  NOT_RECORDED: 'no result was recorded',
};

const NAMED_PERMISSIONS = 2;

/** Why, and of a role that is behind, what it lacks for which kinds. */
export function causeInWords(
  { cause, gaps }: Pick<GapsOfCause, 'cause' | 'gaps'>,
  words: WordsByKind,
): string {
  if (cause !== 'ROLE_BEHIND') return CAUSE_WORDS[cause];
  return `the discovery role lacks ${lackingInWords(gaps, words)}`;
}

/** "ec2:DescribeVolumes for snapshots and volumes" */
export function lackingInWords(gaps: readonly Gap[], words: WordsByKind): string {
  const lacks = new Map<string, Set<string>>();
  for (const gap of gaps)
    for (const [kind, failure] of failuresByKind(gap)) {
      if (causeOf(failure) !== 'ACCESS_DENIED') continue;
      const action = failure.action ?? failure.operation ?? 'a permission';
      lacks.set(action, (lacks.get(action) ?? new Set()).add(kind));
    }
  const all = [...lacks].map(
    ([action, kinds]) =>
      `${action} for ${[...kinds].map((kind) => nounOfKinds([kind], words).many).join(' and ')}`,
  );
  if (all.length === 0) return 'permissions';
  const more = all.length - NAMED_PERMISSIONS;
  const rest = more > 0 ? [`${formatNoun(more, 'other permission')}`] : [];
  return [...all.slice(0, NAMED_PERMISSIONS), ...rest].join(', ');
}

type DeniedKind = NonNullable<Gap['kindFailures']>[string];

/** The first failure of each kind; of one kind alone all of them, as they can be no other's. */
function failuresByKind({ kindFailures = {}, otherFailures = [] }: Gap): [string, DeniedKind][] {
  const first = Object.entries(kindFailures);
  const [kind] = Object.keys(kindFailures);
  const others = first.length === 1 && kind !== undefined ? otherFailures : [];
  return [...first, ...others.map((failure): [string, DeniedKind] => [kind ?? '', failure])];
}

const NAMED_REGIONS = 3;

/** "sa-east-1 in 30 accounts", "6 Regions in legacy (555522223333)", "10 accounts". */
export function groupInWords({
  regions,
  accounts,
}: Pick<GapGroup, 'regions' | 'accounts'>): string {
  const where = accountsInWords(accounts, 1);
  if (regions === null) return where;
  const named =
    regions.length > NAMED_REGIONS ? formatNoun(regions.length, 'Region') : regions.join(', ');
  return `${named} in ${where}`;
}

/** By name, where there are so few; else how many. */
export function accountsInWords(accounts: readonly GapAccount[], most: number): string {
  return accounts.length > most
    ? formatNoun(accounts.length, 'account')
    : accounts.map(accountInWords).join(', ');
}

/** "1,204 account-Regions and 12 accounts": what was not scanned of an account counts as either. */
export function gapsCounted(gaps: readonly Gap[]): string {
  const whole = gaps.filter(({ region }) => region === null).length;
  const targets = gaps.length - whole;
  return [
    ...(targets > 0 ? [formatNoun(targets, 'account-Region')] : []),
    ...(whole > 0 ? [formatNoun(whole, 'account')] : []),
  ].join(' and ');
}

/**
 * The first groups of a cause in one phrase, and how much there is besides them: as many as `fits`
 * takes, and at least one.
 */
export function causeInPlaces(
  { groups }: Pick<GapsOfCause, 'groups'>,
  fits: (words: string) => boolean,
): string {
  const tries = [3, 2, 1].map((most) => firstGroups(groups, most));
  return tries.find(fits) ?? tries.at(-1) ?? '';
}

function firstGroups(groups: readonly GapGroup[], most: number): string {
  const rest = groups.slice(most).flatMap(({ gaps }) => gaps);
  const named = groups.slice(0, most).map(groupInWords);
  return [...named, ...(rest.length > 0 ? [`${gapsCounted(rest)} more`] : [])].join(', ');
}

/** Whether the words of its groups leave open how many it comes to. */
export function needsCount({ groups }: Pick<GapsOfCause, 'groups'>): boolean {
  const [only] = groups;
  if (only === undefined || groups.length > 1) return true;
  return only.regions !== null && only.regions.length > 1 && only.accounts.length > 1;
}
