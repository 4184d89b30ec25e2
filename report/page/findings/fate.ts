import { otherWayBack, undoneInWords } from '../../words/recycle-bin-words.ts';
import { undoneOtherwise } from '../../../core/words/words-in.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import type { KindWords } from '../../../core/words/kind-words.ts';
import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import type { HeldRemoval, PlannedRemoval } from '../../../core/plan/plan.ts';
import { DAY_MS } from '../../../core/model/age.ts';
import { day } from '../../format/dates.ts';
import { minute } from '../../format/moment.ts';
import { formatNoun } from '../../format/money.ts';
import { reasonsInWords } from '../../words/reason-words.ts';
import { costOfMade, stepWords } from '../../words/step-words.ts';
import { holdWords } from '../../words/hold-words.ts';
import { LIMIT_WORDS, refusalInWords } from '../../words/words.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { FATE_WORDS, type FateCode } from './fate-words.ts';
import { shorten } from '../markup/text.ts';

/** What happens to a finding, or happened: what the plan says, and how its removal ended. */
export interface Fate {
  /** What it is filtered by; one held for two reasons has both. */
  readonly codes: readonly FateCode[];
  /** For a narrow column. */
  readonly short: string;
  /** In sentences. */
  readonly words: string;
  /** AWS's own words, where it refused: they are searched. */
  readonly said: string;
  /** The first day it can be deleted, 2026-12-09; '': none is known. */
  readonly from: string;
  /** Since which day it has been seen unused, without a break; '': not known, or it isn't. */
  readonly since: string;
  /** Until which day it can be restored; '': it was not deleted, or nobody knows. */
  readonly until: string;
}
type WithoutDays = Omit<Fate, 'since' | 'until'>;

/** Why it is held, and until when. */
type Held = Pick<HeldRemoval, 'held' | 'limit' | 'staleSince' | 'notBefore'>;

/** What a finding's plan has on it. */
export interface Planned {
  readonly entry: PlannedRemoval | Held;
  /** Of the policy in its account. */
  readonly graceDays: number;
}

export function fateOf(
  finding: Pick<Finding, 'kind' | 'verdict'>,
  planned: Planned | undefined,
  removal: RemovalOutcome | undefined,
  of: Of,
): Fate {
  return {
    ...becoming(finding, planned, removal, of),
    since: dateOf(planned?.entry.staleSince ?? ''),
    until: dateOf(removal?.restorableUntil ?? ''),
  };
}

/** What of a summary, or of a plan, tells what happens. */
type Of = Pick<Summary, 'words' | 'finishedAt'> & {
  readonly plan: Pick<NonNullable<Summary['plan']>, 'refusal'> | null;
  readonly clock?: Summary['clock'] | undefined;
};

function becoming(
  { kind, verdict }: Pick<Finding, 'kind' | 'verdict'>,
  planned: Planned | undefined,
  removal: RemovalOutcome | undefined,
  { plan, finishedAt, clock = null, ...summary }: Of,
): WithoutDays {
  const own = wordsIn(summary)[kind];
  if (removal !== undefined) return ended(removal, own);
  if (
    planned !== undefined &&
    clock !== null &&
    (plan?.refusal ?? null) === null &&
    !('held' in planned.entry)
  )
    return byWrongClock();
  if (planned !== undefined)
    return 'held' in planned.entry
      ? heldBack(planned.entry, planned.graceDays, own)
      : {
          ...couldBeRemoved(planned.entry, plan?.refusal ?? null, own),
          from: plan?.refusal || planned.entry.goesOn ? '' : dateOf(finishedAt),
        };
  if (verdict === 'KEEP') return plainly('KEPT', 'It is kept.');
  if (verdict === 'UNKNOWN')
    return plainly('UNKNOWN', 'It is kept until everything that could use it was read to the end.');
  if (own?.isOnlyReported)
    return plainly('ONLY_REPORTED', 'It is only reported: orgsweep deletes none of its kind.');
  return plainly(
    'NOT_PLANNED',
    plan === null ? 'It is kept: there is no plan.' : 'It is kept: the plan does not have it.',
  );
}

function plainly(code: FateCode, words: string): WithoutDays {
  return { codes: [code], short: FATE_WORDS[code], words, said: '', from: '' };
}

/** As the funnel has it: nobody can apply such a plan. */
function byWrongClock(): WithoutDays {
  return {
    codes: ['HELD', 'IN_GRACE'],
    short: 'held back: clock was wrong',
    words:
      'Held back: the clock was wrong, so whether its grace period is over is not known (IN_GRACE). A later run can tell.',
    ...{ said: '', from: '' },
  };
}

function couldBeRemoved(
  { restorableDays, ...removal }: PlannedRemoval,
  refusal: NonNullable<Summary['plan']>['refusal'],
  own: KindWords | undefined,
): WithoutDays {
  if (refusal !== null)
    return {
      ...plainly(
        'PLAN_REFUSED',
        `It could be deleted now, but the plan would be refused as a whole: ${refusalInWords(refusal)}.`,
      ),
      // The funnel has it among what is over a limit.
      codes: ['PLAN_REFUSED', 'OVER_LIMIT'],
    };
  if (removal.goesOn) {
    const { verb } = stepWords(own, removal.step);
    const what = `to ${verb} first`;
    const then = 'A later run could delete it then, and nothing is saved before.';
    return { ...plainly('TO_STEP', `A delete run could ${verb} it now. ${then}`), short: what };
  }
  return plainly(
    'PLANNED',
    `A delete run could delete it now. ${wayBack({ ...removal, restorableDays }, own)}`,
  );
}

function wayBack(
  removal: Pick<PlannedRemoval, 'kind' | 'step' | 'follows'> & {
    restorableDays: number | undefined;
  },
  own: KindWords | undefined,
): string {
  const days = removal.restorableDays;
  const ways = undoneOtherwise([removal], own === undefined ? {} : { [removal.kind]: own });
  const [otherwise] = undoneInWords({ undoneOtherwise: ways }, 1);
  if (otherwise !== undefined) return otherwise;
  if (days !== undefined) return `The Recycle Bin would retain it for ${formatNoun(days, 'day')}.`;
  return own !== undefined && !own.hasRecycleBin
    ? 'It would be gone for good.'
    : 'No Recycle Bin rule would retain it, so it would be gone for good.';
}

/** Its grace by its date, all else by its reason. */
function heldBack(
  { held: reasons, limit, staleSince, notBefore }: Held,
  graceDays: number,
  own: KindWords | undefined,
): WithoutDays {
  const words = own === undefined ? {} : { own };
  const others = reasons.filter((reason) => reason !== 'IN_GRACE');
  const otherWords = others.map((reason) =>
    reason === 'OVER_LIMIT' && limit !== undefined
      ? `over the limit ${limit}: ${LIMIT_WORDS[limit]}`
      : reason === 'STEP_NOT_DUE' && notBefore !== undefined
        ? `${holdWords(reason, words).listed} until ${minute(notBefore)}`
        : holdWords(reason, words).listed,
  );
  const isInGrace = reasons.includes('IN_GRACE') && staleSince !== null;
  const graceEnds = isInGrace ? graceEnd(staleSince, graceDays) : '';
  const sentences = [
    ...(isInGrace
      ? [
          others.length === 0
            ? `seen unused since ${day(staleSince)}; it can be deleted from ${graceEnds}`
            : `seen unused since ${day(staleSince)}, so in grace until ${graceEnds}`,
        ]
      : []),
    ...otherWords.map((words, i) => `${words} (${others[i]})`),
  ];
  // What no waiting lifts is what a narrow column has room for.
  const short = [
    ...others.map((reason) => holdWords(reason, words).short),
    ...(isInGrace ? [`in grace until ${graceEnds}`] : []),
  ];
  return {
    codes: ['HELD', ...reasons],
    short: `held back: ${short.join('; ')}`,
    words: `Held back: ${sentences.join('; and ')}.`,
    said: '',
    from: firstDay(
      reasons.map((reason) =>
        reason === 'IN_GRACE' && staleSince !== null
          ? graceEndAt(staleSince, graceDays)
          : reason === 'STEP_NOT_DUE'
            ? notBefore
            : undefined,
      ),
    ),
  };
}

/** It is still there: how far it is, and when it goes on. */
function oneStepOn(removal: RemovalOutcome, own: KindWords | undefined): WithoutDays {
  const { step, nextAt, made } = removal;
  const { done } = stepWords(own, step);
  const from = nextAt === undefined ? '' : ` from ${minute(nextAt)} on`;
  const what = made === undefined ? '' : ` What was made of it: ${made}.`;
  const beside = costOfMade(removal, own);
  const words = `It is ${done}, still there, and costs what it did (STEP_DONE).${what}${beside} A later run can delete it${from}.`;
  return {
    codes: ['STEP_DONE'],
    short: `${done}, deleted by a later run`,
    words,
    said: '',
    from: firstDay([nextAt]),
  };
}

function graceEnd(staleSince: string, graceDays: number): string {
  return day(graceEndAt(staleSince, graceDays));
}

function graceEndAt(staleSince: string, graceDays: number): string {
  return new Date(Date.parse(staleSince) + graceDays * DAY_MS).toISOString();
}

/** When the last of what holds it is over; what has no day promises none. */
function firstDay(ends: readonly (string | undefined)[]): string {
  const days = ends.flatMap((end) => (end === undefined ? [] : [dateOf(end)]));
  return days.length < ends.length ? '' : (days.toSorted().at(-1) ?? '');
}

function dateOf(timestamp: string): string {
  return timestamp.slice(0, 10);
}

function ended(removal: RemovalOutcome, own: KindWords | undefined): WithoutDays {
  const { outcome, reasons, failure, restorableUntil, undo } = removal;
  if (outcome === 'STEP_DONE') return oneStepOn(removal, own);
  const short = FATE_WORDS[outcome];
  const isOfBin = own === undefined || own.hasRecycleBin;
  const otherwise = otherWayBack(undo);
  const isUnknown = restorableUntil === null && isOfBin && otherwise === undefined;
  const back = isUnknown ? 'not known to be restorable' : '';
  const until = restorableUntil === null ? '' : `restorable until ${day(restorableUntil)}`;
  const said = failure === undefined ? '' : `${failure.code}: ${failure.message}`;
  const sentences = [
    `${short.charAt(0).toUpperCase()}${short.slice(1)} (${outcome}).`,
    reasons.length === 0 ? '' : `${reasonsInWords(reasons, own)}.`,
    said === '' ? '' : `${said}.`,
    restorableUntil === null ? '' : `It can be restored until ${minute(restorableUntil)}.`,
    outcome === 'REMOVED' && isUnknown ? 'It is not known to be in the Recycle Bin.' : '',
    outcome === 'REMOVED' && isOfBin ? (otherwise ?? '') : '',
  ];
  return {
    codes: [outcome],
    short: outcome === 'REMOVED' && `${until}${back}` !== '' ? `${short}; ${until}${back}` : short,
    words: shorten(sentences.filter((sentence) => sentence !== '').join(' ')),
    said: shorten(said),
    from: '',
  };
}
