import type { Finding } from '../../../core/model/verdict.ts';
import { day } from '../../../report/format/dates.ts';
import { cut } from '../../../report/format/layout.ts';
import { formatCount, formatNoun } from '../../../report/format/money.ts';
import { listed, quoted } from '../../../report/format/quoted.ts';
import { needInWords, protectionInWords } from '../../tags/tag-phrases.ts';
import { REASON_BY_REFERENCE } from '../sources/names.ts';
import { SOURCE_NOUNS } from '../sources/reference-words.ts';
import type { StoredEvidence } from './stored-evidence.ts';

const MOST_NAMED = 5;
const ID_LENGTH = 200;

interface About extends Pick<Finding, 'ageDays'> {
  readonly seen: StoredEvidence;
}

/** What a reason says of this very AMI; undefined: no more than of any. */
const PHRASES: Readonly<Record<string, (about: About) => string | undefined>> = {
  AMI_NOT_LAUNCHED_SINCE: ({ seen: { lastLaunchedAt } }) =>
    lastLaunchedAt ? `no launch since ${day(lastLaunchedAt)}` : undefined,
  LAUNCHED_LATELY: ({ seen: { lastLaunchedAt } }) =>
    lastLaunchedAt ? `it was launched lately, on ${day(lastLaunchedAt)}` : undefined,
  AMI_FAILED: statePhrase,
  NOT_READY: statePhrase,
  NEWEST_OF_FAMILY: ({ seen: { family, familySize } }) => {
    if (family === undefined) return undefined;
    const of = quoted(family.id, ID_LENGTH);
    if (familySize === 1) return `it is the only one left of its family ${of}`;
    const most = family.keep > 1 ? `among the ${formatCount(family.keep)} newest` : 'the newest';
    return `it is ${most} of its family ${of}`;
  },
  SHARED: ({ seen: { isPublic, sharedWith } }) => {
    if (isPublic === true || sharedWith?.includes('all')) return 'it is shared with everybody';
    return sharedWith?.length ? `it is shared with ${named(sharedWith)}` : undefined;
  },
  PUBLIC_SSM_PARAMETER: ({ seen: { publicSsmParameter: name } }) =>
    name ? `the public parameter ${quoted(name, ID_LENGTH)} names it` : undefined,
  LOCKED: ({ seen: { deregistrationProtection: protection } }) =>
    protection ? `it is protected from being deregistered (${nameOf(protection)})` : undefined,
  HAS_PRODUCT_CODE: ({ seen: { productCodes } }) =>
    productCodes.length === 0 ? undefined : `it has a product code (${named(productCodes)})`,
  TOO_YOUNG: ({ ageDays }) =>
    ageDays === null
      ? undefined
      : `at ${formatNoun(ageDays, 'day')} it is younger than the policy asks for`,
  PROTECTED_BY_TAG: ({ seen: { protection } }) => protectionInWords(protection),
  REFERENCES_INCOMPLETE: ({ seen: { incompleteReferences } }) =>
    incompleteReferences.length === 0
      ? undefined
      : `what could name it wasn't listed to the end (${named(incompleteReferences)})`,
};

export function reasonInWords(reason: string, about: About): string | undefined {
  const phrase = Object.hasOwn(PHRASES, reason) ? PHRASES[reason]?.(about) : undefined;
  return phrase ?? usersInWords(reason, about.seen) ?? needInWords(reason, about.seen);
}

/** "launch template lt-1 version 3 names it": which, of all sources with this reason. */
function usersInWords(reason: string, { usedBy }: StoredEvidence): string | undefined {
  const reasonOf = new Map<string, string>(Object.entries(REASON_BY_REFERENCE));
  const users = Object.entries(usedBy)
    .filter(([source]) => reasonOf.get(source) === reason)
    .flatMap(([source, by]) => by.map((one) => `${nounOf(source)} ${nameOf(one)}`));
  if (users.length === 0) return undefined;
  return `${listed(users, MOST_NAMED)} ${users.length === 1 ? 'names' : 'name'} it`;
}

/** What a reference is: "launch template". */
export function nounOf(source: string): string {
  const nouns: Readonly<Record<string, string>> = SOURCE_NOUNS;
  return (Object.hasOwn(nouns, source) ? nouns[source] : undefined) ?? nameOf(source);
}

export function named(names: readonly string[]): string {
  return listed(names.map(nameOf), MOST_NAMED);
}

/** On one line, times as dates. */
export function nameOf(text: string): string {
  return cut(text, ID_LENGTH).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, day);
}

function statePhrase({ seen: { state } }: About): string | undefined {
  return state === undefined ? undefined : `its state is ${nameOf(state)}`;
}
