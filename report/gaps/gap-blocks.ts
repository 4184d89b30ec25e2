import { compare } from '../../core/model/order.ts';
import { groupBy } from '../../core/model/group-by.ts';

interface Cell {
  readonly accountId: string;
  readonly region: string;
}

/** Each of the accounts in each of the Regions. */
export interface Block {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/**
 * What exactly covers the cells in few blocks, none twice: Regions that have the same accounts
 * together, or accounts that have the same Regions, whichever are fewer. Never more than there are
 * Regions, so that ten thousand accounts read as a few. The order of the cells doesn't matter.
 */
export function blocksOf(cells: readonly Cell[]): Block[] {
  const byRegion = linesOf(cells, 'region', 'accountId').map(({ keys, values }): Block => ({
    ...{ regions: keys, accounts: values },
  }));
  const byAccount = linesOf(cells, 'accountId', 'region').map(({ keys, values }): Block => ({
    ...{ accounts: keys, regions: values },
  }));
  return byAccount.length < byRegion.length ? byAccount : byRegion;
}

interface Lines {
  readonly keys: string[];
  readonly values: string[];
}

/** The keys that have the same values, together; all in ascending order. */
function linesOf(cells: readonly Cell[], key: keyof Cell, value: keyof Cell): Lines[] {
  const lines = groupBy(cells, (cell) => cell[key]).map((ofKey) => ({
    key: ofKey[0]?.[key] ?? '',
    values: [...new Set(ofKey.map((cell) => cell[value]))].toSorted(compare),
  }));
  const sorted = lines.toSorted((a, b) => compare(a.key, b.key));
  return groupBy(sorted, ({ values }) => values.join(' ')).map((alike) => ({
    keys: alike.map((line) => line.key),
    values: alike[0]?.values ?? [],
  }));
}
