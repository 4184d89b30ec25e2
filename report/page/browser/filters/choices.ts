import { compare } from '../../../../core/model/order.ts';
import type { WordsByKind } from '../../../../core/words/kind-words.ts';
import type { ChoiceKey } from '../../../findings/chosen-findings.ts';
import type { Filterable } from '../../../findings/finding-filter.ts';
import { reasonOf } from '../../../words/reason-words.ts';
import { accountChoices } from './account-choices.ts';
import { fateWords } from '../../findings/fate-words.ts';
import type { FindingRow } from '../../findings/finding-row.ts';
import { VERDICT_WORDS } from '../../findings/verdict-words.ts';

export interface Choices {
  /** Value and label, in the order of a list to choose from. */
  readonly options: readonly (readonly [value: string, label: string])[];
  /** What stands below them, where they aren't all. */
  readonly others?: string | undefined;
}

/** What can be chosen of these findings, by key. */
export function choicesOf(
  all: readonly (Filterable & { readonly row: FindingRow })[],
  words: WordsByKind,
): Record<ChoiceKey, Choices> {
  const rows = all.map(({ row }) => row);
  const accounts = accountChoices(rows);
  const fates = new Set<string>(rows.flatMap(({ fate }) => fate.codes));
  return {
    account: { options: accounts.choices, others: accounts.others },
    unit: { options: unitsOf(rows) },
    region: { options: same(distinct(rows.map(({ region }) => region))) },
    kind: {
      options: distinct(rows.map(({ kind }) => kind)).map((kind) => [
        kind,
        words[kind]?.many ?? kind,
      ]),
    },
    reason: { options: reasonsOf(rows, words) },
    next: { options: fateWords(words).filter(([code]) => fates.has(code)) },
    verdict: { options: Object.entries(VERDICT_WORDS) },
  };
}

/** By path; one whose path isn't known by its id. */
function unitsOf(rows: readonly FindingRow[]): (readonly [string, string])[] {
  const units = new Map(rows.map(({ unitId, unitPath }) => [unitId, unitPath || unitId]));
  units.delete('');
  return [...units].toSorted(([, a], [, b]) => compare(a.toLowerCase(), b.toLowerCase()));
}

/** Each code once, with what it says: of two kinds, both. */
function reasonsOf(rows: readonly FindingRow[], words: WordsByKind): [string, string][] {
  const says = new Map<string, Set<string>>();
  for (const { kind, reasons } of rows)
    for (const reason of reasons) {
      const of = says.get(reason) ?? new Set();
      says.set(reason, of.add(reasonOf(words[kind], reason).says ?? ''));
    }
  return [...says]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([reason, of]) => [reason, `${reason}: ${[...of].join(', or ')}`]);
}

function same(values: readonly string[]): (readonly [string, string])[] {
  return values.map((value) => [value, value] as const);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
