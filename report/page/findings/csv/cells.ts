import { oneLine } from '../../../format/layout.ts';

export type Cell = number | string | null;

/** Excel takes the bytes for another encoding than UTF-8 without it. */
export const BYTE_ORDER_MARK = '\u{feff}';

/** A cell that no spreadsheet runs. */
export function toCell(value: Cell): string {
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : asText(value);
}

/** As the AWS console shows it: as a number it would lose its zeros, and become 2.1E+11. */
export function inGroups(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
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

/** A line of cells; it ends with the CR of RFC 4180's CRLF. */
export function toLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r`;
}

function quoted(cell: string): string {
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
