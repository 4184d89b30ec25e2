import type { TargetOutcome } from '../../core/outcome/outcome.ts';
import { CSV_HEADER, csvLine } from '../../report/page/findings/csv/of-finding.ts';
import { type AccountOnPage, FindingsOnPage } from '../../report/page/findings/findings-on-page.ts';
import { parentUnit } from '../../core/scope/organizational-units.ts';
import { targetKey } from '../../core/model/target.ts';
import { Finding } from '../../core/model/verdict.ts';
import { inWordsOf } from '../../kinds/in-words.ts';
import { keysOf } from '../../store/keys.ts';
import { readLinesAhead } from '../../store/read-ahead.ts';
import type { Store } from '../../store/store.ts';
import { writeTogether } from '../../store/write-together.ts';
import type { FoldDeps } from '../deps.ts';
import type { Expected } from '../expected.ts';
import type { FatesByTarget } from './fates.ts';
import {
  readForeignReferences,
  type ToldByOthers,
  withOthers,
} from '../targets/foreign-references.ts';
import {
  type Reconciled,
  reconcileExecution,
  withTampered,
} from '../targets/reconcile-execution.ts';

/** What an execution found, as far as it can be believed. */
export interface Gathered {
  readonly outcomes: TargetOutcome[];
  readonly onPage: FindingsOnPage;
}

/**
 * Reads the findings of all targets once. Of this one pass come `findings.jsonl`, `findings.csv` (of the
 * same ones, however often it is called) and what the page shows: nothing that was written is read
 * again, so that nobody can have changed it meanwhile.
 *
 * @param of what becomes of each, for the CSV; `onFinding` is told of each; not `areWritten`: the page
 *   alone is made of them
 */
export async function gatherFindings(
  { store, kinds }: Pick<FoldDeps, 'store' | 'kinds'>,
  expected: Expected,
  now: Date,
  of: {
    readonly fates: FatesByTarget;
    readonly onFinding?: (finding: Finding) => void;
    readonly areWritten?: boolean;
  },
): Promise<Gathered> {
  const { executionId } = expected;
  const keys = keysOf(executionId);
  const reconciled = await reconcileExecution(store, expected, now);
  const foreign = await readForeignReferences(store, expected, reconciled, { kinds });
  const unbelieved = new Map(
    foreign.tampered.map(({ target, message }) => [targetKey(target), message]),
  );
  const accounts = accountsOnPage(expected);
  const onPage = new FindingsOnPage(accounts);
  const names = new Map(
    reconciled.outcomes.map(({ accountId, accountName }) => [accountId, accountName]),
  );
  const inWords = inWordsOf(kinds);
  async function* told(): AsyncGenerator<readonly [string, string]> {
    for await (const { line, finding } of findingsOf(store, executionId, reconciled, {
      ...{ told: foreign.told, unbelieved },
    })) {
      const words = inWords(finding);
      onPage.add(finding, words);
      of.onFinding?.(finding);
      const accountName = names.get(finding.accountId);
      const unit = accounts.get(finding.accountId)?.unit;
      const fate = (await of.fates.of(finding))(finding);
      yield [line, csvLine(finding, { accountName, unit, inWords: words, fate })];
    }
  }
  if (of.areWritten === false) await toTheEnd(told());
  else await writeTogether(store, [keys.findings, keys.findingsCsv], CSV_HEADER, told());
  // Only now: which of them can't be believed showed as they were read.
  return { outcomes: withTampered(reconciled.outcomes, unbelieved), onPage };
}

async function toTheEnd(items: AsyncIterator<unknown>): Promise<void> {
  while ((await items.next()).done !== true);
}

function accountsOnPage({ accounts, organizationalUnits = {} }: Expected) {
  return new Map(
    accounts.map(({ id, name, path }): [string, AccountOnPage] => {
      const unit = parentUnit(path, organizationalUnits);
      return [id, unit === undefined ? { name } : { name, unit }];
    }),
  );
}

/**
 * The findings of every target whose discovery wrote them to the end, each parsed here and nowhere
 * behind.
 *
 * @param known `unbelieved` learns whose findings aren't those that were written
 */
async function* findingsOf(
  store: Store,
  executionId: string,
  { outcomes, files }: Reconciled,
  { told, unbelieved }: { told: ToldByOthers; unbelieved: Map<string, string> },
): AsyncGenerator<{ readonly line: string; readonly finding: Finding }> {
  const objects = outcomes.flatMap((outcome) => {
    const key = targetKey(outcome);
    const found = files.get(key);
    if (found === undefined) return [];
    const onTampered = (message: string) => void unbelieved.set(key, message);
    const { target, findings: written } = found;
    return [{ key: keysOf(executionId).targetFindings(target), written, onTampered }];
  });
  for await (const line of readLinesAhead(store, objects)) {
    const alone = Finding.parse(JSON.parse(line));
    const finding = withOthers(alone, told);
    yield { line: finding === alone ? line : JSON.stringify(finding), finding };
  }
}
