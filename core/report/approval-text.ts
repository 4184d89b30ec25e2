import { compare, oldestFirst } from '../order.ts';
import type { Plan, PlannedRemoval } from '../plan.ts';
import { minute } from './approval-words.ts';
import { columns, cut, oneLine, wrap } from './layout.ts';
import { formatAmount, formatCount, formatGiB, formatNoun, formatUsdUpTo } from './money.ts';
import { message, type Message } from './text.ts';

export interface ApprovalToAsk {
  readonly plan: Plan;
  readonly expiresAt: string;
  /** Where a person finds plan.json. */
  readonly planLocation: string;
  /** What the two commands need besides the execution's id, such as "--hub=/team/hub". */
  readonly commandOptions: string;
}

const NAMED_ACCOUNTS = 10;
const NAMED_RESOURCES = 5;

/** What people are asked before anything of a plan is removed, as plain text: the question first. */
export function renderApprovalRequest(ask: ApprovalToAsk): Message {
  const { plan, expiresAt } = ask;
  const { removals } = plan;
  const accounts = byAccount(removals);
  const what = `${formatNoun(removals.length, 'removal')} in ${formatNoun(accounts.length, 'account')}`;
  const amount = amountOf(removals);
  const head = [
    ...wrap(`APPROVE? ${what}: ${amount}.`, ''),
    ...wrap(
      `Nothing is removed unless somebody approves before ${minute(expiresAt)}. No answer means no.`,
      '',
    ),
    ...decideLines(ask),
    '',
    'CAN IT BE UNDONE',
    ...undoLines(removals),
    '',
    accounts.length > NAMED_ACCOUNTS
      ? `TOP ${NAMED_ACCOUNTS} OF ${formatCount(accounts.length)} ACCOUNTS`
      : 'ACCOUNTS',
    ...accountLines(accounts.slice(0, NAMED_ACCOUNTS)),
    '',
    'BIGGEST',
    ...resourceLines(removals.toSorted(biggestFirst)),
    '',
    'OLDEST',
    ...resourceLines(removals.toSorted(oldestFirst)),
  ];
  const tail = ['', 'ALL OF IT', `  ${oneLine(ask.planLocation)}`];
  return message(`APPROVE? orgsweep: ${what}, ${formatGiB(sizeOf(removals))}`, head, tail);
}

function decideLines({ plan, commandOptions }: ApprovalToAsk): string[] {
  const about = `${plan.executionId}${commandOptions === '' ? '' : ` ${commandOptions}`}`;
  const held = plan.held.length === 0 ? [] : [`  held back  ${formatCount(plan.held.length)}`];
  return [
    '',
    'TO DECIDE',
    // Whole lines, however long: a command is there to be copied.
    `  orgsweep approve ${oneLine(about)}`,
    `  orgsweep reject ${oneLine(about)}`,
    '',
    `  execution  ${plan.executionId}`,
    `  digest     ${plan.digest}`,
    ...(plan.basedOn === null ? [] : [`  applies    the plan of ${plan.basedOn}`]),
    ...held,
    ...wrap(
      'The first decision stands. Everything is looked at again just before it is removed; what is needed by then stays.',
      '  ',
    ),
  ];
}

/** By the Recycle Bin rules seen when the plan was made; each day counts from its own removal. */
function undoLines(removals: readonly PlannedRemoval[]): string[] {
  const days = removals.flatMap(({ restorableDays }) => restorableDays ?? []);
  if (days.length === 0)
    return wrap(
      'No: no Recycle Bin rule keeps any of it. Once removed, it is gone for good.',
      '  ',
    );
  const [least, most] = [Math.min(...days), Math.max(...days)];
  const span = least === most ? formatNoun(least, 'day') : `${least} to ${formatNoun(most, 'day')}`;
  const gone = removals.length - days.length;
  return [
    ...wrap(
      `${gone === 0 ? 'Yes' : `${formatCount(days.length)} of ${formatCount(removals.length)}`}: kept in the Recycle Bin for ${span} after the removal; orgsweep restore brings it back.`,
      '  ',
    ),
    ...(gone === 0 ? [] : wrap(`${formatCount(gone)} would be gone for good.`, '  ')),
  ];
}

function byAccount(removals: readonly PlannedRemoval[]): [string, PlannedRemoval[]][] {
  const accounts = new Map<string, PlannedRemoval[]>();
  for (const removal of removals) {
    const group = accounts.get(removal.accountId);
    if (group === undefined) accounts.set(removal.accountId, [removal]);
    else group.push(removal);
  }
  return [...accounts].toSorted(([a, ofA], [b, ofB]) => sizeOf(ofB) - sizeOf(ofA) || compare(a, b));
}

/** Each account with its biggest resource. */
function accountLines(accounts: readonly [string, PlannedRemoval[]][]): string[] {
  return columns(
    accounts.map(([accountId, removals]) => {
      const [top] = removals.toSorted(biggestFirst);
      const biggest = top === undefined ? '' : cut(top.resourceId, 24);
      return [
        accountId,
        `biggest ${biggest}`,
        formatCount(removals.length),
        formatGiB(sizeOf(removals)),
        costInWords(removals),
      ];
    }),
    2,
  );
}

function resourceLines(removals: readonly PlannedRemoval[]): string[] {
  return columns(
    removals
      .slice(0, NAMED_RESOURCES)
      .map(({ resourceId, accountId, region, ageDays, sizeGiB }) => [
        cut(resourceId, 24),
        accountId,
        region,
        ageDays === null ? 'age unknown' : formatNoun(ageDays, 'day'),
        formatGiB(sizeGiB),
      ]),
    3,
  );
}

function biggestFirst(a: PlannedRemoval, b: PlannedRemoval): number {
  return b.sizeGiB - a.sizeGiB || oldestFirst(a, b);
}

function amountOf(removals: readonly PlannedRemoval[]): string {
  const unpriced = removals.filter(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo === null);
  return formatAmount({
    sizeGiB: sizeOf(removals),
    usdUpTo: costOf(removals),
    unpricedGiB: sizeOf(unpriced),
  });
}

function costInWords(removals: readonly PlannedRemoval[]): string {
  const cost = costOf(removals);
  return cost === 0 ? 'no price' : `up to ${formatUsdUpTo(cost)}`;
}

function costOf(removals: readonly PlannedRemoval[]): number {
  return removals.reduce((sum, { monthlyCostUsdUpTo }) => sum + (monthlyCostUsdUpTo ?? 0), 0);
}

function sizeOf(removals: readonly PlannedRemoval[]): number {
  return removals.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
}
