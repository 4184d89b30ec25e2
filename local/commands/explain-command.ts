import { resolve } from 'node:path';
import type { Store } from '../../store/store.ts';
import { explain as explainOne, resourcesOf } from '../../report/explain/explain.ts';
import { type Explanation, Explanations } from '../../report/explain/explanation.ts';
import { renderExplanation } from '../../report/explain/text.ts';
import { History } from '../../core/history/history.ts';
import { hubOption } from '../../core/input/hub-name.ts';
import { RestoreLine } from '../../core/removal/restore.ts';
import { keyInTarget, type ResourceRef } from '../../core/model/ids.ts';
import { TargetOutcome } from '../../core/outcome/outcome.ts';
import { commandLine } from '../../report/commands/commands.ts';
import { inWordsOf, wordsOf } from '../../kinds/in-words.ts';
import { KINDS } from '../../kinds/registry.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { StoredOutcome } from '../../steps/targets/stored-outcome.ts';
import { historyKeys, keysOf } from '../../store/keys.ts';
import { withoutRestored } from '../../steps/targets/restored-since.ts';
import { linesIfPresent, parseJson } from '../../store/stored-json.ts';
import type { ExplainArguments } from '../arguments/explain-arguments.ts';
import { timeOf } from '../kept/kept-time.ts';
import { isKept } from '../kept/kept-folder.ts';
import { findMarker } from '../kept/marker.ts';
import { findRuns } from './runs/known-runs.ts';
import { readMentions } from './execution-mentions.ts';
import { readIfPresent } from '../terminal/files-about.ts';
import { type MadeOf, noSuchResource } from '../terminal/not-found.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { TargetRef } from '../../core/model/target.ts';

/**
 * `orgsweep explain`: what the executions in a folder, or of a hub, left about one resource, and why each did or
 * didn't remove it.
 *
 * @returns the exit code
 * @throws {InvalidInput} when none of them mentions it
 */
export async function explain(args: ExplainArguments, terminal: Terminal): Promise<number> {
  const { resourceId } = args;
  const runs = await findRuns(args, terminal);
  const { store, executionIds } = runs;
  const now = await timeOf(args);
  const mentions = [];
  for (const executionId of executionIds) {
    mentions.push(await readMentions({ store, executionId, resourceId, now }));
  }
  const resources: Explanation[] = [];
  for (const resource of resourcesOf(mentions)) {
    const targets = new Map<string, TargetOutcome>();
    for (const executionId of executionIds) {
      const target = await findTarget(store, executionId, resource);
      if (target !== undefined) targets.set(executionId, target);
    }
    const unreadable = new Set<string>();
    const stale = await staleOf(store, resource, unreadable);
    const told = mentions.map((one) => {
      return { ...one, unreadable: [...one.unreadable, ...unreadable] };
    });
    resources.push(explainOne(resource, { mentions: told, targets, stale, words: wordsOf(KINDS) }));
  }
  if (resources.length === 0)
    throw noSuchResource(resourceId, runs, await findMadeOf(store, executionIds, resourceId));
  if (args.json) {
    const explanations = Explanations.parse({ schemaVersion: 1, resources });
    terminal.stdout(`${JSON.stringify(explanations, null, 2)}\n`);
    return 0;
  }
  const removing = mentions.filter(({ removals }) => removals.length > 0);
  const commandFor = await findRestoreCommands(
    store,
    args,
    removing.map(({ executionId }) => executionId),
    terminal,
  );
  const telling = { now, inWords: inWordsOf(KINDS), words: wordsOf(KINDS), commandFor };
  terminal.stdout(resources.map((one) => renderExplanation(one, telling)).join('\n'));
  return 0;
}

/** Of what a restore made it again, where it is the new id of something. */
async function findMadeOf(
  store: Store,
  executionIds: readonly string[],
  newId: string,
): Promise<MadeOf | undefined> {
  for (const executionId of executionIds)
    for await (const line of (await linesIfPresent(store, keysOf(executionId).restores)) ?? []) {
      const { data } = RestoreLine.safeParse(parseJson(line));
      if (data?.newId === newId) return { resourceId: data.resourceId, executionId };
    }
  return undefined;
}

/** How each execution's removals are undone; null where the organization was a simulated one. */
async function findRestoreCommands(
  store: Store,
  args: ExplainArguments,
  executionIds: readonly string[],
  { program }: Pick<Terminal, 'program'>,
): Promise<(executionId: string) => string | null> {
  const markers = new Map<string, Awaited<ReturnType<typeof findMarker>>>();
  for (const executionId of executionIds)
    markers.set(executionId, await findMarker(store, executionId));
  return (executionId) => {
    const marker = markers.get(executionId);
    if (marker !== undefined && marker.keptIn === undefined) return null;
    const place = placeOf(args, marker?.keptIn);
    return commandLine(['restore', executionId, '--resource', args.resourceId, ...place], program);
  };
}

function placeOf({ hub, out }: ExplainArguments, keptIn: string | undefined): string[] {
  if (hub !== undefined) return [hubOption(hub)];
  const folder = resolve(out);
  // A folder may have been moved with all that is in it.
  if (isKept(folder)) return ['--keep', folder];
  return [...(keptIn === undefined ? [] : ['--keep', keptIn]), '--out', folder];
}

/** How the resource's target ended in an execution; else how its account did. */
async function findTarget(store: Store, executionId: string, { accountId, region }: TargetRef) {
  const keys = keysOf(executionId);
  const lines = await linesIfPresent(store, keys.targets);
  if (lines === undefined) {
    const broken = new Set<string>();
    const outcome = keys.outcome({ accountId, region });
    const unsealed = fencedStore(store, null, executionId);
    const stored =
      (await readIfPresent(unsealed, outcome, StoredOutcome, broken)) ??
      (await readIfPresent(unsealed, keys.accountOutcome(accountId), StoredOutcome, broken));
    if (stored === undefined) return undefined;
    const { files: _files, ...ended } = stored;
    return ended;
  }
  let ofAccount: TargetOutcome | undefined;
  for await (const line of lines) {
    if (!line.includes(accountId)) continue;
    const { data } = TargetOutcome.safeParse(parseJson(line));
    if (data?.accountId !== accountId) continue;
    if (data.region === region) return data;
    if (data.region === null) ofAccount = data;
  }
  return ofAccount;
}

async function staleOf(
  store: Store,
  resource: ResourceRef,
  unreadable: Set<string>,
): Promise<Explanation['stale']> {
  const key = historyKeys.staleSince(resource);
  const history = await readIfPresent(store, key, History, unreadable);
  const standing = history && (await withoutRestored(store, resource, history));
  const entry = standing?.entries[keyInTarget(resource)];
  return entry === undefined ? null : { since: entry.staleSince, lastSeen: entry.lastSeen };
}
