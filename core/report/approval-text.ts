import { amountOfRemovals } from '../amount-of-removals.ts';
import { compare, leastOf, mostOf, oldestFirst } from '../order.ts';
import type { Plan, PlannedRemoval } from '../plan.ts';
import { commandLine, WHERE_TO_TYPE } from './commands.ts';
import { groupBy } from './group-by.ts';
import { cut, wrap } from './layout.ts';
import { minute } from './moment.ts';
import { formatAmount, formatCount, formatUsdUpTo, formatSize, formatNoun } from './money.ts';
import { nounOf } from './noun.ts';
import { placeInWords } from './place.ts';
import { type Line, point, type Section, sentence, toText, verbatim } from './section.ts';
import { message, type Message } from './text.ts';

export interface ApprovalToAsk {
  readonly plan: Plan;
  readonly expiresAt: string;
  /** Where a person finds plan.json. */
  readonly planLocation: string;
  /** What the two commands need besides the execution's id, such as "--hub=/team/hub". */
  readonly commandOptions: string;
  /** How orgsweep is started where the run waits; left out: by its name, wherever it is installed. */
  readonly program?: string | undefined;
}

const NAMED_ACCOUNTS = 10;
const NAMED_RESOURCES = 5;

/** What people are asked before anything of a plan is removed, as plain text: the question first. */
export function renderApprovalRequest(ask: ApprovalToAsk): Message {
  const { plan, expiresAt } = ask;
  const { removals } = plan;
  const accounts = byAccount(removals);
  const what = `${countOf(removals)} in ${formatNoun(accounts.length, 'account')}`;
  const isCut = accounts.length > NAMED_ACCOUNTS;
  const sections: Section[] = [
    { title: 'TO DECIDE', lines: decideLines(ask) },
    { title: 'CAN IT BE UNDONE', lines: undoLines(removals) },
    {
      title: isCut
        ? `TOP ${NAMED_ACCOUNTS} OF ${formatCount(accounts.length)} ACCOUNTS`
        : 'ACCOUNTS',
      lines: accounts.slice(0, NAMED_ACCOUNTS).map(accountLine),
    },
    { title: 'BIGGEST', lines: resourceLines(removals.toSorted(biggestFirst)) },
    { title: 'OLDEST', lines: resourceLines(removals.toSorted(oldestFirst)) },
  ];
  const head = [
    ...wrap(`APPROVE? Remove ${what}: ${amountInWords(removals)}.`, ''),
    ...wrap(
      `Nothing is removed unless somebody approves before ${minute(expiresAt)}. No answer means no.`,
      '',
    ),
    ...sections.flatMap(toText),
  ];
  const tail = toText({ title: 'ALL OF IT', lines: [verbatim(ask.planLocation)] });
  return {
    ...message(`APPROVE? orgsweep: remove ${what}, ${inShort(removals)}`, head, tail),
    about: { executionId: plan.executionId, status: 'APPROVAL_WANTED' },
  };
}

function decideLines({ plan, commandOptions, program }: ApprovalToAsk): Line[] {
  const options = commandOptions === '' ? '' : ` ${commandOptions}`;
  return [
    verbatim(`${commandLine(['approve', plan.executionId], program)}${options}`),
    verbatim(`${commandLine(['reject', plan.executionId], program)}${options}`),
    point(`execution: ${plan.executionId}`),
    point(`digest: ${plan.digest}`),
    ...(plan.basedOn === null ? [] : [point(`applies the plan of ${plan.basedOn}`)]),
    ...(plan.held.length === 0 ? [] : [point(`held back: ${formatCount(plan.held.length)}`)]),
    sentence(
      'The first decision stands. Everything is looked at again just before it is removed; what is needed by then stays.',
    ),
    ...(program === undefined ? [sentence(WHERE_TO_TYPE)] : []),
  ];
}

/** By the Recycle Bin rules seen when the plan was made; each day counts from its own removal. */
function undoLines(removals: readonly PlannedRemoval[]): Line[] {
  const days = removals.flatMap(({ restorableDays }) => restorableDays ?? []);
  if (days.length === 0)
    return [
      sentence('No: no Recycle Bin rule keeps any of it. Once removed, it is gone for good.'),
    ];
  const [least, most] = [leastOf(days), mostOf(days)];
  const span = least === most ? formatNoun(least, 'day') : `${least} to ${formatNoun(most, 'day')}`;
  const gone = removals.length - days.length;
  const kept =
    gone === 0 ? 'Yes' : `${formatCount(days.length)} of ${formatCount(removals.length)}`;
  return [
    sentence(
      `${kept}: kept in the Recycle Bin for ${span} after the removal; orgsweep restore brings it back.`,
    ),
    ...(gone === 0 ? [] : [sentence(`${formatCount(gone)} would be gone for good.`)]),
  ];
}

/** As the summary ranks them: what costs most first, then what is largest. */
function byAccount(removals: readonly PlannedRemoval[]): PlannedRemoval[][] {
  return groupBy(removals, ({ accountId }) => accountId)
    .map((ofAccount) => ({
      ofAccount,
      accountId: ofAccount[0]?.accountId ?? '',
      amount: amountOfRemovals(ofAccount),
    }))
    .toSorted(
      (a, b) =>
        b.amount.monthlyCostUsdUpTo - a.amount.monthlyCostUsdUpTo ||
        b.amount.sizeGiB - a.amount.sizeGiB ||
        compare(a.accountId, b.accountId),
    )
    .map(({ ofAccount }) => ofAccount);
}

/** Each account with its biggest resource. */
function accountLine(removals: readonly PlannedRemoval[]): Line {
  const [top] = removals.toSorted(biggestFirst);
  const biggest = cut(top?.resourceId ?? '', 40);
  return point(
    `${top?.accountId}: ${countOf(removals)}, ${amountInWords(removals)}; biggest ${biggest}`,
  );
}

function resourceLines(removals: readonly PlannedRemoval[]): Line[] {
  return removals.slice(0, NAMED_RESOURCES).map((removal) => {
    const { resourceId, ageDays, sizeGiB } = removal;
    const age = ageDays === null ? 'age unknown' : `${formatNoun(ageDays, 'day')} old`;
    return point(
      `${cut(resourceId, 40)} in ${placeInWords(removal)}: ${age}, ${formatSize(sizeGiB)}`,
    );
  });
}

function biggestFirst(a: PlannedRemoval, b: PlannedRemoval): number {
  return b.sizeGiB - a.sizeGiB || oldestFirst(a, b);
}

function countOf(removals: readonly PlannedRemoval[]): string {
  const kinds = [...new Set(removals.map(({ kind }) => kind))];
  return formatNoun(removals.length, nounOf(kinds));
}

/** Data that several of them share counts once. */
function amountInWords(removals: readonly PlannedRemoval[]): string {
  const { sizeGiB, monthlyCostUsdUpTo: usdUpTo, unpricedGiB } = amountOfRemovals(removals);
  return formatAmount({ sizeGiB, usdUpTo, unpricedGiB });
}

function inShort(removals: readonly PlannedRemoval[]): string {
  const { sizeGiB, monthlyCostUsdUpTo: usd } = amountOfRemovals(removals);
  return usd === 0 ? formatSize(sizeGiB) : `up to ${formatUsdUpTo(usd)}/month`;
}
