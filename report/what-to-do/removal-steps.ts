import { REMOVED_BY_DEFAULT } from '../../core/input/input.ts';
import { DAY_MS } from '../../core/model/age.ts';
import { deniedActionIn } from '../../core/outcome/denied-action.ts';
import { classifyFailure } from '../../core/outcome/failure-class.ts';
import type { RemovalResult } from '../../core/outcome/outcome.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { stepsForBrokenSets } from './broken-sets-words.ts';
import {
  applyCommand,
  deleteAgainCommand,
  restoreCommand,
  SIMULATED_BIN,
} from '../commands/commands.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { cut } from '../format/layout.ts';
import { minute } from '../format/moment.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { accountInWords, placesInWords } from '../format/place.ts';
import { wordsToTell } from '../format/noun.ts';
import { dayFrom } from '../words/stage-words.ts';
import { stepWordsOf } from '../words/step-words.ts';
import { binAlarm } from '../words/recycle-bin-words.ts';
import type { NextStep } from '../parts/step.ts';

/** What went wrong with deletions, and whom to tell of those that were made. */
export function stepsForRemovals(summary: Summary): NextStep[] {
  return [
    ...[...stepsAfterAlarm(summary), ...stepsForBrokenSets(summary)].map((alarm): NextStep => ({
      ...alarm,
      staysInMessage: true,
    })),
    ...stepsForProblems(summary),
    ...stepsAfterRemovals(summary),
    ...stepsAfterSteps(summary),
  ].map((step): NextStep => ({ ...step, isUrgent: true }));
}

/**
 * What was only copied goes by a later run, which somebody may have to start. A command only where it
 * reaches no further than this run: a plan that was applied is over.
 */
function stepsAfterSteps(summary: Summary): NextStep[] {
  const { STEP_DONE } = summary.removals.byOutcome;
  if (summary.simulated || summary.mode !== 'delete' || STEP_DONE === 0) return [];
  const { done } = stepWordsOf(wordsToTell(summary));
  const { firstFrom } = whenNext(summary);
  const days = Math.ceil((Date.parse(firstFrom) - Date.parse(summary.finishedAt)) / DAY_MS);
  const command = deleteAgainCommand(summary, days);
  const kinds = kindsInSteps(summary);
  const asked =
    command === undefined
      ? `, with the scope and policy that you want${kinds.length === 0 ? '' : ` and --remove ${kinds.join(',')}`},`
      : '';
  return [
    {
      title: 'Run delete again',
      what: `Run delete again${asked} ${onWhichDay(summary)}: it deletes what is left of the ${formatCount(STEP_DONE)} that this run has ${done}.`,
      ...(command !== undefined && { command }),
      ...(summary.funnel?.inSteps && { worth: summary.funnel.inSteps, saves: 'NOW' as const }),
    },
  ];
}

/** Those that a delete run without --remove leaves alone. */
function kindsInSteps({ removals: { byKind = {} }, input }: Summary): string[] {
  const kinds = input.kinds.filter((kind) => (byKind[kind]?.byOutcome.STEP_DONE ?? 0) > 0);
  return kinds.every((kind) => REMOVED_BY_DEFAULT.some((one) => one === kind)) ? [] : kinds;
}

/** What was copied today is copied by tomorrow, and AWS doesn't say when. */
function whenNext({ finishedAt, removals: { goesOn } }: Summary) {
  const tomorrow = new Date(Date.parse(finishedAt) + DAY_MS).toISOString();
  const after = (at = tomorrow) => (at.slice(0, 10) > finishedAt.slice(0, 10) ? at : tomorrow);
  return { firstFrom: after(goesOn?.firstFrom), allFrom: after(goesOn?.allFrom) };
}

/** "on 22 November or later" */
function onWhichDay(summary: Summary): string {
  const { firstFrom, allFrom } = whenNext(summary);
  const [first, all] = [firstFrom, allFrom].map((at) => dayFrom(summary.finishedAt, at));
  return first === all ? `on ${first} or later` : `from ${first} (all of it from ${all})`;
}

function stepsAfterAlarm({ removals }: Summary): NextStep[] {
  return binAlarm(removals).map((alarm) => ({
    title: 'ALARM: not in the Recycle Bin',
    what: `${alarm} Find out why before another delete run.`,
    short: `ALARM: ${formatNoun(removals.notSeenInRecycleBin.length, 'deleted resource')} did not appear in the Recycle Bin.`,
  }));
}

function stepsAfterRemovals(summary: Summary): NextStep[] {
  if (!hasRemoved(summary)) return [];
  const where = summary.reportFailure === null ? 'Deletions on the page' : 'removals.jsonl';
  const title = 'Tell the owners';
  const what = `Tell the owners what was deleted (${where})`;
  if (summary.simulated) return [{ title, what: `${what}.`, why: SIMULATED_BIN }];
  const back = backInWords(summary.removals);
  if (back === undefined) return [{ title, what: `${what}.` }];
  const command = restoreCommand(summary);
  return [
    {
      title,
      what: `${what}; ${back}.`,
      ...alsoKeeps(summary.removals.byOutcome.STEP_DONE),
      ...(command !== null && { command: { lead: 'To restore all', command } }),
    },
  ];
}

/** Restoring all takes back steps, too: what is on its way out stays then. */
function alsoKeeps(inSteps: number): Pick<NextStep, 'why'> {
  if (inSteps === 0) return {};
  const those = formatNoun(inSteps, 'other resource');
  return {
    why: `That also protects ${those} that a later run would delete. --resource ID names one.`,
  };
}

/** Out of the bin as it was, or made again as another one; undefined: nothing is known to come back. */
function backInWords({
  restorable,
  restorableUntil: until,
  undoneOtherwise: { MADE = 0 } = {},
  byOutcome: { REMOVED },
}: Summary['removals']): string | undefined {
  const again = 'can be made again from a copy, under a new id';
  const of = (count: number) => (count === REMOVED ? 'it' : `${formatCount(count)} of them`);
  if (restorable === 0 || until === null) return MADE === 0 ? undefined : `${of(MADE)} ${again}`;
  const inBin = `until ${minute(until)} ${of(restorable)} can be restored`;
  if (MADE === 0) return inBin;
  const others = restorable + MADE === REMOVED ? 'the other ' : '';
  return `${inBin}, and ${others}${formatCount(MADE)} ${again}`;
}

function stepsForProblems(summary: Summary): NextStep[] {
  const { removals, status } = summary;
  if (status === 'NOT_APPROVED') return [];
  const { DENIED, FAILED, NOT_ATTEMPTED } = removals.byOutcome;
  return [
    ...(DENIED === 0
      ? []
      : [
          {
            title: 'Check the permissions of the deletion role',
            what: `Check the permissions of the deletion role in ${accountsWith(summary, 'DENIED')} (${formatCount(DENIED)} denied${errorOf(summary, 'DENIED')}).`,
          },
        ]),
    ...stepsAfterDeniedChecks(summary),
    ...(removals.problems.some(({ reasons }) => reasons.includes('ACCOUNT_PLACE_UNKNOWN'))
      ? [
          {
            title: 'Permit to see where accounts are',
            what: 'Permit organizations:DescribeAccount and organizations:ListParents to the role that deletes (docs/operating.md, section 1): where accounts are now is not known (ACCOUNT_PLACE_UNKNOWN).',
          },
        ]
      : []),
    ...(removals.problems.some(({ reasons }) => reasons.includes('BELOW_FLOOR'))
      ? [
          {
            title: 'Start a new run',
            what: 'Start a new run. The deployment allows less than when this plan was made, so a part of it stays (BELOW_FLOOR).',
          },
        ]
      : []),
    ...(FAILED + NOT_ATTEMPTED === 0 ? [] : [again(summary)]),
  ];
}

/** What a second check may not read keeps each time: to apply the plan again alone changes nothing. */
function stepsAfterDeniedChecks({ removals: { problems } }: Summary): NextStep[] {
  const actions = problems.flatMap(({ reasons, failure }) => {
    const isDenied = failure !== undefined && classifyFailure(failure) === 'DENIED';
    return isDenied && reasons.includes('CHECK_FAILED') ? (failure.operation ?? []) : [];
  });
  return [...new Set(actions)].map((action) => ({
    title: `Permit ${action}`,
    what: `Permit ${action} to the discovery role, also where skipReferences names what it lists: the check before a deletion needs it (CHECK_FAILED).`,
  }));
}

/** Nothing is removed twice: what is gone already is found so. */
function again(summary: Summary): NextStep {
  const { FAILED, NOT_ATTEMPTED } = summary.removals.byOutcome;
  const parts = [
    ...(FAILED === 0 ? [] : [`${formatCount(FAILED)} failed${errorOf(summary, 'FAILED')}`]),
    ...(NOT_ATTEMPTED === 0
      ? []
      : [`${formatCount(NOT_ATTEMPTED)} not attempted${errorOf(summary, 'NOT_ATTEMPTED')}`]),
  ];
  return {
    title: 'Apply the plan again',
    what: `Apply the plan again (${parts.join(', ')}). Nothing is deleted twice.`,
    short: `Apply the plan again. Nothing is deleted twice.`,
    command: applyCommand(summary, summary.approval === null ? 'none' : 'required'),
  };
}

function accountsWith({ removals, byAccount }: Summary, result: RemovalResult): string {
  const ids = removals.problems.flatMap(({ outcome, accountId }) =>
    outcome === result ? accountId : [],
  );
  const names = [...new Set(ids)].map((accountId) =>
    accountInWords({ accountId, accountName: byAccount[accountId]?.accountName ?? null }),
  );
  return names.length === 0 ? 'the accounts of removals.jsonl' : placesInWords(names);
}

/** The first error, by which people search; of a denial the action to permit, where AWS tells. */
function errorOf({ removals }: Summary, result: RemovalResult): string {
  const first = removals.problems.find(({ outcome }) => outcome === result);
  const action = first?.failure && deniedActionIn(first.failure);
  const code = action ?? first?.failure?.code ?? first?.reasons[0];
  return code === undefined ? '' : `: ${cut(code, 60)}`;
}
