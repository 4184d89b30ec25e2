import { causeOf, isDeniedInWords } from '../gaps/gap-cause.ts';
import { deniedActionIn } from '../../core/outcome/denied-action.ts';
import { kindsMissing, lookAt } from '../../core/outcome/kind-look.ts';
import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';
import { DAY_MS } from '../../core/model/age.ts';
import type { AwsFailure, RemovalOutcome, RemovalResult } from '../../core/outcome/outcome.ts';
import { deciderInWords } from '../words/approval-words.ts';
import { day, moment } from '../format/dates.ts';
import { EXCLUSION_WORDS } from '../words/target-words.ts';
import { refusalInWords } from '../words/words.ts';
import { inSeries, reasonsInWords } from '../words/reason-words.ts';
import { otherWayBack } from '../words/recycle-bin-words.ts';
import { REMOVAL_WORDS } from '../words/removal-words.ts';
import { costOfMade, stepWords } from '../words/step-words.ts';
import { formatNoun } from '../format/money.ts';
import type { RestoreLine, RestoreResult } from '../../core/removal/restore.ts';
import type { PlanInBrief, Trace } from './explanation.ts';
import { heldBecause } from './held-because.ts';
import { wayByCopy, type WayByCopy } from './made-again.ts';

/** Where the reasons say why it wasn't removed; elsewhere they say more of what happened. */
const KEPT_BECAUSE: ReadonlySet<RemovalResult> = new Set([
  'NO_LONGER_STALE',
  'PROTECTED',
  'DENIED',
  'NOT_ATTEMPTED',
]);

const VERDICTS = { STALE: 'Unused', KEEP: 'Kept', UNKNOWN: 'Unknown' } as const;

const RESTORE_WORDS: Readonly<Record<RestoreResult, string>> = {
  RESTORED: 'Restored, and tagged orgsweep:protect',
  ALREADY_RESTORED: 'A restore found it there already, tagged orgsweep:protect',
  RESTORABLE: 'A dry run would have restored it',
  NOT_PROTECTED: "Restored, but it couldn't be tagged orgsweep:protect",
  EXPIRED: 'A restore came too late, as its time in the Recycle Bin was over',
  NOT_IN_RECYCLE_BIN: "A restore didn't find it in the Recycle Bin",
  NO_WAY_BACK: 'A restore found no way to bring it back',
  SUPERSEDED: 'A restore left it alone, as a later run went on with it',
  NOT_REMOVED: 'A restore left it alone, as this run had not deleted it',
  DENIED: "A restore was refused, as the restore role is missing or isn't allowed to",
  FAILED: 'A restore failed',
};

/** Why an execution did or didn't remove a resource of a kind, in sentences. */
export function whyOf(trace: Trace, kind: string, words: WordsByKind): string[] {
  const own = words[kind];
  const plan = [...planInWords(trace, own), ...approvalInWords(trace)];
  const sentences = [...foundInWords(trace, kind, own), ...plan, ...endInWords(trace, own)];
  return [...sentences, ...trace.restores.map(restoreInWords), ...doubtsInWords(trace)];
}

function foundInWords(
  { finding, target }: Trace,
  kind: string,
  own: KindWords | undefined,
): string[] {
  if (finding !== null) {
    const { verdict, reasons } = finding;
    const found = `${VERDICTS[verdict]}: ${reasonsInWords(reasons, own)}.`;
    return verdict === 'STALE' ? [found] : [found, 'Not deleted: only what is unused can be.'];
  }
  if (target === null) return ["Nothing is known of its account and Region: they weren't reached."];
  const { excluded, looks } = target;
  const { status, failure } = lookAt(target, kind);
  if (target.status === 'COMPLETE' && excluded !== undefined && !looks?.[kind]) {
    const why = EXCLUSION_WORDS[excluded].listed;
    return [`Not listed: only global kinds were scanned there (${why}).`];
  }
  if (status === 'COMPLETE') {
    return [
      'Not listed, though its account and Region were scanned to the end: it was in use (then it is only counted), or not there.',
    ];
  }
  if (status === 'EXCLUDED')
    return [`Not scanned: ${excluded ? EXCLUSION_WORDS[excluded].listed : 'excluded'}.`];
  if (kindsMissing(target).includes(kind))
    return [
      `Not listed: its kind was not scanned to the end there, though others were (${status}).${failureInWords(failure)}${roleInWords(failure)}`,
    ];
  return [
    `Not listed: its account and Region were not scanned to the end (${status}).${failureInWords(failure)}`,
  ];
}

/** Where others were seen, the role is as old as before this kind came. */
function roleInWords(failure: AwsFailure | undefined): string {
  if (failure === undefined || causeOf(failure) !== 'ACCESS_DENIED') return '';
  if (isDeniedInWords(failure)) return '';
  const lacks = deniedActionIn(failure) ?? 'a permission that it needs';
  return ` The discovery role there lacks ${lacks}: roll it out again.`;
}

function planInWords(
  { finding, plan, planned, held }: Trace,
  own: KindWords | undefined,
): string[] {
  if (held !== null) {
    const limit = held.limit === undefined ? '' : limitInWords(held.limit, plan);
    const reasons = held.held.map(
      (reason) => `${heldBecause(reason, finding, held, own)} (${reason})`,
    );
    return [
      `Not deleted, but held back: ${inSeries(reasons)}.${limit}${graceInWords(held, plan)}${waitInWords(held)}`,
    ];
  }
  if (planned !== null && plan !== null) {
    return plan.status === 'PREVIEW'
      ? [
          `Not deleted: this was a report. A delete run with this plan would ${planned.goesOn ? `${stepWords(own, planned.step).verb} it first` : 'delete it'}.`,
        ]
      : [`Planned: ${toBeDone(planned, own)}.`];
  }
  if (finding?.verdict !== 'STALE') return [];
  if (own?.isOnlyReported) return ['Not deleted: orgsweep only reports its kind.'];
  return [
    plan === null ? 'Not deleted: no plan was made.' : 'Not deleted: the plan does not mention it.',
  ];
}

function toBeDone(
  { goesOn, step }: NonNullable<Trace['planned']>,
  own: KindWords | undefined,
): string {
  return goesOn
    ? `to be ${stepWords(own, step).done} first, and deleted by a later run`
    : 'to be deleted';
}

/** What a person said to the plan, where one had to be asked. */
function approvalInWords({ planned, plan, approval }: Trace): string[] {
  if (planned === null || plan?.status !== 'READY' || plan.approval === 'none') return [];
  if (approval === null) return ['The plan has to be approved, and nobody has decided yet.'];
  const on = moment(approval.at);
  switch (approval.decision) {
    case 'APPROVED':
      return [`Approved by ${deciderInWords(approval)} on ${on}.`];
    case 'REJECTED':
      return [`Rejected by ${deciderInWords(approval)} on ${on}.`];
    case 'EXPIRED':
      return [`The plan had to be approved, and until ${on} nobody had.`];
  }
}

function limitInWords(limit: string, plan: PlanInBrief | null): string {
  if (plan?.refusal?.limit === limit)
    return ` The plan was refused as a whole: ${refusalInWords(plan.refusal)}.`;
  const value = plan && new Map<string, unknown>(Object.entries(plan.limits)).get(limit);
  return ` The limit is ${limit}${value === undefined ? '' : `: ${String(value)}`}.`;
}

function waitInWords({ held, notBefore }: NonNullable<Trace['held']>): string {
  if (!held.includes('STEP_NOT_DUE') || notBefore === undefined) return '';
  return ` Its next step may follow from ${moment(notBefore)} on.`;
}

function graceInWords(
  { held, staleSince, graceDays: own }: NonNullable<Trace['held']>,
  plan: PlanInBrief | null,
): string {
  if (!held.includes('IN_GRACE') || staleSince === null || plan === null) return '';
  const graceDays = own ?? plan.graceDays;
  const ends = new Date(Date.parse(staleSince) + graceDays * DAY_MS).toISOString();
  return ` Unused since ${moment(staleSince)}: its grace of ${formatNoun(graceDays, 'day')} ends on ${moment(ends)}.`;
}

function endInWords(trace: Trace, own: KindWords | undefined): string[] {
  const { removal, planned, plan } = trace;
  if (removal !== null) return [removalInWords(removal, own, wayByCopy(trace, own))];
  return planned !== null && plan?.status === 'READY'
    ? ['Not known to be deleted: no result is recorded yet.']
    : [];
}

function removalInWords(
  removal: RemovalOutcome,
  own: KindWords | undefined,
  again: WayByCopy | undefined,
): string {
  const { outcome, reasons, failure, at, restorableUntil, step, nextAt, undo, made } = removal;
  const isDone = outcome === 'REMOVED' || outcome === 'STEP_DONE';
  const which = step === undefined ? '' : ` (${step})`;
  const when = isDone ? `${which} on ${moment(at)}` : '';
  const what = made === undefined ? '' : ` It made ${made}.${costOfMade(removal, own)}`;
  const next =
    nextAt === undefined ? what : `${what} The next may follow from ${moment(nextAt)} on.`;
  const link = KEPT_BECAUSE.has(outcome) ? ', because ' : ': ';
  const why = reasons.length === 0 ? '' : `${link}${reasonsInWords(reasons, own)}`;
  const until =
    restorableUntil === null ? notInBin(undo, own, again) : inBin(restorableUntil, again);
  const back = outcome === 'REMOVED' ? until : '';
  return `${REMOVAL_WORDS[outcome].told}${when}${why}.${failureInWords(failure)}${back}${next}`;
}

function inBin(until: string, again: WayByCopy | undefined): string {
  const then = again === undefined ? '' : ` After that it ${madeOf(again)}`;
  return ` It can be restored from the Recycle Bin until ${moment(until)}.${then}`;
}

function notInBin(
  undo: RemovalOutcome['undo'],
  own: KindWords | undefined,
  again: WayByCopy | undefined,
): string {
  if (again !== undefined) return ` It ${madeOf(again)}`;
  if (own !== undefined && !own.hasRecycleBin) return '';
  return ` ${otherWayBack(undo) ?? 'It is not known to be in the Recycle Bin.'}`;
}

function madeOf({ copy, until }: WayByCopy): string {
  const kept = until === null ? '' : `, which is kept until ${day(until)}`;
  return `can be made again, under a new id, from ${copy}${kept}.`;
}

function restoreInWords({ outcome, failure, at, newId }: RestoreLine): string {
  const words = outcome === null ? 'A restore was begun' : RESTORE_WORDS[outcome];
  const as = newId === undefined ? '' : ` It is another one now: its id is ${newId}.`;
  return `${words}, on ${moment(at)}.${as}${failureInWords(failure)}`;
}

function doubtsInWords({ plan, unreadable }: Trace): string[] {
  return [
    ...(plan?.intact === false ? ["Beware: plan.json isn't the plan that was made."] : []),
    ...unreadable.map((file) => `Beware: ${file} can't be read, so this may lack something.`),
  ];
}

function failureInWords(failure: AwsFailure | undefined): string {
  if (failure === undefined) return '';
  const { code, message, operation, requestId } = failure;
  const request = requestId === undefined ? '' : ` (request ${requestId})`;
  return ` ${operation ?? 'AWS'} answered ${code}: ${message.replace(/\.$/, '')}${request}.`;
}
