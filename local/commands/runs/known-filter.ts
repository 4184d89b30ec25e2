import { quote } from '../../../core/input/bad-input.ts';
import { similarTo } from '../../../core/input/similar.ts';
import { InvalidInput } from '../../../core/model/errors.ts';
import { accountIdMeant, acceptedAccountId } from '../../../core/model/ids-meant.ts';
import { VerdictName } from '../../../core/model/verdict.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import type { FindingFilter } from '../../../report/findings/finding-filter.ts';
import { formatNoun } from '../../../report/format/money.ts';
import { FATE_WORDS } from '../../../report/page/findings/fate-words.ts';
import { knownReasons } from '../../../report/words/reason-words.ts';
import type { TypedFilter } from '../../arguments/runs/findings-arguments.ts';
import type { RunToTell } from './read-findings.ts';

/** What of a run a filter is held against: nothing that it doesn't know is looked for in silence. */
export type Known = Pick<RunToTell, 'executionId' | 'accounts' | 'regions' | 'reasons'>;

/** One value as it is called in the run; what is accepted, and what may have been meant, where it isn't. */
interface Choice {
  /** By what may be typed. */
  readonly values: ReadonlyMap<string, string>;
  /** In words, instead of all of them. */
  readonly accepted?: string;
}

/** The words of the page. */
const PEOPLE_SAY = [
  ['unused', 'STALE'],
  ['kept', 'KEEP'],
] as const;

/** So many values are named in an error. */
const MOST_NAMED = 80;

/**
 * The filter that was typed, in the run's own values.
 *
 * @throws {InvalidInput} naming the option, its value, what is accepted and what may have been meant
 */
export function filterKnown(
  typed: TypedFilter,
  { known, words, all }: { known: Known; words: WordsByKind; all: boolean },
): FindingFilter {
  const choices = choicesOf(known, words);
  const checked = Object.entries(choices).flatMap(([key, choice]) => {
    const values = typed[key as keyof typeof choices];
    if (values === undefined) return [];
    return [[key, values.map((value) => meant(`--${key}`, value, choice))] as const];
  });
  const verdict = all ? { verdict: VerdictName.options } : {};
  return { ...typed, ...Object.fromEntries(checked), ...verdict };
}

function choicesOf({ executionId, accounts, regions, reasons }: Known, words: WordsByKind) {
  const units = [...accounts.values()].flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
  const named = (values: Iterable<string>) => new Map([...values].map((value) => [value, value]));
  return {
    account: {
      values: named(accounts.keys()),
      accepted:
        accounts.size === 0
          ? `nothing: of ${executionId}, whose accounts could not be read, no account is known`
          : `an account of ${executionId}, which knows ${formatNoun(accounts.size, 'account')}, by its 12 digits`,
    },
    unit: {
      values: new Map(
        units.flatMap(({ id, path }) => [
          [id, id],
          [path, id],
        ]),
      ),
    },
    ...(regions !== undefined && { region: { values: named(regions) } }),
    kind: { values: named(Object.keys(words)) },
    reason: { values: named([...new Set([...knownReasons(words), ...reasons])].toSorted()) },
    next: { values: named(Object.keys(FATE_WORDS)) },
    verdict: { values: new Map([...named(VerdictName.options), ...PEOPLE_SAY]) },
  } satisfies Partial<Record<keyof TypedFilter, Choice>>;
}

function meant(option: string, value: string, { values, accepted }: Choice): string {
  const isAccount = option === '--account';
  const typed = isAccount ? (accountIdMeant(value) ?? value) : value;
  const found = values.get(typed);
  if (found !== undefined) return found;
  const all = [...values.keys()];
  // Codes in other letters are no other codes.
  const same = all.find((one) => one.toLowerCase() === typed.toLowerCase());
  if (same !== undefined) return values.get(same) ?? same;
  const listed = all.length <= MOST_NAMED ? all.map(inList).join(', ') : `one of ${all.length}`;
  const isMalformed = isAccount && !/^\d{12}$/.test(typed);
  const what = isMalformed ? acceptedAccountId(value).replace(/^accepted: /, '') : accepted;
  const similar = similarTo(typed, all);
  const guess = similar === undefined ? '' : `; did you mean ${inList(similar)}?`;
  throw new InvalidInput(`${option}: ${quote(value)} – accepted: ${what ?? listed}${guess}`);
}

/** Names of units may hold anything. */
function inList(value: string): string {
  return /^[\w-]+$/.test(value) ? value : quote(value);
}
