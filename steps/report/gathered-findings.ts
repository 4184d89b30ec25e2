import type { Store } from '../../store/store.ts';
import { RecordTampered } from '../../core/model/errors.ts';
import type { TargetOutcome } from '../../core/outcome/outcome.ts';
import { CSV_HEADER, csvLine } from '../../report/page/findings/csv.ts';
import { targetKey } from '../../core/model/target.ts';
import { Finding } from '../../core/model/verdict.ts';
import { inWordsOf } from '../../kinds/in-words.ts';
import { believedLines, type LinesToBelieve, noteLines } from '../../store/believed-lines.ts';
import type { Deps, FoldDeps } from '../deps.ts';
import type { Expected } from '../expected.ts';
import {
  readForeignReferences,
  type UsesByResource,
  withOtherUses,
} from '../targets/foreign-references.ts';
import { keysOf } from '../../store/keys.ts';
import { readLinesAhead } from '../../store/read-ahead.ts';
import {
  type Reconciled,
  reconcileExecution,
  withTampered,
} from '../targets/reconcile-execution.ts';

/** What an execution found, as far as it can be believed, and in two files for people. */
export interface Gathered {
  readonly outcomes: TargetOutcome[];
  readonly findings: LinesToBelieve;
  /** Why there is no `findings.csv`; null: it is there. */
  readonly csvFailure: { readonly error: string; readonly message: string } | null;
}

/** Writes `findings.jsonl` and `findings.csv`: the same ones, however often it is called. */
export async function gatherFindings(
  deps: FoldDeps,
  expected: Expected,
  now: Date,
): Promise<Gathered> {
  const { store } = deps;
  const { executionId } = expected;
  const keys = keysOf(executionId);
  const reconciled = await reconcileExecution(store, expected, now);
  const foreign = await readForeignReferences(store, executionId, reconciled);
  const unbelieved = new Map(
    foreign.tampered.map(({ target, message }) => [targetKey(target), message]),
  );
  // First: which of them can be believed shows only as they are read.
  const noted = noteLines(
    findingsOf(store, executionId, reconciled, { uses: foreign.uses, unbelieved }),
  );
  await store.writeLines(keys.findings, noted.lines);
  const findings: LinesToBelieve = { key: keys.findings, written: noted.written() };
  const outcomes = withTampered(reconciled.outcomes, unbelieved);
  const csvFailure = await writeCsv(deps, keys.findingsCsv, findings, outcomes);
  return { outcomes, findings, csvFailure };
}

/**
 * The findings of every target whose discovery wrote them to the end.
 *
 * @param known `unbelieved` learns whose findings aren't those that were written
 */
async function* findingsOf(
  store: Store,
  executionId: string,
  { outcomes, files }: Reconciled,
  { uses, unbelieved }: { uses: UsesByResource; unbelieved: Map<string, string> },
): AsyncGenerator<string> {
  const objects = outcomes.flatMap((outcome) => {
    const key = targetKey(outcome);
    const found = files.get(key);
    if (found === undefined) return [];
    const onTampered = (message: string) => void unbelieved.set(key, message);
    const { target, findings: written } = found;
    return [{ key: keysOf(executionId).targetFindings(target), written, onTampered }];
  });
  const lines = readLinesAhead(store, objects);
  if (uses.size === 0) yield* lines;
  else for await (const line of lines) yield toLine(withOtherUses(parseFinding(line), uses));
}

/** @returns why there is none: somebody else may have written what it was to be made of */
async function writeCsv(
  deps: Pick<Deps, 'store' | 'kinds'>,
  key: string,
  findings: LinesToBelieve,
  outcomes: readonly TargetOutcome[],
): Promise<Gathered['csvFailure']> {
  try {
    await deps.store.writeLines(key, csvOf(deps, findings, outcomes));
    return null;
  } catch (error) {
    if (!(error instanceof RecordTampered)) throw error;
    return { error: error.name, message: error.message };
  }
}

async function* csvOf(
  { store, kinds }: Pick<Deps, 'store' | 'kinds'>,
  { key, written }: LinesToBelieve,
  outcomes: readonly TargetOutcome[],
): AsyncGenerator<string> {
  const names = new Map(outcomes.map(({ accountId, accountName }) => [accountId, accountName]));
  const inWords = inWordsOf(kinds);
  yield CSV_HEADER;
  for await (const line of believedLines(store, key, written)) {
    const finding = parseFinding(line);
    const accountName = names.get(finding.accountId);
    yield csvLine(finding, { accountName, inWords: inWords(finding) });
  }
}

function parseFinding(line: string): Finding {
  return Finding.parse(JSON.parse(line));
}

function toLine(value: unknown): string {
  return JSON.stringify(value);
}
