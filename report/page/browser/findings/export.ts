import { csvOfRows } from '../../findings/csv/of-rows.ts';
import { button, element } from '../element.ts';
import type { Entry } from './entry.ts';

/** Lines in one piece of a file: a string each would be many. */
const LINES_AT_ONCE = 2000;
/** Browsers read a file that is saved after the click on it. */
const KEPT_FOR_MS = 60_000;

/** Saves a selection as a file that spreadsheets open. Nothing leaves the machine. */
export function exportButton(found: () => readonly Entry[], name: string): HTMLButtonElement {
  return button('Export CSV', () => {
    const address = URL.createObjectURL(
      new Blob(piecesOf(csvOfRows(rowsOf(found()))), { type: 'text/csv;charset=utf-8' }),
    );
    element('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), KEPT_FOR_MS);
  });
}

function* rowsOf(found: readonly Entry[]) {
  for (const { row } of found) yield row;
}

function piecesOf(lines: Iterable<string>): string[] {
  const pieces: string[] = [];
  let lot: string[] = [];
  for (const line of lines) {
    if (lot.push(line) < LINES_AT_ONCE) continue;
    pieces.push(lot.join(''));
    lot = [];
  }
  return [...pieces, lot.join('')];
}
