import type { Finding } from '../../../core/model/verdict.ts';
import { day } from '../../../report/format/dates.ts';
import { capitalized, cut } from '../../../report/format/layout.ts';
import { formatCount, formatNoun } from '../../../report/format/money.ts';
import { listed } from '../../../report/format/quoted.ts';
import { verdictInWords } from '../../../report/words/reason-words.ts';
import { needInWords, protectionInWords, tagSentences } from '../../tags/tag-phrases.ts';
import { copiesSentence } from './copies-in-words.ts';
import { UNATTACHED } from '../seen.ts';
import { StoredEvidence } from './stored-evidence.ts';
import { VOLUME_WORDS } from './words.ts';

const MOST_NAMED = 5;
const ID_LENGTH = 100;

/** No Recycle Bin keeps a volume for longer. */
const BILLED_UNTIL =
  'If a Recycle Bin keeps it once it is deleted, it is billed until it leaves that, 7 days later at most.';

type About = StoredEvidence & Pick<Finding, 'ageDays' | 'startedAt'>;

/** What a reason says of this very volume; undefined: no more than of any. */
const PHRASES: Readonly<Record<string, (seen: About) => string | undefined>> = {
  IN_USE: ({ attachments }) =>
    attachments.length === 0 ? undefined : `it is attached to ${attachedTo(attachments)}`,
  TOO_YOUNG: ({ ageDays }) =>
    ageDays === null
      ? undefined
      : `at ${formatNoun(ageDays, 'day')} it is younger than the policy asks for`,
  MANAGED_BY_AWS_SERVICE: (seen) =>
    seen.managedBy === undefined
      ? needInWords('MANAGED_BY_AWS_SERVICE', seen)
      : `${named([seen.managedBy])} manages it`,
  BEING_COPIED: ({ usedBy }) => usersOf(usedBy, 'volume-copies', 'is made as a copy of it'),
  FALLBACK_ROOT_VOLUME: ({ rootReplacements }) =>
    rootReplacements.length === 0
      ? undefined
      : `it may be the root volume that was replaced lately on ${named(
          rootReplacements.map(({ instanceId }) => instanceId),
        )}`,
  PROTECTED_BY_TAG: ({ protection }) => protectionInWords(protection),
  REFERENCES_INCOMPLETE: ({ incompleteReferences }) =>
    incompleteReferences.length === 0
      ? undefined
      : `what could need it wasn't listed to the end (${named(incompleteReferences)})`,
};

/** The finding of a volume as sentences, its verdict first. */
export function volumeInWords(finding: Finding): readonly string[] {
  const { ageDays, startedAt } = finding;
  const seen: About = { ...StoredEvidence.parse(finding.evidence), ageDays, startedAt };
  const phraseOf = (reason: string) =>
    (Object.hasOwn(PHRASES, reason) ? PHRASES[reason]?.(seen) : undefined) ??
    needInWords(reason, seen);
  return [
    verdictInWords(finding, VOLUME_WORDS, phraseOf),
    ...(seen.attachments.length > 0 ? [] : [...metricsSentence(seen), ...looksSentence(seen)]),
    ...(seen.state === 'error' ? [] : copiesSentence(seen)),
    ...tagSentences(seen),
    ...propertiesSentence(seen),
    ...(finding.nextStep !== undefined && seen.state !== 'error' ? [BILLED_UNTIL] : []),
  ];
}

/** Since when it is unattached, and what says so: never how old it is. */
function metricsSentence({ metrics, unanswered, startedAt }: About): string[] {
  if (metrics === 'not-needed') return [];
  if (metrics === 'no-control')
    return ['CloudWatch has no data of it. Without an attached volume there, that proves nothing.'];
  if (metrics === undefined)
    return unanswered.includes('volume-metrics')
      ? ['What CloudWatch knows of it was not asked, or its answer proves nothing.']
      : [];
  const { from, lastDay, isUncontrolled } = metrics;
  if (lastDay !== null && isUncontrolled === true)
    return [
      `CloudWatch saw it last on ${day(lastDay)}. Without an attached volume there, nothing since proves anything.`,
    ];
  if (lastDay !== null)
    return [`CloudWatch saw it last on ${day(lastDay)}: no running instance had it since.`];
  const isYounger = startedAt !== null && startedAt.slice(0, 10) > from;
  const since = isYounger ? `it was made, on ${day(startedAt)}` : day(from);
  return [`CloudWatch has no data of it since ${since}: no running instance had it.`];
}

function looksSentence({ observed: { [UNATTACHED]: seen } }: StoredEvidence): string[] {
  if (seen === undefined || seen.looks < 2) return [];
  const looks = formatCount(seen.looks);
  return [`It was unattached in ${looks} scans since ${day(seen.since)}; in between is not known.`];
}

function propertiesSentence(seen: StoredEvidence): string[] {
  const { type, iops, throughputMiBps, encrypted, snapshotId, availabilityZone, outpostArn } = seen;
  const properties = [
    type ? `type ${named([type])}` : '',
    iops === undefined ? '' : `${formatCount(iops)} IOPS`,
    throughputMiBps === undefined ? '' : `${formatCount(throughputMiBps)} MiB/s`,
    encrypted === undefined ? '' : encrypted ? 'encrypted' : 'not encrypted',
    availabilityZone ? `in ${named([availabilityZone])}` : '',
    outpostArn ? `on the Outpost ${named([outpostArn])}` : '',
    snapshotId ? `made from ${named([snapshotId])}` : '',
  ].filter(Boolean);
  return properties.length === 0 ? [] : [`${capitalized(properties.join('; '))}.`];
}

function attachedTo(attachments: StoredEvidence['attachments']): string {
  const places = attachments.map(({ instanceId, associatedResource, state }) => {
    const place = instanceId ?? associatedResource;
    const isSteady = state === undefined || state === 'attached';
    return `${place ? cut(place, ID_LENGTH) : 'something that AWS manages'}${isSteady ? '' : ` (${cut(state, ID_LENGTH)})`}`;
  });
  return listed(places, MOST_NAMED);
}

function usersOf(usedBy: StoredEvidence['usedBy'], source: string, does: string) {
  const users = usedBy[source] ?? [];
  return users.length === 0 ? undefined : `${named(users)} ${does}`;
}

function named(names: readonly string[]): string {
  return listed(
    names.map((name) => cut(name, ID_LENGTH)),
    MOST_NAMED,
  );
}
