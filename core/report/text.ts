import type { Summary } from '../summary.ts';
import { coverageSection } from './coverage-section.ts';
import { cut, fit, oneLine, wrap } from './layout.ts';
import { formatAmount, formatCount, formatGiB, formatNoun } from './money.ts';
import { nextSteps } from './next-steps.ts';
import { planSection, removalsSection } from './plan-section.ts';
import { binAlarm } from './recycle-bin-section.ts';
import { accountsSection, changeSection, regionsSection, staleSection } from './stale-section.ts';
import { notApprovedInWords } from './approval-words.ts';
import { refusalInWords, STATUS_WORD } from './words.ts';

/** What is published to SNS, and printed. */
export interface Message {
  readonly subject: string;
  readonly body: string;
}

// SNS: a subject is ASCII, under 100 characters, without line breaks; a message may have 256 KiB,
// but what people read in a mail is a tenth of that.
const SUBJECT_LENGTH = 99;
const BODY_BYTES = 25_000;
const CUT_NOTE = '(cut here: the rest is in summary.json)';

/** Renders a summary as plain text: coverage first, then what is stale, planned and removed. */
export function renderText(summary: Summary): Message {
  const word = STATUS_WORD[summary.status];
  const head = [
    ...wrap(`${word} ${headline(summary)}`, ''),
    ...glanceLines(summary).flatMap((line) => wrap(line, '')),
    ...section(executionLines(summary)),
    ...section(coverageSection(summary.coverage)),
    ...section(staleSection(summary)),
    ...section(removalsSection(summary)),
    ...section(planSection(summary)),
    ...section(changeSection(summary)),
    ...section(accountsSection(summary)),
    ...section(regionsSection(summary)),
  ];
  const tail = [
    ...section(['FULL REPORT', `  ${oneLine(summary.location)}`]),
    ...section(nextSteps(summary)),
  ];
  return message(`${word} orgsweep: ${subject(summary)}`, head, tail);
}

/** Renders the end of an execution of which nothing is known but its error: it did not start. */
export function renderFailure(
  executionId: string,
  error: { name: string; message: string },
): Message {
  const isBadInput = error.name === 'InvalidInput';
  const what = isBadInput ? 'the execution input was refused' : 'the execution left no facts';
  const done = isBadInput
    ? 'nothing was looked at, nothing was removed'
    : 'if it removed anything, that is in its ledger in the store';
  const head = [
    ...wrap(`FAILED ${what}: ${done}.`, ''),
    ...section([...wrap(executionId, 'execution  '), ...wrap(error.name, 'error      ')]),
    '',
    ...error.message.split('; ').flatMap((part) => wrap(cut(part, 2000), '  ', '    ')),
  ];
  const todo = isBadInput
    ? 'Correct the input and start a new execution.'
    : 'Remove the cause of the error, then start a new execution.';
  const tail = section(['WHAT TO DO NEXT', ...wrap(todo, '  - ', '    ')]);
  return message(`FAILED orgsweep: ${what}, ${error.name}`, head, tail);
}

export function message(
  subjectLine: string,
  head: readonly string[],
  tail: readonly string[],
): Message {
  const ascii = oneLine(subjectLine).replace(/[^\x20-\x7e]/g, '?');
  const end = `${tail.join('\n')}\n`;
  const room = BODY_BYTES - new TextEncoder().encode(end).length;
  return { subject: cut(ascii, SUBJECT_LENGTH), body: `${fit(head, room, CUT_NOTE)}${end}` };
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function subject({ coverage, counts, mode, removals, failure }: Summary): string {
  if (failure !== null) return `${failure.step} failed, ${failure.error}`;
  const seen = `${formatCount(coverage.complete)}/${formatCount(coverage.inScope)} targets seen`;
  const stale = `${formatCount(counts.verdicts.STALE)} stale`;
  const removed = `${formatCount(removals.byOutcome.REMOVED)} removed`;
  const size = formatGiB(counts.staleGiB);
  return [seen, stale, mode === 'delete' ? removed : size].join(', ');
}

/** How it ended, in one sentence. */
export function headline({ status, coverage, plan, approval, removals, failure }: Summary): string {
  const { complete, inScope, gaps } = coverage;
  const seen = `${formatCount(complete)} of ${formatNoun(inScope, 'target')} seen completely`;
  switch (status) {
    case 'FAILED':
      return `${failure?.step} failed with ${failure?.error}: ${cut(failure?.message ?? '', 400)} (${seen})`;
    case 'PLAN_REFUSED':
      return `${plan?.refusal ? refusalInWords(plan.refusal) : 'the plan was refused'}: nothing was removed (${seen})`;
    case 'NOT_APPROVED':
      return `${notApprovedInWords(approval)}: nothing was removed (${seen})`;
    case 'REMOVALS_INCOMPLETE': {
      const { DENIED, FAILED, NOT_ATTEMPTED } = removals.byOutcome;
      const undone = formatCount(DENIED + FAILED + NOT_ATTEMPTED);
      return DENIED + FAILED + NOT_ATTEMPTED === 0
        ? `removed, but not seen in the Recycle Bin (${seen})`
        : `${undone} of ${formatNoun(removals.planned, 'planned removal')} not carried out (${seen})`;
    }
    case 'PARTIAL':
      return inScope === 0
        ? 'no target was in scope: nothing was looked at'
        : `${seen}, ${formatCount(gaps.length)} not`;
    case 'COMPLETE':
      return `all ${formatNoun(inScope, 'target')} in scope seen completely`;
  }
}

/** What most people need to know; the rest of the message is for those who want to know more. */
function glanceLines({ counts, plan, removals, mode, failure }: Summary): string[] {
  const { STALE, UNKNOWN } = counts.verdicts;
  const amount = formatAmount({
    sizeGiB: counts.staleGiB,
    usdUpTo: counts.staleMonthlyCostUsdUpTo,
    unpricedGiB: counts.unpricedGiB,
  });
  const unknown = UNKNOWN === 0 ? '' : `; ${formatCount(UNKNOWN)} unknown, kept`;
  const stale = `${formatCount(STALE)} of ${formatNoun(counts.resources, 'resource')} stale`;
  const held = plan === null || plan.held === 0 ? '' : `, ${formatCount(plan.held)} held back`;
  const done = mode === 'delete' ? `${formatCount(removals.byOutcome.REMOVED)} removed` : '';
  const wouldBe = plan === null ? 'no plan' : `${formatCount(plan.removals)} could be removed now`;
  return [
    `${stale}${STALE === 0 ? '' : `: ${amount}`}${unknown}.`,
    ...(failure !== null && plan === null ? [] : [`${done === '' ? wouldBe : done}${held}.`]),
    ...binAlarm(removals),
    'What to do next is at the end.',
  ];
}

function executionLines(summary: Summary): string[] {
  const { input, startedAt, finishedAt, mode } = summary;
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  return [
    ...wrap(summary.executionId, '  execution  '),
    `  mode       ${mode === 'delete' ? 'delete' : 'report (nothing is removed)'}`,
    `  started    ${startedAt.slice(0, 19).replace('T', ' ')} UTC, took ${formatDuration(seconds)}`,
    ...wrap(scopeInWords(input.scope), '  scope      '),
    ...wrap(policyInWords(input), '  policy     '),
  ];
}

function formatDuration(seconds: number): string {
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function scopeInWords(scope: Summary['input']['scope']): string {
  const asked = [...scope.organizationalUnits, ...scope.accounts];
  const parts =
    scope.retryOf === undefined
      ? [
          asked.length === 0 ? 'all accounts' : listed(asked),
          scope.regions.length === 0 ? 'all enabled Regions' : listed(scope.regions),
        ]
      : [`only what wasn't complete in ${scope.retryOf}`];
  const without = [...scope.excludeAccounts, ...scope.excludeRegions];
  return `${parts.join(', ')}${without.length === 0 ? '' : `, without ${listed(without)}`}`;
}

function policyInWords({ policy, policyOverrides }: Summary['input']): string {
  const removed = policy.neverRemove
    ? 'never removed'
    : `removed after ${formatNoun(policy.graceDays, 'day')} of grace`;
  const overrides = policyOverrides.length;
  const others = overrides === 0 ? '' : `; other in ${formatNoun(overrides, 'override')}`;
  return `stale from ${formatNoun(policy.minAgeDays, 'day')} of age, ${removed}${others}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
