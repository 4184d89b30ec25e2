import type { WordsByKind } from '../../core/words/kind-words.ts';
import stringWidth from 'string-width';
import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import type { Plan, PlannedRemoval } from '../../core/plan/plan.ts';
import type { PlanCounts } from '../../core/summary/plan-counts.ts';
import type { Question } from '../../core/plan/question.ts';
import { allAsked, countAsked, inStepsAsked, toDelete, whatIsAsked } from './approval-question.ts';
import { pageInWords, resourceInWords, undoLines } from './approval-text.ts';
import { decideCommands, type WhereToDecide } from '../commands/decide-commands.ts';
import { funnelInShort } from './funnel-in-short.ts';
import { cutToWidth } from '../format/cut-to-width.ts';
import { columns, oneLine, wrap } from '../format/layout.ts';
import { minute } from '../format/moment.ts';
import { formatNoun } from '../format/money.ts';
import { mostOf } from '../../core/model/order.ts';
import { rankPlan, type RankedPlan, namesIn } from './named-in-plan.ts';
import { accountInWords } from '../format/place.ts';
import { timeLeft } from '../format/time-left.ts';
import { resourceKey } from '../../core/model/ids.ts';
import { moneyCells, sizeInWords } from '../words/worth-words.ts';

/** A plan that waits, as its own file has it, and what is said besides. */
export interface WaitingPlan {
  readonly plan: Plan;
  /** Of a plan with files beside it. */
  readonly counts?: PlanCounts | undefined;
  /** null: there is none that fits the plan. Then neither names nor deadline are known. */
  readonly question: Question | null;
  /** Where a person finds the execution's files. */
  readonly location: string;
  /** Of the plan's kinds. */
  readonly words: WordsByKind;
}

const NAMED_ACCOUNTS = 3;
const NAMED_RESOURCES = 2;
const WIDTH = 100;
const LONGEST_NAME = 30;
/** Two blanks before, marks around it, and the account's number behind. */
const BESIDE_A_NAME = '  "" (111122223333)'.length;

/** What somebody approves, in at most 25 lines: from the plan whose digest is decided on. */
export function planBrief(
  { plan, counts, question, location, words }: WaitingPlan,
  now: Date,
): string[] {
  const { removals } = plan;
  const all = rankPlan(removals);
  const [first = '', ...undo] = undoLines(removals, words).map(({ text }) => text);
  return [
    ...lines(`${whatIsAsked(removals, words)}? That is ${allAsked(removals, words)}.`),
    ...inStepsAsked(removals, words).flatMap(lines),
    ...lines(deadlineInWords(question, now)),
    ...lines(`Undo: ${[first, ...undo].join(' ')}`),
    '',
    'Where it stands:',
    ...columns(
      funnelInShort(plan, words, counts).map(({ what, stage, count, isSum }) => [
        what,
        count,
        isSum ? '' : (sizeInWords(stage) ?? ''),
        ...moneyCells(stage),
      ]),
      1,
    ).map(within),
    ...accountLines(all, question, words),
    ...resourceLines(all, question, words),
    oneLine(pageInWords({ question, location })),
    `Run ${plan.executionId}, plan ${plan.digest}`,
  ];
}

/** What somebody who follows an execution sees while it waits. */
export function waitingInWords(
  { plan, question, location, words }: WaitingPlan,
  where: Omit<WhereToDecide, 'executionId'>,
  now: Date,
): string[] {
  const { approve, reject } = decideCommands({ ...where, executionId: plan.executionId });
  return [
    ...wrap(
      `The plan waits for approval. ${whatIsAsked(plan.removals, words)}: ${allAsked(plan.removals, words)}.`,
      '',
    ),
    ...wrap(deadlineInWords(question, now), '  '),
    `  ${approve}`,
    `  ${reject}`,
    `  ${pageInWords({ question, location })}`,
  ];
}

function deadlineInWords(question: Question | null, now: Date): string {
  if (question === null)
    return 'The deadline is not known: no question.json of this plan could be read. No answer means no.';
  const { expiresAt } = question;
  return `Answer before ${minute(expiresAt)} (${timeLeft(expiresAt, now)}). No answer means no.`;
}

function accountLines(
  { accounts }: RankedPlan,
  question: Question | null,
  words: WordsByKind,
): string[] {
  const { accounts: names } = namesIn(question);
  const others = accounts.slice(NAMED_ACCOUNTS);
  const cells = accounts.slice(0, NAMED_ACCOUNTS).map(({ removals: of }) => cellsOf(of, words));
  const ofOthers = cellsOf(
    others.flatMap(({ removals: of }) => of),
    words,
  );
  const room = roomForNames(others.length > 0 ? [...cells, ofOthers] : cells);
  const rows = accounts.slice(0, NAMED_ACCOUNTS).map(({ accountId }, i) => {
    const name = names.get(accountId);
    const accountName = name === undefined ? null : cutToWidth(oneLine(name), room);
    return [accountInWords({ accountId, accountName }), ...(cells[i] ?? [])];
  });
  if (others.length > 0) rows.push([formatNoun(others.length, 'other account'), ...ofOthers]);
  return ['Accounts:', ...columns(rows, 1).map(within)];
}

/** Strangers chose the names: however wide they are, the figures beside them are told whole. */
function roomForNames(cells: readonly (readonly string[])[]): number {
  const widths = (cells[0] ?? []).map((_, i) =>
    mostOf(cells.map((row) => stringWidth(row[i] ?? ''))),
  );
  const figures = widths.reduce((sum, width) => sum + width + 2, 0);
  return Math.min(LONGEST_NAME, WIDTH - BESIDE_A_NAME - figures);
}

function cellsOf(removals: readonly PlannedRemoval[], words: WordsByKind): string[] {
  const amount = amountOfRemovals(toDelete(removals));
  const isOfOne = new Set(removals.map(({ kind }) => kind)).size < 2;
  const size = isOfOne ? sizeInWords(amount) : undefined;
  return [countAsked(removals, words), size ?? '', ...moneyCells(amount)];
}

function resourceLines(
  { resources }: RankedPlan,
  question: Question | null,
  words: WordsByKind,
): string[] {
  const names = namesIn(question);
  const top = resources.slice(0, NAMED_RESOURCES);
  return [
    'Most expensive:',
    ...top.flatMap((removal) => {
      const of = names.resources.get(resourceKey(removal));
      return wrap(
        resourceInWords(removal, of, names.accounts.get(removal.accountId), words),
        '  ',
        '    ',
        WIDTH,
      );
    }),
  ];
}

const lines = (text: string) => wrap(text, '', '', WIDTH);

/** Of strangers' text, which is on one line already, only what fits there. */
const within = (line: string) => cutToWidth(line, WIDTH);
