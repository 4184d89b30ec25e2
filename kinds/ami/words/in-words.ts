import type { Finding } from '../../../core/model/verdict.ts';
import { day } from '../../../report/format/dates.ts';
import { capitalized } from '../../../report/format/layout.ts';
import { formatCount, formatNoun } from '../../../report/format/money.ts';
import { listed, quoted } from '../../../report/format/quoted.ts';
import { skippedInWords } from '../../../report/words/evidence-words.ts';
import { verdictInWords } from '../../../report/words/reason-words.ts';
import { tagSentences } from '../../tags/tag-phrases.ts';
import { LAUNCHES_RECORDED_SINCE } from '../assess.ts';
import { named, nameOf, nounOf, reasonInWords } from './reason-phrases.ts';
import { StoredEvidence } from './stored-evidence.ts';
import { AMI_WORDS } from './words.ts';

const NAME_LENGTH = 130;
const MOST_OTHER_USES = 5;
const QUESTION = 'image-attributes';

/** The finding of an AMI as sentences, its verdict first. */
export function amiInWords(finding: Finding): readonly string[] {
  const seen = StoredEvidence.parse(finding.evidence);
  const { ageDays, reasons } = finding;
  return [
    verdictInWords(finding, AMI_WORDS, (reason) => reasonInWords(reason, { seen, ageDays })),
    ...launchSentence(seen, finding),
    ...familySentence(seen, reasons),
    ...otherAccountsSentence(seen),
    ...brokenSentence(seen, reasons),
    ...notOfferedSentence(seen, finding),
    ...skippedInWords(finding, nameOf),
    ...sharingSentence(seen, finding),
    ...stateSentences(seen),
    ...originSentence(seen),
    ...tagSentences(seen),
    ...propertiesSentence(seen),
    ...snapshotsSentence(seen),
    ...allowedSentence(seen),
  ];
}

/** When it was last launched, whatever keeps it. */
function launchSentence({ lastLaunchedAt }: StoredEvidence, { reasons, startedAt }: Finding) {
  if (lastLaunchedAt === undefined || reasons.includes('AMI_FAILED')) return [];
  if (reasons.includes('AMI_NOT_LAUNCHED_SINCE') || reasons.includes('LAUNCHED_LATELY')) return [];
  if (lastLaunchedAt === 'unreadable')
    return ['AWS says when it was last launched in a way that nobody can read.'];
  if (lastLaunchedAt !== null) return [`It was last launched on ${day(lastLaunchedAt)}.`];
  const isOlder = startedAt === null || Date.parse(startedAt) < Date.parse(LAUNCHES_RECORDED_SINCE);
  const since = isOlder
    ? 'April 2017, when AWS began to record them'
    : `it was made, on ${day(startedAt)}`;
  return [`AWS recorded no launch of it since ${since}.`];
}

function familySentence(seen: StoredEvidence, reasons: readonly string[]): string[] {
  const { family, familySize = 0, newerOfFamily } = seen;
  if (family === undefined || familySize < 2 || reasons.includes('NEWEST_OF_FAMILY')) return [];
  const newer = newerOfFamily.length === 0 ? '' : `, and newer than it is ${named(newerOfFamily)}`;
  const size = formatCount(familySize);
  return [`It is one of ${size} of its family ${quoted(family.id, NAME_LENGTH)}${newer}.`];
}

function otherAccountsSentence({ usedByOtherAccounts: uses }: StoredEvidence): string[] {
  if (uses.length === 0) return [];
  const users = uses.map(
    ({ accountId, source, by }) => `${accountId} with its ${nounOf(source)} ${nameOf(by)}`,
  );
  const accounts = new Set(uses.map(({ accountId }) => accountId)).size;
  const subject = accounts === 1 ? 'Another account uses it' : 'Other accounts use it';
  return [`${subject}: ${listed(users, MOST_OTHER_USES)}.`];
}

function brokenSentence(seen: StoredEvidence, reasons: readonly string[]): string[] {
  const { incompleteReferences: broken } = seen;
  if (broken.length === 0 || reasons.includes('REFERENCES_INCOMPLETE')) return [];
  return [`Couldn't be listed to the end: ${named(broken)}.`];
}

/** A positive sign: what isn't there names nothing. Of what is kept, nobody asks. */
function notOfferedSentence({ notOffered }: StoredEvidence, { verdict }: Finding): string[] {
  if (verdict === 'KEEP' || notOffered.length === 0) return [];
  return [`AWS does not offer these in its Region, so none names it: ${named(notOffered)}.`];
}

function sharingSentence(seen: StoredEvidence, { verdict }: Finding): string[] {
  const { sharedWith, unanswered } = seen;
  if (verdict === 'KEEP') return [];
  if (sharedWith?.length === 0) return ['It is shared with nobody.'];
  return unanswered.includes(QUESTION) ? ['Whom it is shared with was not told yet.'] : [];
}

function stateSentences({ state, deprecatedAt }: StoredEvidence): string[] {
  return [
    ...(state === 'disabled'
      ? ['It is disabled: nobody can launch it before somebody enables it.']
      : []),
    ...(deprecatedAt === undefined
      ? []
      : [
          `It is deprecated as of ${day(deprecatedAt)}, which keeps nobody from launching it by its id.`,
        ]),
  ];
}

function originSentence(seen: StoredEvidence): string[] {
  const { sourceImageId, sourceImageRegion, sourceInstanceId, watermarks } = seen;
  const origins = [
    sourceImageId === undefined
      ? ''
      : `copied from ${nameOf(sourceImageId)}${sourceImageRegion ? ` in ${nameOf(sourceImageRegion)}` : ''}`,
    sourceInstanceId === undefined ? '' : `made from the instance ${nameOf(sourceInstanceId)}`,
    watermarks.length === 0 ? '' : `with the watermarks ${named(watermarks.map(({ key }) => key))}`,
  ].filter(Boolean);
  return origins.length === 0 ? [] : [`${capitalized(origins.join('; '))}.`];
}

function propertiesSentence(seen: StoredEvidence): string[] {
  const { name, platform, architecture, virtualizationType, rootDeviceType } = seen;
  const properties = [
    name ? `name ${quoted(name, NAME_LENGTH)}` : '',
    ...[platform, architecture, virtualizationType].map((one) => (one ? nameOf(one) : '')),
    rootDeviceType === 'instance-store' ? 'its data in S3' : '',
  ].filter(Boolean);
  return properties.length === 0 ? [] : [`${capitalized(properties.join('; '))}.`];
}

function snapshotsSentence({ snapshots, areSnapshotsListed }: StoredEvidence): string[] {
  if (snapshots.length === 0 || areSnapshotsListed !== false) return [];
  const what = formatNoun(snapshots.length, 'snapshot');
  return [`It is made of ${what}, whose cost was not asked for or not told.`];
}

function allowedSentence({ allowedAmis }: StoredEvidence): string[] {
  if (allowedAmis === 'disabled' || allowedAmis === undefined) return [];
  if (allowedAmis === null)
    return ['Whether Allowed AMIs hides others there is not known: AWS did not say.'];
  return [`Allowed AMIs is in the state ${nameOf(allowedAmis)} there: it may hide others.`];
}
