import type { Store } from '../adapters/store.ts';
import { fault, parseInput } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { BUILT_IN_PRICES } from '../core/prices/built-in.ts';
import { PriceTable } from '../core/prices/price-table.ts';
import { PRICES_KEY } from './keys.ts';
import { parseJson } from './stored-json.ts';

/**
 * The store's own price table, or the built-in one. A bad one is refused: falling back would tell
 * other amounts than whoever put it there asked for.
 *
 * @throws {InvalidInput} naming the field, the value and what is accepted
 */
export async function readPrices(store: Store): Promise<PriceTable> {
  const stored = await store.get(PRICES_KEY);
  if (stored === undefined) return BUILT_IN_PRICES;
  const value = parseJson(stored.body);
  if (value === undefined) throw new InvalidInput(fault(PRICES_KEY, stored.body, 'a JSON object'));
  return parseInput(PriceTable, value, PRICES_KEY);
}
