import { BYTE_ORDER_MARK } from './cells.ts';
import { HEADING, lineOf } from './columns.ts';
import type { FindingRow } from '../finding-row.ts';

/** The lines of a file that holds these rows, which spreadsheets open without running any of it. */
export function* csvOfRows(rows: Iterable<FindingRow>): Generator<string> {
  yield `${BYTE_ORDER_MARK}${HEADING}\n`;
  for (const row of rows) yield `${lineOfRow(row)}\n`;
}

function lineOfRow(row: FindingRow): string {
  const { words, startedAtSeconds, usdUpTo, freed, accountName, sharesWith } = row;
  return lineOf({
    ...row,
    evidence: words,
    startedAt: startedAtSeconds === null ? null : new Date(startedAtSeconds * 1000).toISOString(),
    monthlyCostUsdUpTo: freed === null ? usdUpTo : 0,
    accountName: accountName || null,
    sharesDataIn: sharesWith || null,
    freesUsdUpTo: freed === null ? null : usdUpTo,
    organizationalUnit: row.unitPath || row.unitId || null,
  });
}
