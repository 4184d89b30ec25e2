import { holdWords } from '../words/hold-words.ts';
import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { day, moment } from '../format/dates.ts';
import { filled } from '../format/filled.ts';
import { inShell } from '../format/in-shell.ts';
import { otherWayBack } from '../words/recycle-bin-words.ts';
import type { Finding } from '../../core/model/verdict.ts';
import { latestOf } from './answer.ts';
import type { Explanation } from './explanation.ts';
import { broughtBack, wayByCopy, type WayByCopy } from './made-again.ts';

/** A sentence, or a command to be copied as it is. */
export type Step = { readonly say: string } | { readonly command: string };

/** What it takes to tell how a resource is brought back. */
export interface Restoring {
  readonly now: Date;
  /** null: nothing that this execution removed can be brought back, as it was a simulated one. */
  readonly commandFor: (executionId: string) => string | null;
}

/** What nobody but a person deletes, by the kind's own command, filled in for this resource. */
function byHand(of: Explanation, finding: Finding, own: KindWords): Step[] {
  const only = `orgsweep only reports ${own.many}: no run deletes one.`;
  if (finding.verdict === 'UNKNOWN') return [{ say: `No action needed. ${only}` }];
  // It may have come into use since, and nothing here checks it again.
  if (of.executions[0]?.finding !== finding)
    return [
      {
        say: `${only} Scan again before you ${own.byHand?.verb ?? 'delete'} it: the newest run does not list it as unused.`,
      },
    ];
  const isUsable = !finding.reasons.some((reason) => own.unusable?.includes(reason));
  const nobody = isUsable ? 'If nobody needs it' : 'Nobody can use it. To be rid of it';
  const keep = `To have it told as kept, tag it ${PROTECT_TAG}, with any value.`;
  if (own.byHand === undefined) return [{ say: `${only} ${nobody}, delete it yourself. ${keep}` }];
  const { verb, command, after } = own.byHand;
  return [
    { say: `${only} ${nobody}, ${verb} it yourself, with a profile for its account:` },
    { command: inPlace(command, of) },
    { say: after },
    { say: keep },
  ];
}

function inPlace(command: string, { accountId, region, resourceId }: Explanation): string {
  const at = `--profile ${accountId} --region ${inShell(region)}`;
  return filled(command, { at, id: inShell(resourceId) });
}

function lastCopyStays(own: WordsByKind): Step {
  const it = holdWords('LAST_COPY', own).listed;
  return {
    say: `No action needed: it is kept as the ${it}, unless a run's policy lets it go. To keep it whatever happens, tag it ${PROTECT_TAG}.`,
  };
}

/** What a person can do to keep the resource, or to get it back. */
export function whatToDo(
  of: Explanation,
  restoring: Restoring,
  own: KindWords | undefined,
): Step[] {
  const latest = latestOf(of);
  const removal = latest?.removal ?? null;
  const isLastCopy = latest?.held?.held.includes('LAST_COPY') ?? false;
  const finding = latest?.finding ?? null;
  if (own?.isOnlyReported && finding !== null && finding.verdict !== 'KEEP')
    return byHand(of, finding, own);
  const keep = isLastCopy ? lastCopyStays(own === undefined ? {} : { own }) : toKeep(finding);
  if (latest === undefined || removal === null) return [keep];
  switch (removal.outcome) {
    case 'ALREADY_GONE':
      return [{ say: 'Nothing: it was gone before orgsweep could delete it.' }];
    case 'REMOVED':
      return broughtBack(latest) === null
        ? getBack(of, latest, removal, restoring, own)
        : afterRestore(broughtBack(latest)?.newId, wayByCopy(latest, own));
    case 'FAILED': {
      const command = restoring.commandFor(latest.executionId);
      if (command === null) return [keep];
      return [{ say: 'Should it be gone, this may bring it back:' }, { command }, keep];
    }
    default:
      return [keep];
  }
}

function toKeep(finding: Finding | null): Step {
  if (finding?.verdict !== 'KEEP')
    return { say: `To keep it, tag it ${PROTECT_TAG}, with any value.` };
  const asLongAs = 'It stays as long as that is so.';
  return Object.hasOwn(finding.tags, PROTECT_TAG)
    ? { say: asLongAs }
    : { say: `${asLongAs} To keep it whatever happens, tag it ${PROTECT_TAG}.` };
}

function getBack(
  of: Explanation,
  story: Explanation['executions'][number],
  { restorableUntil: until, undo }: Pick<RemovalOutcome, 'restorableUntil' | 'undo'>,
  { now, commandFor }: Restoring,
  own: KindWords | undefined,
): Step[] {
  const again = wayByCopy(story, own);
  const command = commandFor(story.executionId);
  if (command === null)
    return [
      { say: 'Nothing: it was deleted in a simulated organization, which ended with that run.' },
    ];
  const isInBin = until !== null && Date.parse(until) > now.getTime();
  if (again !== undefined && !isInBin)
    return [{ say: `To have it made again, ${fromCopy(again, now)}:` }, { command }];
  if (until !== null && !isInBin) return pastBin(of, until, own);
  const say =
    until === null
      ? (own !== undefined && !own.hasRecycleBin) || otherWayBack(undo) !== undefined
        ? 'If it can be undone, this does it:'
        : "It isn't known to be in the Recycle Bin. If it is after all, this brings it back:"
      : `To get it back, until ${moment(until)}:`;
  const after =
    again === undefined ? [] : [{ say: `After that, it makes it again, ${fromCopy(again, now)}.` }];
  return [{ say }, { command }, ...after];
}

/** Of what went by a copy that somebody else had made, that copy may be there still. */
function pastBin(of: Explanation, until: string, own: KindWords | undefined): Step[] {
  const ended = `Its time in the Recycle Bin ended on ${moment(until)}: orgsweep can't bring it back.`;
  const command = own?.made?.byHand;
  if (command === undefined) return [{ say: ended }];
  return [
    { say: `${ended} If a copy of it is named above and still there, make a new one from that:` },
    { command: inPlace(command, of) },
  ];
}

/** As another one. A person may have deleted the copy before its day, or kept it for longer. */
function fromCopy({ copy, until }: WayByCopy, now: Date): string {
  const what = `as another one with a new id, from ${copy}`;
  if (until === null) return what;
  return Date.parse(until) <= now.getTime()
    ? `${what}, if that is still there (it was kept until ${day(until)})`
    : `${what}, which is kept until ${day(until)}`;
}

/** While the resource itself is there, its copy is kept, whatever its day. */
function afterRestore(newId: string | undefined, again: WayByCopy | undefined): Step[] {
  const stays = `As long as ${newId ?? 'it'} has the tag ${PROTECT_TAG}, it stays.`;
  if (newId !== undefined || again === undefined) return [{ say: stays }];
  const left = `Beside it, ${again.copy} stays and is billed: delete that if you don't need it.`;
  return [{ say: stays }, { say: left }];
}
