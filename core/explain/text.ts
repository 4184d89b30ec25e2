import { oneLine, wrap } from '../report/layout.ts';
import { formatGiB, formatNoun, formatUsdUpTo } from '../report/money.ts';
import { reasonsInWords } from '../report/reason-words.ts';
import type { Finding } from '../verdict.ts';
import type { Explanation } from './explanation.ts';
import { time } from './why.ts';

/** An explanation as text that can be read aloud, at most 78 characters wide. */
export function renderExplanation(of: Explanation): string {
  const latest = of.executions.find(({ finding }) => finding !== null);
  const name = of.accountName === null ? '' : ` (${of.accountName})`;
  const lines = [
    ...wrap(`${of.resourceId}: ${of.kind} in account ${of.accountId}${name}, ${of.region}.`, ''),
    '',
    'VERDICT',
    ...goneLines(of),
    ...(latest?.finding
      ? verdictLines(latest.finding, latest.executionId, of.stale)
      : wrap('No execution here has listed it among its findings.', '  ')),
    ...(latest?.finding ? ['', 'EVIDENCE', ...evidenceLines(latest.finding)] : []),
    '',
    'WHY IT WAS OR WAS NOT REMOVED, THE NEWEST EXECUTION FIRST',
    ...of.executions.flatMap(executionLines),
  ];
  return `${lines.join('\n')}\n`;
}

/** Where no later execution listed it again. */
function goneLines({ executions }: Explanation): string[] {
  const last = executions.find(
    ({ finding, removal }) => finding !== null || removal?.outcome === 'REMOVED',
  );
  if (last?.removal?.outcome !== 'REMOVED') return [];
  const removed = `Removed by ${last.executionId} on ${time(last.removal.at)}`;
  const back = last.restores.findLast(({ outcome }) => outcome === 'RESTORED');
  const restored = back ? `, and restored on ${time(back.at)}` : '';
  return wrap(`${removed}${restored}. Before that:`, '  ');
}

function verdictLines(
  { verdict, reasons, startedAt, ageDays, sizeGiB, monthlyCostUsdUpTo }: Finding,
  executionId: string,
  stale: Explanation['stale'],
): string[] {
  const age = ageDays === null ? '' : `, ${formatNoun(ageDays, 'day')} old`;
  const started = startedAt === null ? 'Start not known' : `Started on ${time(startedAt)}${age}`;
  const cost =
    monthlyCostUsdUpTo === null ? '' : `, up to ${formatUsdUpTo(monthlyCostUsdUpTo)} a month`;
  return [
    ...wrap(`${verdict}: ${reasonsInWords(reasons)}.`, '  '),
    ...wrap(`So it was found by ${executionId}.`, '  '),
    ...wrap(
      stale === null
        ? "It isn't in the history of what is stale."
        : `Seen stale since ${time(stale.since)} without a break, last on ${time(stale.lastSeen)}.`,
      '  ',
    ),
    ...wrap(`${started}; ${formatGiB(sizeGiB)}${cost}.`, '  '),
  ];
}

function evidenceLines({ evidence, tags }: Finding): string[] {
  return Object.entries({ ...evidence, tags }).flatMap(([key, value]) =>
    wrap(`${inWords(key)}: ${valueInWords(value)}`, '  ', '    '),
  );
}

function executionLines(trace: Explanation['executions'][number]): string[] {
  const { executionId, mode, status, startedAt, why } = trace;
  const when = startedAt === null ? '' : `, ${time(startedAt)}`;
  const ended = status === null ? 'no summary: not ended, or broken off' : `ended ${status}`;
  return [
    '',
    ...wrap(`${executionId}${when}: ${mode ?? 'mode not known'}, ${ended}`, '  ', '    '),
    ...why.flatMap((sentence) => wrap(sentence, '    ')),
  ];
}

/** `fullSizeGiB` is told as "full size GiB". */
function inWords(key: string): string {
  return key
    .replace(/([a-z])(GiB$|[A-Z])/g, '$1 $2')
    .replace(/ (?!GiB)[A-Z][a-z]*/g, (word) => word.toLowerCase());
}

/** What was seen, whatever a kind's evidence holds: lists with commas, objects as key and value. */
function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'not known';
  if (value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map(valueInWords).join('; ');
  }
  if (typeof value !== 'object') return oneLine(String(value));
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return entries.length === 0
    ? 'none'
    : entries.map(([key, inner]) => `${oneLine(key)} ${valueInWords(inner)}`).join(', ');
}
