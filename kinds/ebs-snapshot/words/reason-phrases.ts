import { FINAL_COPY_OF } from '../../../core/tags/final-copy.ts';
import { PROTECT_TAG } from '../../../core/tags/protection.ts';
import { day } from '../../../report/format/dates.ts';
import { cut } from '../../../report/format/layout.ts';
import { formatCount, formatNoun } from '../../../report/format/money.ts';
import { listed, quoted } from '../../../report/format/quoted.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import type { Attachment, StoredEvidence } from './stored-evidence.ts';
import { needInWords, protectionInWords } from '../../tags/tag-phrases.ts';

const MOST_NAMED = 5;
const ID_LENGTH = 100;

interface About extends Pick<Finding, 'ageDays' | 'tags'> {
  readonly seen: StoredEvidence;
}

/** What a reason says of this very snapshot; undefined: no more than of any. */
const PHRASES: Readonly<Record<string, (about: About) => string | undefined>> = {
  VOLUME_MISSING: volumePhrase((volume) => `${volume} no longer exists`),
  VOLUME_NOT_ATTACHED: volumePhrase((volume, { attachments }) =>
    attachments.length === 0
      ? `${volume} exists, and is attached to nothing`
      : `${volume} exists, attached only to ${attachedTo(attachments)}`,
  ),
  AMI_GONE: ({ seen: { originAmi } }) => {
    if (originAmi === undefined) return undefined;
    const { amiId, by } = originAmi;
    const made = by === 'CopyImage' ? 'it was copied for' : 'CreateImage made it for';
    return `${made} ${nameOf(amiId)}, as its description says, and that is neither among the AMIs nor in the Recycle Bin`;
  },
  IN_USE: volumePhrase((volume, { attachments }) =>
    attachments.length === 0
      ? `${volume} is in use`
      : `${volume} is attached to ${attachedTo(attachments)}`,
  ),
  VOLUME_IN_RECYCLE_BIN: volumePhrase(
    (volume) => `${volume} is in the Recycle Bin and can be restored`,
  ),
  STORAGE_GATEWAY_VOLUME: volumePhrase((volume) => `${volume} is a Storage Gateway volume`),
  COPY_ORIGIN_UNKNOWN: ({ seen: { volumeId } }) =>
    volumeId ? `it is a copy, whose volume id (${nameOf(volumeId)}) says nothing` : undefined,
  FINAL_COPY: ({ tags }) => {
    const volume = tags[FINAL_COPY_OF];
    return volume
      ? `its tag says that it is the final copy of ${quoted(volume, ID_LENGTH)}`
      : undefined;
  },
  FINAL_COPY_EXPIRED: volumePhrase(
    (_, { volumeId }) =>
      `it is orgsweep's final copy of ${nameOf(volumeId ?? '')}, and has expired`,
  ),
  TOO_YOUNG: ({ ageDays }) =>
    ageDays === null
      ? undefined
      : `at ${formatNoun(ageDays, 'day')} it is younger than the policy asks for`,
  NOT_COMPLETED: ({ seen: { state } }) =>
    state === undefined ? undefined : `its state is ${nameOf(state)}, not completed`,
  USED_BY_AMI: usersPhrase('amis', 'an AMI uses', 'AMIs use'),
  AMI_IN_RECYCLE_BIN: usersPhrase(
    'amis-in-recycle-bin',
    'an AMI in the Recycle Bin needs',
    'AMIs in the Recycle Bin need',
  ),
  USED_BY_LAUNCH_TEMPLATE: usersPhrase(
    'launch-templates',
    'a launch template uses',
    'launch template versions use',
  ),
  USED_BY_LAUNCH_CONFIGURATION: usersPhrase(
    'launch-configurations',
    'a launch configuration uses',
    'launch configurations use',
  ),
  USED_BY_ECS: usersPhrase('ecs-services', 'an ECS service uses', 'ECS services use'),
  FAST_RESTORE_ENABLED: ({ seen }) =>
    namedIn(seen, 'fast-restores', (zones) => `fast snapshot restore is on in ${zones}`),
  LOCKED: ({ seen }) => namedIn(seen, 'snapshot-locks', (locks) => `it is locked (${locks})`),
  PROTECTED_BY_TAG: ({ tags, seen: { protection } }) =>
    protectionInWords(protection) ??
    (Object.hasOwn(tags, PROTECT_TAG) ? `its tag ${PROTECT_TAG} protects it` : undefined),
  SHARED: ({ seen: { sharedWith, usedBy } }) => {
    const others = [...(sharedWith ?? []), ...(usedBy['public-sharing'] ?? [])];
    if (others.includes('all')) return 'it is shared with everybody';
    return others.length === 0 ? undefined : `it is shared with ${named(others)}`;
  },
  HAS_PRODUCT_CODE: ({ seen: { productCodes } }) =>
    productCodes?.length ? `it has a product code (${named(productCodes)})` : undefined,
  REFERENCES_INCOMPLETE: ({ seen: { incompleteReferences } }) =>
    incompleteReferences.length === 0
      ? undefined
      : `what could refer to it wasn't listed to the end (${named(incompleteReferences)})`,
};

export function reasonInWords(reason: string, about: About): string | undefined {
  const phrase = Object.hasOwn(PHRASES, reason) ? PHRASES[reason]?.(about) : undefined;
  return phrase ?? needInWords(reason, about.seen);
}

/** "i-1 (running), i-2 (shutting down)" */
export function attachedTo(attachments: readonly Attachment[]): string {
  const places = attachments.map(({ instanceId, associatedResource, instanceState }) => {
    const place = instanceId ?? associatedResource;
    const state = instanceState ? ` (${nameOf(instanceState).replaceAll('-', ' ')})` : '';
    return place ? `${nameOf(place)}${state}` : 'something that AWS manages';
  });
  return listed(places, MOST_NAMED);
}

/** Ids and states come from AWS; names of launch configurations are somebody's own words. */
export function named(users: readonly string[], source?: string): string {
  const isOwnWords = source === 'launch-configurations';
  const names = users.map((user) => (isOwnWords ? quoted(user, ID_LENGTH) : nameOf(user)));
  return listed(names, MOST_NAMED);
}

/** An ARN without what every one of its account and Region has; a time as a date. */
export function nameOf(text: string): string {
  return cut(text, ID_LENGTH)
    .replace(/^arn:[^/]*\//, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, day);
}

function volumePhrase(phrase: (volume: string, seen: StoredEvidence) => string) {
  return ({ seen }: About) =>
    seen.volumeId ? phrase(`its volume ${nameOf(seen.volumeId)}`, seen) : undefined;
}

function usersPhrase(source: string, one: string, many: string) {
  return ({ seen }: About): string | undefined => {
    const users = seen.usedBy[source] ?? [];
    if (users.length === 0) return undefined;
    const subject = users.length === 1 ? one : `${formatCount(users.length)} ${many}`;
    return `${subject} it (${named(users, source)})`;
  };
}

function namedIn(
  seen: StoredEvidence,
  source: string,
  phrase: (users: string) => string,
): string | undefined {
  const users = seen.usedBy[source] ?? [];
  return users.length === 0 ? undefined : phrase(named(users));
}
