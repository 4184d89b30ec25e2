import { capitalized } from '../../../report/format/layout.ts';
import { day } from '../../../report/format/dates.ts';
import { formatCount, formatSize, formatUsdUpTo } from '../../../report/format/money.ts';
import { listed, quoted } from '../../../report/format/quoted.ts';
import { skippedInWords } from '../../../report/words/evidence-words.ts';
import { verdictInWords } from '../../../report/words/reason-words.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { SNAPSHOT_WORDS } from '../../../core/words/snapshot-words.ts';
import { isRealVolumeId, REASON_BY_REFERENCE } from '../facts.ts';
import { attachedTo, named, nameOf, reasonInWords } from './reason-phrases.ts';
import { StoredEvidence } from './stored-evidence.ts';
import { tagSentences } from '../../tags/tag-phrases.ts';

/** Reasons that say of the volume all there is to say. */
const TELL_OF_VOLUME: ReadonlySet<string> = new Set([
  'VOLUME_MISSING',
  'VOLUME_NOT_ATTACHED',
  'IN_USE',
  'VOLUME_IN_RECYCLE_BIN',
  'STORAGE_GATEWAY_VOLUME',
  'COPY_ORIGIN_UNKNOWN',
]);

/** What a reference is, of those that may lie in another account. */
const SOURCE_NOUNS: Readonly<Record<string, string>> = {
  amis: 'AMI',
  'amis-in-recycle-bin': 'AMI in the Recycle Bin',
  'launch-templates': 'launch template',
  'launch-configurations': 'launch configuration',
  'ecs-services': 'ECS service',
};

const DESCRIPTION_LENGTH = 200;
const MOST_OTHER_USES = 5;

/** The finding of a snapshot as sentences, its verdict first. */
export function snapshotInWords(finding: Finding): readonly string[] {
  const seen = StoredEvidence.parse(finding.evidence);
  const { ageDays, tags, reasons } = finding;
  return [
    verdictInWords(finding, SNAPSHOT_WORDS, (reason) =>
      reasonInWords(reason, { seen, ageDays, tags }),
    ),
    ...(reasons.some((reason) => TELL_OF_VOLUME.has(reason)) ? [] : volumeSentence(seen)),
    ...lineageSentence(seen),
    ...setSentence(seen),
    ...otherAccountsSentence(seen),
    ...unexplainedUses(seen, reasons),
    ...brokenSentence(seen, reasons),
    ...skippedInWords(finding, nameOf),
    ...sharingSentence(seen, finding),
    ...tagSentences(seen),
    ...propertiesSentence(seen),
    ...billingSentences(seen),
  ];
}

function volumeSentence(seen: StoredEvidence): string[] {
  const { volumeId, volumeState, attachments, incompleteReferences } = seen;
  if (volumeId === undefined || !isRealVolumeId(volumeId)) return [];
  if (incompleteReferences.includes('volumes'))
    return [`Its volume is ${volumeId}; whether that still exists isn't known.`];
  if (volumeState === undefined) return [`Its volume is ${volumeId}.`];
  if (volumeState === null) return [`Its volume ${volumeId} no longer exists.`];
  return attachments.length === 0
    ? [`Its volume ${volumeId} is ${nameOf(volumeState)}, attached to nothing.`]
    : [`Its volume ${volumeId} is attached to ${attachedTo(attachments)}.`];
}

function lineageSentence({ lineage }: StoredEvidence): string[] {
  if (lineage === undefined || lineage.uncounted === 'BY_DATE') return [];
  if (lineage.uncounted !== undefined)
    return ['CreateImage made it for an AMI: no other snapshot of that volume counts on it.'];
  if (lineage.size < 1) return [];
  if (lineage.size === 1 && !lineage.newest)
    return ['Besides it, one completed, unmarked snapshot of that volume is left.'];
  if (lineage.size === 1) return ['It is the only completed snapshot left of that volume.'];
  const size = formatCount(lineage.size);
  return lineage.newest
    ? [`It is the newest of ${size} completed snapshots of that volume.`]
    : [`It is one of ${size} completed snapshots of that volume, and not the newest.`];
}

function setSentence({ set }: StoredEvidence): string[] {
  if (set === undefined) return [];
  const size = formatCount(set.size);
  return [`It is one of a crash-consistent set of ${size} snapshots: they stay or go together.`];
}

function otherAccountsSentence({ usedByOtherAccounts: uses }: StoredEvidence): string[] {
  if (uses.length === 0) return [];
  const users = uses.map(({ accountId, source, by }) => {
    const noun = SOURCE_NOUNS[source] ?? nameOf(source);
    return `${accountId} with its ${noun} ${named([by], source)}`;
  });
  const subject =
    new Set(uses.map(({ accountId }) => accountId)).size === 1
      ? 'Another account uses it'
      : 'Other accounts use it';
  return [`${subject}: ${listed(users, MOST_OTHER_USES)}.`];
}

/** What refers to it and isn't among the reasons: of a source that isn't known here. */
function unexplainedUses({ usedBy }: StoredEvidence, reasons: readonly string[]): string[] {
  const reasonOf = new Map(Object.entries(REASON_BY_REFERENCE));
  return Object.entries(usedBy)
    .filter(([source, users]) => users.length > 0 && !reasons.includes(reasonOf.get(source) ?? ''))
    .map(([source, users]) => `Something refers to it (${nameOf(source)}): ${named(users)}.`);
}

function brokenSentence(seen: StoredEvidence, reasons: readonly string[]): string[] {
  const { incompleteReferences: broken } = seen;
  if (broken.length === 0 || reasons.includes('REFERENCES_INCOMPLETE')) return [];
  return [`Couldn't be listed to the end: ${named(broken)}.`];
}

function sharingSentence(seen: StoredEvidence, { verdict, reasons }: Finding): string[] {
  const { sharedWith, lookedCloser, incompleteReferences } = seen;
  if (verdict === 'KEEP' || incompleteReferences.includes('snapshot-attributes')) return [];
  if (sharedWith?.length === 0) return ['It is shared with nobody.'];
  if (lookedCloser !== false || reasons.includes('SHARED')) return [];
  return ['Sharing not checked yet. It is checked only for snapshots that could be deleted.'];
}

function propertiesSentence(seen: StoredEvidence): string[] {
  const { encrypted, storageTier, transferType, description, fullSizeGiB, outpostArn } = seen;
  const properties = [
    encrypted === undefined ? '' : encrypted ? 'encrypted' : 'not encrypted',
    storageTier === 'archive' ? 'in the archive tier' : '',
    transferType ? `a ${nameOf(transferType)} copy` : '',
    outpostArn ? `on the Outpost ${nameOf(outpostArn)}` : '',
    fullSizeGiB === null || fullSizeGiB === undefined ? '' : `full size ${formatSize(fullSizeGiB)}`,
    description ? `description ${quoted(description, DESCRIPTION_LENGTH)}` : '',
  ].filter(Boolean);
  return properties.length === 0 ? [] : [`${capitalized(properties.join('; '))}.`];
}

function billingSentences({ billing }: StoredEvidence): string[] {
  if (billing === undefined) return [];
  const { minimumUntil, minimumUnknown, extraCharges = [] } = billing;
  const charges = extraCharges.map(({ charge, units, monthlyCostUsdUpTo }) => {
    const cost =
      monthlyCostUsdUpTo === null
        ? 'at a price not known here'
        : `at most ${formatUsdUpTo(monthlyCostUsdUpTo)} a month`;
    return `${nameOf(charge)} (${formatCount(units)}), ${cost}`;
  });
  return [
    ...(minimumUntil === undefined
      ? []
      : [`It is billed until ${day(minimumUntil)}, even if it is deleted before.`]),
    ...(minimumUnknown
      ? ['When it was archived is not known: it may be billed for a while even if it is deleted.']
      : []),
    ...(charges.length === 0 ? [] : [`Charged besides: ${charges.join('; ')}.`]),
  ];
}
