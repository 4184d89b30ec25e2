import { z } from 'zod';
import { executionArn, type ExecutionState, inputOfLatest } from '../../aws/hub/executions.ts';
import { caughtInWords } from '../../report/words/caught-in-words.ts';
import { commandLine } from '../../report/commands/commands.ts';
import { CaughtError } from '../../statemachine/contracts.ts';
import { keysOf } from '../../store/keys.ts';
import type { HubConnection } from '../connection/hub-connection.ts';
import { type AfterRun, endRun, judgeRun, summaryToPrint } from '../terminal/after-run.ts';
import { printEnding } from '../terminal/print-ending.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { exitCodeOfEnding, statusOfEnding } from '../terminal/exit-codes.ts';

interface Asked extends AfterRun {
  readonly executionId: string;
  /** The first one, where it took that up. */
  readonly filesOf: string;
  readonly json: boolean;
  readonly terminal: Terminal;
}
type Hub = Pick<HubConnection, 'hub' | 'clients' | 'store' | 'option'>;

/** What Summarize gives to Publish, and what it was given itself. */
const Message = z.looseObject({ subject: z.string(), message: z.string() });
const Carried = z.looseObject({ error: CaughtError.optional() });

/**
 * Prints how an execution ended, as `run` does: the text that was published, or summary.json.
 *
 * @returns the exit code
 */
export async function tellEnding(hub: Hub, asked: Asked, ended: ExecutionState): Promise<number> {
  const { store } = hub;
  const { executionId, filesOf, json, terminal } = asked;
  const keys = keysOf(filesOf);
  const isBrokenOff = ended.status === 'TIMED_OUT' || ended.status === 'ABORTED';
  const hasFiles = filesOf === executionId || (await isPrepared(hub, executionId));
  const read = async (key: string) => (hasFiles ? (await store.get(key))?.body : undefined);
  const summary = await read(keys.summary);
  const published = json ? undefined : await read(keys.summaryText);
  if (ended.status === 'SUCCEEDED' && (json ? summary : published) === undefined)
    throw new Error(`${store.locationOf(keys.summary)} is missing`);
  // Of one that took up another, and ended before it summed up, the files tell of the other's end.
  const isUnsummarized =
    !isBrokenOff && (summary === undefined || ended.error === 'SummarizeFailed');
  const unsummarized = isUnsummarized ? await readMessage(hub, executionId) : undefined;

  const judged = judgeRun(summary, asked);
  // Where json was asked for, nothing else may be on stdout.
  if (json && unsummarized?.text !== undefined) terminal.stderr(`${unsummarized.text}\n`);
  printEnding(terminal, {
    json,
    summary: json ? summaryToPrint(judged) : summary,
    text: published ?? unsummarized?.text,
    error: isBrokenOff
      ? brokenOff(executionId, ended, { ...hub, ...terminal })
      : errorOf(executionId, ended, { ...hub, ...terminal }),
    files: store.locationOf(`${keys.root}/`),
  });
  const code = isBrokenOff ? 1 : exitCodeOfEnding(unsummarized?.error ?? ended.error);
  return endRun(judged, code, asked, terminal);
}

/** One that was to take up another, and was refused, wrote none of the other's files. */
async function isPrepared({ hub, clients }: Hub, executionId: string): Promise<boolean> {
  const arn = executionArn(hub.stateMachineArn, executionId);
  return (await inputOfLatest(clients.sfn, arn, 'SummarizeUnprepared')) === undefined;
}

function errorOf(
  executionId: string,
  { error, cause }: ExecutionState,
  { option, program }: Pick<Hub, 'option'> & Pick<Terminal, 'program'>,
): string | undefined {
  if (error === undefined || statusOfEnding(error) !== undefined) return undefined;
  const again = commandLine(['start', '--resume', executionId, option], program);
  return `${error}: ${caughtInWords(cause ?? '')} Resume it where it failed: ${again}`;
}

/**
 * An execution that never got to know its targets leaves no files: what it published is in its
 * history alone.
 *
 * @returns that, and the name of the error that ended its first step, where they are known
 */
async function readMessage({ hub, clients }: Hub, executionId: string) {
  const arn = executionArn(hub.stateMachineArn, executionId);
  const { data: published } = Message.safeParse(await inputOfLatest(clients.sfn, arn, 'Publish'));
  const atEnd =
    (await inputOfLatest(clients.sfn, arn, 'SummarizeUnprepared')) ??
    (await inputOfLatest(clients.sfn, arn, 'Summarize'));
  const { data: carried } = Carried.safeParse(atEnd);
  return {
    text: published && `${published.subject}\n\n${published.message}`.trimEnd(),
    error: carried?.error?.Error,
  };
}

function brokenOff(
  executionId: string,
  { status, stoppedAt, error, cause }: ExecutionState,
  { option, program }: Pick<Hub, 'option'> & Pick<Terminal, 'program'>,
): string {
  const how = status === 'ABORTED' ? 'was aborted' : 'timed out';
  const at = stoppedAt === undefined ? '' : ` at ${stoppedAt.toISOString().slice(0, 19)}Z`;
  const why = [error, cause]
    .filter((word) => word !== undefined && word !== '')
    .map((word) => caughtInWords(word ?? ''))
    .join(': ');
  return (
    `${executionId} ${how}${at}${why === '' ? '' : ` (${why})`}: it has no summary, and its ` +
    'record is in its files. If it had scanned everything, resume it: ' +
    `${commandLine(['start', '--resume', executionId, option], program)}. ` +
    `If not, scan the rest: ${commandLine(['start', '--retry', executionId, option], program)}`
  );
}
