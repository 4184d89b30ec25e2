import { systemClock } from '../../clock/clock.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import { ageInDays, OLD_PRICES_DAYS } from '../../report/words/price-age.ts';
import { renderPrices } from '../../report/terminal/prices-text.ts';
import { PRICES_KEY } from '../../store/keys.ts';
import { PRICES } from '../../kinds/registry.ts';
import { readStoredPrices } from '../../steps/prepare/prices.ts';
import { connectToHub } from '../connection/hub-connection.ts';
import type { PricesArguments } from '../arguments/prices-arguments.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { updatePrices } from './update-prices.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';

/**
 * `orgsweep prices`: the prices that the next execution goes by, how old they are and who says so;
 * with `--update`, those that AWS lists are put in their place first.
 *
 * @returns the exit code: 3 where the prices could not be updated, and the old ones stay
 * @throws {InvalidInput} before anything is asked
 */
export async function prices(args: PricesArguments, terminal: Terminal): Promise<number> {
  if (args.update) return updatePrices(args, terminal);
  const now = systemClock.now();
  const { prices: table, failure, location } = await inForce(args, terminal);
  if (args.json) {
    const ageDays = ageInDays(table.asOf, now);
    const about = { origin: location === null ? 'BUILT_IN' : 'STORE', location, failure };
    const age = { asOf: table.asOf, ageDays, isOld: ageDays > OLD_PRICES_DAYS };
    const shown = { schemaVersion: 1, ...about, ...age, prices: table };
    terminal.stdout(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    terminal.stdout(renderPrices({ prices: table, failure, location, ...PRICES }, now));
  }
  return 0;
}

async function inForce({ hub, out }: PricesArguments, terminal: Terminal) {
  const store = await openStore();
  const { prices: table, failure, isStored } = await readStoredPrices(store, PRICES);
  const isOwn = isStored && failure === null;
  return { prices: table, failure, location: isOwn ? store.locationOf(PRICES_KEY) : null };

  async function openStore() {
    if (hub === undefined) return makeFolderStore(out);
    const connection = await connectToHub(hub, 'OPERATOR');
    tellWhoActs(terminal, connection.actsAs);
    return connection.store;
  }
}
