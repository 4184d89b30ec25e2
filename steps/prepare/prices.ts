import type { Store } from '../../store/store.ts';
import { fault, parseInput } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { refuseRepeatedKeys } from '../../core/input/json-text.ts';
import type { AllPrices } from '../../core/prices/all-prices.ts';
import type { PriceTable } from '../../core/prices/price-table.ts';
import { PRICES_KEY } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';

export interface PricesInForce {
  readonly prices: PriceTable;
  /** Why the store's own were not gone by, naming the file, the field and what is accepted. */
  readonly failure: string | null;
}

/** The figures that there are, and the prices that come with orgsweep. */
type Known = Pick<AllPrices, 'builtIn' | 'table'>;

/** The same, of somebody who is going to replace them. */
export interface StoredPrices extends PricesInForce {
  readonly isStored: boolean;
  /** Of the file; undefined: there is none. */
  readonly version: string | undefined;
}

/**
 * The store's own price table, or the built-in one. A bad one decides nothing that is removed, so it
 * keeps nobody from looking: the built-in prices hold, and the summary says so.
 */
export async function readPrices(store: Store, all: Known): Promise<PricesInForce> {
  const { prices, failure } = await readStoredPrices(store, all);
  return { prices, failure };
}

/** `readPrices`, with what a conditional write needs. */
export async function readStoredPrices(
  store: Store,
  { builtIn, table }: Known,
): Promise<StoredPrices> {
  const stored = await store.get(PRICES_KEY);
  const { version } = stored ?? {};
  const about = { isStored: stored !== undefined, version };
  if (stored === undefined) return { prices: builtIn, failure: null, ...about };
  try {
    return { prices: parsePrices(stored.body, table), failure: null, ...about };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const failure = `${store.locationOf(PRICES_KEY)}: ${error.message}`;
    return { prices: builtIn, failure, ...about };
  }
}

function parsePrices(stored: string, table: Known['table']): PriceTable {
  const body = stored.replace(/^\uFEFF/, '');
  if (/[\u0000\uFFFD]/.test(body))
    throw new InvalidInput(`${PRICES_KEY}: not UTF-8 – accepted: text in UTF-8`);
  const value = parseJson(body);
  if (value === undefined) throw new InvalidInput(fault(PRICES_KEY, body, 'a JSON object'));
  refuseRepeatedKeys(body, PRICES_KEY);
  return parseInput(table, value, PRICES_KEY);
}
