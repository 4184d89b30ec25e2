import type { Store } from '../../store/store.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { formatNoun } from '../../report/format/money.ts';

const EXECUTIONS = 'executions/';

/** Where something was looked for, and isn't. */
export interface Searched {
  readonly executionIds: readonly string[];
  /** In words that name it. */
  readonly place: string;
  /** Where else it may be: `elsewhere`. */
  readonly elsewhere: string;
}

/** The options that look at another place, as a sentence after others; empty: a hub was asked. */
export function elsewhere(
  { hub, keep }: { readonly hub?: string | undefined; readonly keep?: string | undefined },
  couldBeHub = true,
): string {
  if (hub !== undefined) return '';
  if (keep !== undefined) return ' Another simulated organization: --keep DIR.';
  const there = couldBeHub ? ' A deployed hub: --hub.' : '';
  return ` Another folder: --out DIR. A simulated organization: --keep DIR.${there}`;
}

/** As typed, unless a terminal or a sentence would take it for something else. */
export function asGiven(word: string): string {
  return /^[\w./:@%+,~-]{1,80}$/.test(word) ? word : quote(word);
}

/** What a resource with another id was made again of, by which execution's restore. */
export interface MadeOf {
  readonly resourceId: string;
  readonly executionId: string;
}

export function noSuchResource(
  resourceId: string,
  searched: Searched,
  madeOf?: MadeOf,
): InvalidInput {
  if (madeOf !== undefined)
    return new InvalidInput(
      `A restore of ${madeOf.executionId} made ${asGiven(resourceId)} from ` +
        `${asGiven(madeOf.resourceId)}, and no run has listed it since. See: orgsweep explain ${asGiven(madeOf.resourceId)}.`,
    );
  const { executionIds, place } = searched;
  if (executionIds.length === 0)
    return noExecutions(searched, `${asGiven(resourceId)} isn't known`);
  const [newest] = newestFirst(executionIds);
  const among =
    executionIds.length === 1
      ? `the only execution in ${place} (${newest})`
      : `any of the ${formatNoun(executionIds.length, 'execution')} in ${place} (the newest: ${newest})`;
  return new InvalidInput(
    `${asGiven(resourceId)} isn't in ${among}. Either it is in use (those are counted, not listed), ` +
      `or its account and Region were not scanned, or the id is mistyped.${searched.elsewhere}`,
  );
}

export function noSuchExecution(executionId: string, searched: Searched): InvalidInput {
  const { executionIds, place } = searched;
  const given = `Execution ${asGiven(executionId)} isn't in ${place}`;
  if (executionIds.length === 0) return noExecutions(searched, given);
  const all =
    executionIds.length === 1
      ? 'The only one there'
      : `Of the ${formatNoun(executionIds.length, 'execution')} there the newest`;
  const [newest] = newestFirst(executionIds);
  return new InvalidInput(`${given}. ${all} is ${newest}.${searched.elsewhere}`);
}

function noExecutions({ place, elsewhere: others }: Searched, given: string): InvalidInput {
  return new InvalidInput(`${given}: there are no executions in ${place}.${others}`);
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
