import type { Finding } from '../../core/model/verdict.ts';
import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import type { RestoreLine } from '../../core/removal/restore.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { day } from '../format/dates.ts';
import { FATE_WORDS } from '../page/findings/fate-words.ts';
import { type Fate, fateOf, type Planned } from '../page/findings/fate.ts';
import { type FindingRow, rowAlone, withFate } from '../page/findings/finding-row.ts';
import type { Filterable } from '../findings/finding-filter.ts';
import { searchedText } from '../page/findings/searched-text.ts';

/** A finding with all that lists of findings tell of it, and what it is filtered by. */
export interface FindingToTell extends Filterable {
  readonly finding: Finding;
  readonly row: FindingRow;
  readonly fate: Fate;
  /** To the second. */
  readonly staleSince: string | null;
  readonly restorableUntil: string | null;
}

/** What becomes of it, as the plan and its removal say. */
interface Becoming {
  readonly planned: Planned | undefined;
  readonly removal: RemovalOutcome | undefined;
  readonly of: Parameters<typeof fateOf>[3];
  /** How it was brought back since, where it was. */
  readonly restored?: RestoreLine | undefined;
}

export function toTell(
  finding: Finding,
  beside: Parameters<typeof rowAlone>[1],
  { planned, removal, of, restored }: Becoming,
): FindingToTell {
  const ended = fateOf(finding, planned, removal, of);
  const fate = restored === undefined ? ended : sinceRestored(ended, restored);
  const row = withFate(rowAlone(finding, beside), fate);
  const { accountId, region, kind, reasons, verdict, ageDays, sizeGiB } = finding;
  const { unitId, usdUpTo } = row;
  const tags = Object.entries(finding.tags);
  return {
    ...{ finding, row, fate, accountId, region, kind, reasons, verdict, ageDays, sizeGiB, tags },
    usdUpTo,
    unitId: unitId === '' ? null : unitId,
    next: fate.codes,
    staleSince: planned?.entry.staleSince ?? null,
    restorableUntil: restored === undefined ? (removal?.restorableUntil ?? null) : null,
    // As the page searches it.
    get text() {
      return searchedText(row, wordsIn(of)[kind], tags);
    },
  };
}

/** It is there again, so nothing of it can be restored any more. */
function sinceRestored(fate: Fate, { at, newId }: RestoreLine): Fate {
  const [code] = fate.codes;
  const ended = code === undefined ? fate.short : FATE_WORDS[code];
  const back = `restored on ${day(at)}${newId === undefined ? '' : ` as ${newId}`}`;
  return {
    ...{ ...fate, from: '', until: '' },
    short: `${ended}; ${back}`,
    words: `${ended.charAt(0).toUpperCase()}${ended.slice(1)}; ${back}.`,
  };
}
