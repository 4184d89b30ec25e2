import type { KindWords } from '../../../core/words/kind-words.ts';
import type { FindingRow } from './finding-row.ts';
import { reasonsInWords } from '../../words/reason-words.ts';

/** What a search looks through, on the page and in the shell. @param own words of its kind */
export function searchedText(
  row: FindingRow,
  own: KindWords | undefined,
  tags: FindingRow['tags'],
): string {
  return [
    ...[row.verdict, row.kind, row.resourceId, row.accountId, row.accountName, row.region],
    ...[row.name, row.unitId, row.unitPath],
    ...[reasonsInWords(row.reasons, own), ...tags.flat(), ...row.words],
    // Its codes, and not its words: what is held back "could be removed" some day, too.
    ...[...row.fate.codes.filter((code) => code !== 'PLANNED'), row.fate.said],
  ]
    .join('\n')
    .toLowerCase();
}
