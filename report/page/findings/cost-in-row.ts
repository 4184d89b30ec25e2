import { formatNoun, formatUsdUpTo } from '../../format/money.ts';
import type { FindingRow } from './finding-row.ts';

/** "$4,106", or whose money it is. */
export function costInRow({ usdUpTo, freed }: Pick<FindingRow, 'usdUpTo' | 'freed'>): string {
  const usd = usdUpTo === null ? 'no price' : formatUsdUpTo(usdUpTo);
  return freed === null ? usd : `${usd}, of ${formatNoun(freed, 'other')} that it frees`;
}
