import type { Store } from '../adapters/store.ts';
import { quote } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { ExecutionId } from '../core/ids.ts';
import { formatNoun } from '../core/report/money.ts';

const EXECUTIONS = 'executions/';

/** Where something was looked for, and isn't. */
export interface Searched {
  readonly executionIds: readonly string[];
  /** In words that name it. */
  readonly place: string;
  /** Whether `--hub` would look at a deployed hub instead. */
  readonly couldBeHub: boolean;
}

/** As typed, unless a terminal or a sentence would take it for something else. */
export function asGiven(word: string): string {
  return /^[\w./:@%+,~-]{1,80}$/.test(word) ? word : quote(word);
}

export function noSuchResource(resourceId: string, searched: Searched): InvalidInput {
  const { executionIds, place, couldBeHub } = searched;
  if (executionIds.length === 0)
    return noExecutions(searched, `${asGiven(resourceId)} isn't known`);
  const [newest] = newestFirst(executionIds);
  const among =
    executionIds.length === 1
      ? `the only execution in ${place} (${newest})`
      : `any of the ${formatNoun(executionIds.length, 'execution')} in ${place} (the newest: ${newest})`;
  return new InvalidInput(
    `${asGiven(resourceId)} isn't in ${among}. Either it is plainly in use (those are counted, not listed), ` +
      `or its account and Region weren't looked at, or the id is mistyped.${hubHint(couldBeHub)}`,
  );
}

export function noSuchExecution(executionId: string, searched: Searched): InvalidInput {
  const { executionIds, place, couldBeHub } = searched;
  const given = `Execution ${asGiven(executionId)} isn't in ${place}`;
  if (executionIds.length === 0) return noExecutions(searched, given);
  const all =
    executionIds.length === 1
      ? 'The only one there'
      : `Of the ${formatNoun(executionIds.length, 'execution')} there the newest`;
  const [newest] = newestFirst(executionIds);
  return new InvalidInput(`${given}. ${all} is ${newest}.${hubHint(couldBeHub)}`);
}

function noExecutions({ place, couldBeHub }: Searched, given: string): InvalidInput {
  return new InvalidInput(
    `${given}: there are no executions in ${place}. Another folder: --out DIR.${hubHint(couldBeHub)}`,
  );
}

export function wasSimulated(executionId: string, command: string): InvalidInput {
  return new InvalidInput(
    `${executionId} was a run with --simulated, and its organization ended with it: there is nothing ` +
      `to ${command} any more. To try it: orgsweep run --simulated --keep DIR keeps the organization in a folder.`,
  );
}

export function wasKept(executionId: string, keptIn: string): InvalidInput {
  return new InvalidInput(
    `${executionId} was a run with --simulated, on the organization that is kept in ${asGiven(keptIn)}: ` +
      `add --keep ${asGiven(keptIn)}.`,
  );
}

function hubHint(couldBeHub: boolean): string {
  return couldBeHub ? ' A deployed hub: add --hub.' : '';
}

function newestFirst(executionIds: readonly string[]): string[] {
  return executionIds.toSorted().reverse();
}

/**
 * One listing for each execution, whatever it left: after a key of one comes the first of the next.
 * "0" is the character after the slash.
 */
export async function executionsOf(store: Store): Promise<string[]> {
  const executionIds: string[] = [];
  let after: string | undefined;
  for (;;) {
    const next = await firstOf(store.list(EXECUTIONS, after));
    if (next === undefined) return executionIds;
    const name = next.slice(EXECUTIONS.length).split('/')[0] ?? '';
    if (ExecutionId.safeParse(name).success) executionIds.push(name);
    after = `${EXECUTIONS}${name}0`;
  }
}

async function firstOf(keys: AsyncIterable<string>): Promise<string | undefined> {
  for await (const key of keys) return key;
  return undefined;
}
