import { undoneForSure, undoneInWords } from '../words/recycle-bin-words.ts';
import { undoneOtherwise } from '../../core/words/words-in.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { netOf } from '../../core/model/amount.ts';
import { leastOf, mostOf } from '../../core/model/order.ts';
import type { Plan, PlannedRemoval } from '../../core/plan/plan.ts';
import type { PlanCounts } from '../../core/summary/plan-counts.ts';
import type { Question } from '../../core/plan/question.ts';
import type { NamedResource } from '../../core/plan/shown.ts';
import {
  allAsked,
  accountAsked,
  amountAsked,
  inStepsAsked,
  toDelete,
  whatIsAsked,
} from './approval-question.ts';
import { WHERE_TO_TYPE } from '../commands/commands.ts';
import { decideCommands, type WhereToDecide } from '../commands/decide-commands.ts';
import { funnelInShort, funnelLineInWords } from './funnel-in-short.ts';
import { cut, wrap } from '../format/layout.ts';
import { minute } from '../format/moment.ts';
import { formatCount, formatSize, formatNoun, formatUsdUpTo } from '../format/money.ts';
import {
  rankPlan,
  type RankedPlan,
  NAMED_ACCOUNTS,
  NAMED_RESOURCES,
  namesIn,
} from './named-in-plan.ts';
import { accountInWords, nameInWords } from '../format/place.ts';
import { pageIn, toPage } from '../parts/report-section.ts';
import { type Line, point, type Section, sentence, toText, verbatim } from '../parts/section.ts';
import { message, type Message } from '../message/text.ts';
import { resourceKey } from '../../core/model/ids.ts';
import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import { stepWords } from '../words/step-words.ts';
import { worthInShort } from '../words/worth-words.ts';

export interface ApprovalToAsk extends Omit<WhereToDecide, 'executionId'> {
  readonly plan: Plan;
  /** Of a plan with files beside it. */
  readonly counts?: PlanCounts | undefined;
  readonly question: Question;
  /** Of the plan's kinds. */
  readonly words: WordsByKind;
  /** Where a person finds the execution's files. */
  readonly location: string;
}

const MOST_LINES = 60;
const LONGEST_NAME = 40;
const LONGEST_ID = 40;

/** What people are asked before anything of a plan is removed, as plain text: the question first. */
export function renderApprovalRequest(ask: ApprovalToAsk): Message {
  const all = rankPlan(ask.plan.removals);
  let named = NAMED_RESOURCES;
  let request = requestNaming(ask, all, named);
  // Strangers' names may be long: then fewer of them are named.
  while (named > 1 && request.body.split('\n').length - 1 > MOST_LINES) {
    named -= 1;
    request = requestNaming(ask, all, named);
  }
  return request;
}

function requestNaming(ask: ApprovalToAsk, all: RankedPlan, named: number): Message {
  const { plan, counts, question, words } = ask;
  const what = whatIsAsked(plan.removals, words);
  const sections: Section[] = [
    { title: 'TO DECIDE', lines: decideLines(ask) },
    {
      title: 'WHERE IT STANDS',
      lines: funnelInShort(plan, words, counts).map((line) => point(funnelLineInWords(line))),
    },
    { title: 'CAN IT BE UNDONE', lines: undoLines(plan.removals, words) },
    accountsSection(ask, all, Math.min(named, NAMED_ACCOUNTS)),
    resourcesSection(ask, all, named),
  ];
  const head = [
    ...wrap(`APPROVE? ${what}: ${allAsked(plan.removals, ask.words)}.`, ''),
    ...inStepsAsked(plan.removals, words).flatMap((text) => wrap(text, '')),
    ...wrap(`Answer before ${minute(question.expiresAt)}. No answer means no.`, ''),
    ...sections.flatMap(toText),
  ];
  const tail = toText({ title: 'FULL PLAN', lines: fullPlanLines(ask) });
  return {
    ...message(
      `APPROVE? orgsweep: ${uncapitalized(what)}, ${worthOfAsked(plan.removals)}`,
      head,
      tail,
    ),
    about: { executionId: plan.executionId, status: 'APPROVAL_WANTED' },
  };
}

function worthOfAsked(removals: readonly PlannedRemoval[]): string {
  const deleted = toDelete(removals);
  if (deleted.length === 0 && removals.length > 0) return 'no deletion yet';
  return worthInShort(amountOfRemovals(deleted));
}

function uncapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function decideLines({ plan, question, ...where }: ApprovalToAsk): Line[] {
  const { approve, reject } = decideCommands({ ...where, executionId: plan.executionId });
  return [
    verbatim(approve),
    verbatim(reject),
    sentence(
      'approve shows the plan again, then asks. The first decision stands. Just before each deletion everything is checked again. What is needed by then stays.',
    ),
    point(`run: ${plan.executionId}`),
    point(`digest: ${plan.digest}`),
    ...(plan.basedOn === null ? [] : [point(`applies the plan of ${plan.basedOn}`)]),
    ...(question.shown?.floors === undefined
      ? []
      : [point(`set by the deployment: ${question.shown.floors}`)]),
    ...(where.program === undefined ? [sentence(WHERE_TO_TYPE)] : []),
  ];
}

/** By the Recycle Bin rules seen when the plan was made; each day counts from its own removal. */
export function undoLines(asked: readonly PlannedRemoval[], words: WordsByKind): Line[] {
  const removals = toDelete(asked);
  if (removals.length === 0 && asked.length > 0) return [sentence('Nothing is deleted yet.')];
  const days = removals.flatMap(({ restorableDays }) => restorableDays ?? []);
  const ways = undoneOtherwise(removals, words);
  const otherwise = undoneInWords(
    { undoneOtherwise: ways },
    removals.length - days.length,
    days.length,
  );
  if (days.length === 0 && otherwise.length > 0) return otherwise.map(sentence);
  if (days.length === 0) {
    const isOfBin = removals.some(({ kind }) => words[kind]?.hasRecycleBin);
    const why = isOfBin ? ' No Recycle Bin rule retains any of it.' : '';
    return [sentence(`No.${why} Once deleted, it is gone for good.`)];
  }
  const [least, most] = [leastOf(days), mostOf(days)];
  const span = least === most ? formatNoun(least, 'day') : `${least} to ${formatNoun(most, 'day')}`;
  const gone = removals.length - days.length;
  const some = `${formatCount(days.length)} of ${formatCount(removals.length)}`;
  const isAll = gone <= undoneForSure(ways);
  const kept = gone === 0 ? 'Yes. All' : `${isAll ? 'Yes.' : 'Not all of it.'} ${some}`;
  return [
    sentence(
      `${kept} can be restored from the Recycle Bin for ${span} after deletion (orgsweep restore).`,
    ),
    ...(otherwise.length > 0 ? otherwise.map(sentence) : []),
    ...(gone === 0 || otherwise.length > 0
      ? []
      : [sentence(`${formatCount(gone)} would be gone for good.`)]),
  ];
}

function accountsSection(
  { question, words }: ApprovalToAsk,
  { accounts }: RankedPlan,
  most: number,
): Section {
  const { accounts: names } = namesIn(question);
  const [named, others] = [accounts.slice(0, most), accounts.slice(most)];
  return {
    title: titleOf('ACCOUNTS', named.length, accounts.length),
    lines: [
      ...named.map(({ accountId, removals }) => {
        const account = accountInWords({ accountId, accountName: names.get(accountId) ?? null });
        return point(`${account}: ${accountAsked(removals, words)}`);
      }),
      ...othersLine(
        formatNoun(others.length, 'other account'),
        others.flatMap(({ removals }) => removals),
        (removals) => accountAsked(removals, words),
      ),
    ],
  };
}

function resourcesSection(
  { question, words }: ApprovalToAsk,
  { resources: all }: RankedPlan,
  most: number,
): Section {
  const names = namesIn(question);
  const [top, others] = [all.slice(0, most), all.slice(most)];
  return {
    title: titleOf('MOST EXPENSIVE', top.length, all.length),
    lines: [
      ...top.map((removal) =>
        point(
          resourceInWords(
            removal,
            names.resources.get(resourceKey(removal)),
            names.accounts.get(removal.accountId),
            words,
          ),
        ),
      ),
      ...othersLine(`${formatCount(others.length)} others`, others, amountAsked),
    ],
  };
}

/** Each by itself: what it shares with others isn't known. */
export function resourceInWords(
  removal: PlannedRemoval,
  named: NamedResource | undefined,
  accountName: string | undefined,
  words: WordsByKind,
): string {
  const { resourceId, accountId, region, ageDays, sizeGiB } = removal;
  const usd = netOf(removal);
  const { kind, step, goesOn } = removal;
  const name = nameInWords(named?.name ?? '', LONGEST_NAME);
  const owner = named?.owner ?? null;
  const place = accountName === undefined ? accountId : nameInWords(accountName, LONGEST_NAME);
  const facts = [
    ...(goesOn ? [`only ${stepWords(words[kind], step).done} for now`] : []),
    usd === null ? 'no price' : `up to ${formatUsdUpTo(usd)} a month`,
    ...(sizeGiB === null ? [] : [formatSize(sizeGiB)]),
    ageDays === null ? 'age unknown' : `${formatNoun(ageDays, 'day')} old`,
    `${place} ${region}`,
    ...(owner === null ? [] : [`${owner.tag} ${nameInWords(owner.value, LONGEST_NAME)}`]),
  ];
  return `${cut(resourceId, LONGEST_ID)}${name === '' ? '' : ` ${name}`}: ${facts.join(', ')}`;
}

function titleOf(title: string, named: number, all: number): string {
  return named < all ? `${title} (${formatCount(named)} of ${formatCount(all)})` : title;
}

function othersLine(
  who: string,
  others: readonly PlannedRemoval[],
  inWords: (removals: readonly PlannedRemoval[]) => string,
): Line[] {
  return others.length === 0 ? [] : [point(`${who}: ${inWords(others)}`)];
}

/** On one line: where the page is, or why there is none. */
export function pageInWords(of: {
  readonly question: Question | null;
  readonly location: string;
}): string {
  const { question, location } = of;
  if (question === null) return `Files: ${location}`;
  const failure = question.shown === null ? question.notShown : question.shown.pageFailure;
  if (failure !== null) return `There is no page of it: ${cut(failure, 200)}. Files: ${location}`;
  return `Page: ${pageIn(location)}`;
}

/** Where the page is; where there is none, why, and what else there is. */
function fullPlanLines({ plan, question, location }: ApprovalToAsk): Line[] {
  const { shown, notShown } = question;
  const failure = shown === null ? notShown : shown.pageFailure;
  const region = plan.removals[0]?.region ?? '';
  return [
    ...(failure === null
      ? toPage(location, region)
      : [sentence(`There is no page of it: ${cut(failure, 200)}.`)]),
    ...(failure === null && shown?.csvFailure === null
      ? [sentence('findings.csv beside it has every resource.')]
      : []),
    ...(failure === null
      ? []
      : [sentence('What would be deleted is in plan.json, in this folder:'), verbatim(location)]),
  ];
}
