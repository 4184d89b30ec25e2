import { filled } from '../format/filled.ts';
import { type Told, wordsToTell } from '../format/noun.ts';
import type { BinRetention } from '../../core/outcome/recycle-bin.ts';
import type { KindWords } from '../../core/words/kind-words.ts';
import { mostStaleFirst } from '../../core/summary/worth.ts';
import { MARKER } from '../../core/tags/marker.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import type { Summary } from '../../core/summary/summary.ts';
import type { Command } from './commands.ts';
import { inShell } from '../format/in-shell.ts';
import { isOwnAccount } from './own-account.ts';

/** As long as a deployment's rule retains, if its configuration says nothing else. */
const RETENTION_DAYS = 30;
/** More account-Regions make a command that nobody reads: then they come from `summary.json`. */
const MOST_IN_LOOP = 8;

const ACCOUNT = 'ACCOUNT_ID';

type Ran = Pick<Summary, 'location' | 'startedBy'>;
type Place = Readonly<Record<'accountId' | 'region', string>>;

/** An account's own profile is to be named, unless it is the caller's. */
function at(ran: Ran, account: string, region: string): string {
  return isOwnAccount(ran) ? `--region ${region}` : `--profile ${account} --region ${region}`;
}

/** A kind whose rules are meant. */
export interface RuleOf {
  readonly kind: string;
  readonly keeps: BinRetention;
}

function ruleOf({ resourceType, mostDays }: BinRetention): string {
  const days = Math.min(RETENTION_DAYS, mostDays);
  return [
    `--resource-type ${resourceType}`,
    `--retention-period RetentionPeriodValue=${days},RetentionPeriodUnit=DAYS`,
    `--resource-tags ResourceTagKey=${MARKER.key},ResourceTagValue=${MARKER.value}`,
  ].join(' ');
}

/** Creates the Recycle Bin rule that a deletion of this kind needs, in each of these places. */
export function createRules(ran: Ran, { kind, keeps }: RuleOf, places: readonly Place[]): Command {
  const [first] = places;
  const rule = ruleOf(keeps);
  const create = (account: string, region: string) =>
    `aws rbin create-rule ${at(ran, account, region)} ${rule}`;
  if (places.length === 1 && first !== undefined)
    return { lead: 'Command', command: create(first.accountId, inShell(first.region)) };
  if (places.length <= MOST_IN_LOOP) {
    const pairs = places.map(({ accountId, region }) => inShell(`${accountId}/${region}`));
    const command = create('"${at%/*}"', '"${at#*/}"');
    return { lead: 'Command', command: `for at in ${pairs.join(' ')}; do ${command}; done` };
  }
  const chosen = `.plan.withoutRecycleBinRule[] | select((.kind // "ebs-snapshot")=="${kind}" and (.why=="NO_RULE" or .why=="NOT_MATCHING")) | "\\(.accountId) \\(.region)"`;
  return {
    lead: 'Command',
    command: `${readSummary(ran)} | jq -r '${chosen}' | while read -r account region; do ${create('"$account"', '"$region"')} </dev/null; done`,
  };
}

function readSummary({ location }: Ran): string {
  const root = location.replace(/[/\\]+$/, '');
  const file = inShell(`${root}/summary.json`);
  return root.startsWith('s3://') ? `aws s3 cp ${file} -` : `cat ${file}`;
}

/** Lists what rules there are. */
export function listRules(ran: Ran, { resourceType }: BinRetention, place: Place): Command {
  const { accountId, region } = place;
  return {
    lead: 'Command',
    command: `aws rbin list-rules ${at(ran, accountId, inShell(region))} --resource-type ${resourceType}`,
  };
}

/** Protects a resource that the reader has chosen; none where its kind has no command for it. */
export function protectCommand(summary: Ran & Told): { command?: Command } {
  const own = commandsOf(summary);
  if (own === undefined) return {};
  const where = { at: at(summary, ACCOUNT, 'REGION'), id: own.id };
  return {
    command: {
      lead: 'To keep one',
      command: filled(own.tag, { ...where, key: PROTECT_TAG, value: '' }),
    },
  };
}

/** Switches fast restore off for a snapshot that the reader has chosen. */
export function disableFastRestore(ran: Ran): Command {
  return {
    lead: 'To end one',
    command: `aws ec2 disable-fast-snapshot-restores ${at(ran, ACCOUNT, 'REGION')} --availability-zones ZONE --source-snapshot-ids SNAPSHOT_ID`,
  };
}

/** Makes room for the marker on a resource that the reader has chosen. */
export function deleteTag(summary: Ran & Told): { command?: Command } {
  const own = commandsOf(summary);
  if (own === undefined) return {};
  const where = { at: at(summary, ACCOUNT, 'REGION'), id: own.id };
  return {
    command: {
      lead: 'Command for each',
      command: filled(own.untag, { ...where, key: 'TAG_KEY' }),
    },
  };
}

/** Of the kind that costs most of those that have any. */
function commandsOf(summary: Told): KindWords['commands'] {
  const byWorth = Object.entries(wordsToTell(summary)).toSorted(([a], [b]) => {
    const [ofA, ofB] = [summary.byKind[a], summary.byKind[b]];
    return ofA === undefined || ofB === undefined ? 0 : mostStaleFirst(ofA, ofB);
  });
  return byWorth.find(([, { commands }]) => commands !== undefined)?.[1].commands;
}

/** A part of the execution input that says what a person has decided. */
export function inputPart(
  part: Readonly<Record<string, unknown>>,
  lead = 'If so, add to the input',
): Command {
  return { lead, command: JSON.stringify(part) };
}

/** A policy for accounts that the reader chooses: it isn't valid before an account is named. */
export function policyOverride(policy: Readonly<Record<string, unknown>>, lead?: string): Command {
  return inputPart({ policyOverrides: [{ accounts: [ACCOUNT], policy }] }, lead);
}
