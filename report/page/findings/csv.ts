import type { Finding } from '../../../core/model/verdict.ts';
import { usdOfFreed } from '../../../core/prices/worth-of-finding.ts';
import { oneLine } from '../../format/layout.ts';

/** What a line tells besides the finding itself. */
export interface BesideFinding {
  readonly accountName: string | undefined;
  /** The finding as sentences. */
  readonly inWords: readonly string[];
}

type Cell = number | string | null;

/** In the order of the columns; those of the finding's own fields come first, under their names. */
const COLUMNS: Readonly<Record<string, (finding: Finding, beside: BesideFinding) => Cell>> = {
  kind: ({ kind }) => kind,
  accountId: ({ accountId }) => inGroups(accountId),
  region: ({ region }) => region,
  resourceId: ({ resourceId }) => resourceId,
  verdict: ({ verdict }) => verdict,
  reasons: ({ reasons }) => reasons.join('; '),
  evidence: (_, { inWords }) => inWords.join(' '),
  startedAt: ({ startedAt }) => asSpreadsheetTime(startedAt),
  ageDays: ({ ageDays }) => ageDays,
  sizeGiB: ({ sizeGiB }) => sizeGiB,
  monthlyCostUsdUpTo: ({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo,
  tags: ({ tags }) =>
    Object.entries(tags)
      .map(([key, value]) => `${key}=${value}`)
      .join('; '),
  accountName: (_, { accountName }) => accountName ?? null,
  // What names the same shares data: its sizes and costs don't add up.
  sharesDataIn: ({ evidence }) => evidence.billing?.sharesWith ?? null,
  // Of what two free together it is told at both: no sum.
  freesUsdUpTo: ({ frees }) => (frees === undefined ? null : usdOfFreed(frees)),
};

const CELLS = Object.values(COLUMNS);

/** Excel takes the bytes for another encoding than UTF-8 without it. */
const BYTE_ORDER_MARK = '\u{feff}';

/** The beginning of `findings.csv`. As every line here it ends with the CR of RFC 4180's CRLF. */
export const CSV_HEADER = `${BYTE_ORDER_MARK}${toLine(Object.keys(COLUMNS))}`;

/** One line of `findings.csv`, without the LF that whoever writes the lines puts after each. */
export function csvLine(finding: Finding, beside: BesideFinding): string {
  return toLine(CELLS.map((cellOf) => toCell(cellOf(finding, beside))));
}

function toCell(value: Cell): string {
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : asText(value);
}

/** As the AWS console shows it: as a number it would lose its zeros, and become 2.1E+11. */
function inGroups(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}

/** 2026-11-21 06:00:00, in UTC: spreadsheets take it for a time; with `T` and `Z` for text. */
function asSpreadsheetTime(timestamp: string | null): string | null {
  return timestamp?.slice(0, 19).replace('T', ' ') ?? null;
}

/** Excel's cells hold 32,767 characters. */
const MOST_CHARACTERS = 32_000;

/**
 * Where a spreadsheet may see the beginning of a formula: in full width and other forms, too, which
 * some take for the same, and after blanks and quotes, which some drop. Where semicolons separate,
 * Excel ignores that commas do, and a cell begins at each.
 */
const FORMULA_BEGINS =
  /(^|;)(?=[\s'"]*[=+\-@\u207a-\u207c\u208a-\u208c\u2212\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])/g;

/** Text that stays text, on one line: `'` in front prevents that it is run, and shows. */
function asText(value: string): string {
  const text = oneLine(value).replace(FORMULA_BEGINS, "$1'");
  // Never half of a surrogate pair.
  return text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')}...`;
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r`;
}

function quoted(cell: string): string {
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
