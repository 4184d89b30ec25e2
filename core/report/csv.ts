import type { Finding } from '../verdict.ts';

/** In the order of the columns. */
const COLUMNS: readonly (keyof Finding)[] = [
  'kind',
  'accountId',
  'region',
  'resourceId',
  'verdict',
  'reasons',
  'evidence',
  'startedAt',
  'ageDays',
  'sizeGiB',
  'monthlyCostUsdUpTo',
  'tags',
];

/** The header of `findings.csv`. As every line here it ends with the CR of RFC 4180's CRLF. */
export const CSV_HEADER = toLine(COLUMNS);

/** One line of `findings.csv`, without the LF that whoever writes the lines puts after each. */
export function csvLine(finding: Finding): string {
  return toLine(COLUMNS.map((column) => toCell(finding[column])));
}

function toCell(value: Finding[keyof Finding]): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return asText(value);
  return asText(Array.isArray(value) ? value.join(' ') : JSON.stringify(value));
}

// A spreadsheet takes text that begins so for a formula, and runs it.
function asText(value: string): string {
  return /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
