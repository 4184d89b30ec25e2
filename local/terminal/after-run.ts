import { appendFileSync, closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { type Condition, isFailing, judge, type Judged } from '../../core/gate/gate.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { Summary } from '../../core/summary/summary.ts';
import { conditionInWords, judgedInWords } from '../../report/ci/gate-words.ts';
import { summaryMarkdown, unsummarizedMarkdown } from '../../report/ci/summary-markdown.ts';
import { oneLine } from '../../report/format/layout.ts';
import { parseJson } from '../../store/stored-json.ts';
import { FAIL_ON_EXIT_CODE } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** What whoever asked for a run wants of it besides, once it has ended. */
export interface AfterRun {
  readonly failOn?: readonly Condition[] | undefined;
  /** The file that a summary in Markdown is appended to. */
  readonly summaryFile?: string | undefined;
}

/** How a run ended, read and judged once for all that comes after. */
export interface JudgedRun {
  /** summary.json; undefined: it didn't come to one. */
  readonly body: string | undefined;
  /** Undefined where it isn't a summary as this version writes it, a hub may have another, or nobody asks. */
  readonly summary: Summary | undefined;
  readonly judged: readonly Judged[];
}

/** @param body summary.json; undefined: it didn't come to one */
export function judgeRun(
  body: string | undefined,
  { failOn = [], summaryFile }: AfterRun,
): JudgedRun {
  const isAsked = failOn.length > 0 || summaryFile !== undefined;
  const summary =
    isAsked && body !== undefined ? Summary.safeParse(parseJson(body)).data : undefined;
  return { body, summary, judged: judge(failOn, summary) };
}

/** `summary.json` as it is printed: with what became of each condition, where there are any. */
export function summaryToPrint({ body, judged }: JudgedRun): string | undefined {
  const value = body === undefined || judged.length === 0 ? undefined : parseJson(body);
  if (typeof value !== 'object' || value === null) return body;
  const failOn = judged.map(({ condition, figure, result }) => ({
    condition: conditionInWords(condition),
    figure,
    result,
  }));
  return `${JSON.stringify({ ...value, failOn }, null, 2)}\n`;
}

/**
 * Writes the summary in Markdown and says which conditions hold, after all else was written and told.
 *
 * @param code what the command exits with for the run itself
 * @returns the exit code: the run's own, and only where that is 0 the one of a condition
 */
export function endRun(
  { body, summary, judged }: JudgedRun,
  code: number,
  { summaryFile }: AfterRun,
  terminal: Pick<Terminal, 'stderr' | 'quiet'>,
): number {
  const isTold = ({ result }: Judged) => terminal.quiet !== true || result !== 'DOES_NOT_HOLD';
  for (const one of judged.filter(isTold))
    terminal.stderr(`orgsweep: --fail-on: ${oneLine(judgedInWords(one, summary))}\n`);
  if (summaryFile !== undefined) {
    const none = body === undefined ? 'left no summary' : 'left a summary of another version';
    const text =
      summary === undefined
        ? unsummarizedMarkdown(`the run ${none}`)
        : summaryMarkdown(summary, judged);
    appendFileSync(summaryFile, text);
  }
  return code === 0 && isFailing(judged) ? FAIL_ON_EXIT_CODE : code;
}

/**
 * Refuses a file that nothing can be appended to, before anything is started.
 *
 * @throws {InvalidInput} naming the option, the file and why
 */
export function refuseUnlessAppendable({ summaryFile: file }: AfterRun): void {
  if (file === undefined) return;
  try {
    const isThere = existsSync(file);
    closeSync(openSync(file, 'a'));
    if (!isThere) rmSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InvalidInput(`${fault('--summary', file, 'a file that can be written')} (${code})`);
  }
}
