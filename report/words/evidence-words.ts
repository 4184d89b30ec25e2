import { capitalized, cut } from '../format/layout.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { KindWords } from '../../core/words/kind-words.ts';
import { verdictInWords } from './reason-words.ts';

const LENGTH = 200;

/** A finding whose kind has no sentences: its verdict, and its evidence field by field. */
export function evidenceInWords(finding: Finding, own: KindWords | undefined): readonly string[] {
  const fields = Object.entries(finding.evidence).flatMap(([key, value]) => {
    const said = valueInWords(value);
    return said === '' ? [] : [`${capitalized(cut(keyInWords(key), LENGTH))}: ${said}.`];
  });
  return [verdictInWords(finding, own), ...fields];
}

/** `fullSizeGiB` is told as "full size GiB". */
function keyInWords(key: string): string {
  return key
    .replace(/([a-z])(GiB$|[A-Z])/g, '$1 $2')
    .replace(/ (?!GiB)[A-Z][a-z]*/g, (word) => word.toLowerCase());
}

/** Lists with semicolons, objects as key and value; empty: it says nothing. */
function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueInWords).filter(Boolean).join('; ');
  if (typeof value !== 'object') return cut(String(value), LENGTH);
  return Object.entries(value)
    .map(([key, inner]) => [cut(key, LENGTH), valueInWords(inner)])
    .filter(([, said]) => said !== '')
    .map((pair) => pair.join(' '))
    .join(', ');
}
