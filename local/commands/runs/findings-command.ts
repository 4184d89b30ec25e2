import { wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { matcherOf } from '../../../report/findings/finding-filter.ts';
import type { FindingToTell } from '../../../report/lists/finding-to-tell.ts';
import { type Countable, worthOfChosen } from '../../../report/findings/worth-of-chosen.ts';
import { formatCount, formatNoun } from '../../../report/format/money.ts';
import { dearestFirst } from '../../../report/page/findings/best-findings.ts';
import { CSV_HEADER, csvLine } from '../../../report/page/findings/csv/of-finding.ts';
import { renderFindings, worthLine } from '../../../report/lists/findings-text.ts';
import { keysOf } from '../../../store/keys.ts';
import { exitCodeOf } from '../../../core/summary/exit-code.ts';
import type { FindingsArguments, Format } from '../../arguments/runs/findings-arguments.ts';
import { DEFAULT_ROWS } from '../../arguments/defaults.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { filterKnown } from './known-filter.ts';
import { findRuns, runMeant } from './known-runs.ts';
import { findingsOf, readRun, type RunToTell } from './read-findings.ts';

/**
 * `orgsweep findings`: what a run found, as far as it is asked for. Findings alone are on stdout; how
 * many they are, and what they come to, is on stderr.
 *
 * @returns the exit code: 3 where not all of it could be read
 * @throws {InvalidInput} for a filter that means nothing, and where there is no such run
 */
export async function findings(args: FindingsArguments, terminal: Terminal): Promise<number> {
  const runs = await findRuns(args, terminal);
  const executionId = await runMeant(runs, args.executionId, (id) => keysOf(id).findings);
  const run = await readRun(runs.store, executionId);
  const words = wordsOf(KINDS);
  const isWanted = matcherOf(filterKnown(args.filter, { known: run, words, all: args.all }));
  const format = args.format ?? (terminal.stdoutIsTerminal ? 'table' : 'csv');
  const limit = args.limit ?? (format === 'table' ? DEFAULT_ROWS : undefined);
  const counted: Countable[] = [];
  let unread = 0;
  async function* wanted(): AsyncGenerator<FindingToTell> {
    for await (const finding of findingsOf(run, (lines) => void (unread += lines))) {
      if (!isWanted(finding)) continue;
      counted.push(countableOf(finding));
      yield finding;
    }
  }
  await print(
    limit === undefined ? wanted() : await firstOf(wanted(), limit),
    format,
    run,
    terminal,
  );
  if (terminal.quiet !== true) {
    const shown = Math.min(counted.length, limit ?? Infinity);
    terminal.stderr(`${executionId}: ${worthLine(worthOfChosen(counted), words)}\n`);
    if (shown < counted.length) terminal.stderr(`${leftOut(shown, counted.length, format)}\n`);
    if (!run.hasEnded)
      terminal.stderr('It has not ended: what happens is as in its plan, if it has one.\n');
  }
  for (const file of run.unreadable)
    terminal.stderr(
      `orgsweep: ${file} could not be read: what it says of accounts, units or the run's end is missing\n`,
    );
  if (unread > 0)
    terminal.stderr(
      `orgsweep: ${formatNoun(unread, 'line')} of its files could not be read and is left out\n`,
    );
  return unread === 0 && run.unreadable.size === 0 ? 0 : exitCodeOf('PARTIAL');
}

function leftOut(shown: number, inAll: number, format: Format): string {
  const others = format === 'table' ? ' All: --format csv. More: --limit N.' : '';
  return `Shown are the first ${formatCount(shown)} of ${formatCount(inAll)}, unused ones first, then by cost.${others}`;
}

function countableOf({ row, finding }: FindingToTell): Countable {
  const { verdict, kind, accountId, region, sizeGiB } = finding;
  const { usdUpTo, freed, sharesWith } = row;
  return { verdict, kind, accountId, region, sizeGiB, usdUpTo, freed, sharesWith };
}

/** So many of them, what is unused first and then by cost, without ever holding many more. */
async function firstOf(
  findings: AsyncIterable<FindingToTell>,
  limit: number,
): Promise<FindingToTell[]> {
  let first: FindingToTell[] = [];
  const cut = () => first.sort((a, b) => dearestFirst(a.finding, b.finding)).slice(0, limit);
  for await (const finding of findings) {
    first.push(finding);
    if (first.length >= limit * 2 + 1_000) first = cut();
  }
  return cut();
}

type Findings = AsyncIterable<FindingToTell> | Iterable<FindingToTell>;

async function print(
  findings: Findings,
  format: Format,
  run: RunToTell,
  terminal: Terminal,
): Promise<void> {
  switch (format) {
    case 'table': {
      const all: FindingToTell[] = [];
      for await (const finding of findings) all.push(finding);
      const width = terminal.stdoutIsTerminal ? terminal.columns() : undefined;
      if (all.length > 0) terminal.stdout(renderFindings(all, width));
      return;
    }
    case 'csv':
      return writeInPieces(csvOf(findings), terminal);
    case 'json':
      return writeInPieces(jsonOf(findings, run), terminal);
  }
}

async function* csvOf(findings: Findings): AsyncGenerator<string> {
  yield `${CSV_HEADER}\n`;
  for await (const { finding, row } of findings) {
    const { accountName, words: inWords, unitId, unitPath, fate } = row;
    const unit = { id: unitId, path: unitPath };
    yield `${csvLine(finding, { accountName, unit, inWords, fate })}\n`;
  }
}

/** One document, a finding on each line: what reads by lines finds its way, too. */
async function* jsonOf(findings: Findings, run: RunToTell): AsyncGenerator<string> {
  const { executionId, finishedAt } = run;
  const head = JSON.stringify({ schemaVersion: 1, executionId, finishedAt }).slice(0, -1);
  yield `${head},"findings":[\n`;
  let before = '';
  for await (const finding of findings) {
    yield `${before}${JSON.stringify(forPrograms(finding))}`;
    before = ',\n';
  }
  yield '\n]}\n';
}

function forPrograms({ finding, row, fate, ...of }: FindingToTell) {
  const { unitId, unitPath, accountName } = row;
  return {
    ...finding,
    accountName: accountName === '' ? null : accountName,
    organizationalUnit: unitId === '' ? null : { id: unitId, name: unitPath },
    next: fate.codes,
    whatHappens: fate.short,
    deletableFrom: fate.from === '' ? null : fate.from,
    staleSince: of.staleSince,
    restorableUntil: of.restorableUntil,
  };
}

const PIECE_CHARACTERS = 64 * 1024;

async function writeInPieces(
  texts: AsyncIterable<string>,
  { stdout }: Pick<Terminal, 'stdout'>,
): Promise<void> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE_CHARACTERS) continue;
    stdout(piece);
    piece = '';
  }
  if (piece !== '') stdout(piece);
}
