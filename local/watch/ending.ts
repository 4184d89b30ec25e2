import { z } from 'zod';
import { executionArn, type ExecutionState, inputOfLatest } from '../../adapters/executions.ts';
import { CaughtError } from '../../statemachine/contracts.ts';
import { keysOf } from '../../sweep/keys.ts';
import type { HubConnection } from '../hub-connection.ts';
import type { Terminal } from '../terminal.ts';
import { exitCodeOfEnding, verdictOf } from '../verdicts.ts';

interface Asked {
  readonly executionId: string;
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
  const { executionId, json, terminal } = asked;
  const keys = keysOf(executionId);
  const isBrokenOff = ended.status === 'TIMED_OUT' || ended.status === 'ABORTED';
  const found = await store.get(json ? keys.summary : keys.summaryText);
  if (found !== undefined) terminal.stdout(withNewline(found.body));
  else if (ended.status === 'SUCCEEDED')
    throw new Error(`${store.locationOf(keys.summary)} is missing`);
  const unsummarized =
    found === undefined && !isBrokenOff ? await tellMessage(hub, asked) : undefined;

  if (isBrokenOff) terminal.stderr(brokenOff(executionId, ended, hub.option));
  else if (ended.error !== undefined && verdictOf(ended.error) === undefined) {
    terminal.stderr(`orgsweep: ${ended.error}: ${ended.cause ?? ''}\n`);
  }
  terminal.stderr(`files: ${store.locationOf(`${keys.root}/`)}\n`);
  if (isBrokenOff) return 1;
  return exitCodeOfEnding(unsummarized ?? ended.error);
}

/**
 * An execution that never got to know its targets leaves no files: what it published is in its
 * history alone.
 *
 * @returns the name of the error that ended its first step, where it is known
 */
async function tellMessage(
  { hub, clients }: Hub,
  { executionId, json, terminal }: Asked,
): Promise<string | undefined> {
  const arn = executionArn(hub.stateMachineArn, executionId);
  const { data: published } = Message.safeParse(await inputOfLatest(clients.sfn, arn, 'Publish'));
  if (published !== undefined) {
    const text = withNewline(`${published.subject}\n\n${published.message}`);
    if (json) terminal.stderr(text);
    else terminal.stdout(text);
  }
  const { data: carried } = Carried.safeParse(await inputOfLatest(clients.sfn, arn, 'Summarize'));
  return carried?.error?.Error;
}

function brokenOff(
  executionId: string,
  { status, stoppedAt, error, cause }: ExecutionState,
  option: string,
): string {
  const how = status === 'ABORTED' ? 'was aborted' : 'timed out';
  const at = stoppedAt === undefined ? '' : ` at ${stoppedAt.toISOString().slice(0, 19)}Z`;
  const why = [error, cause].filter((word) => word !== undefined && word !== '').join(': ');
  return (
    `orgsweep: ${executionId} ${how}${at}${why === '' ? '' : ` (${why})`}: nobody summed it up, and its ` +
    'ledger is in its files. What it did not see: ' +
    `orgsweep start --retry ${executionId}${option}\n`
  );
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
