import type { ClientOptions } from '../../aws/sessions/aws-clients.ts';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import {
  itemsOfPriceList,
  makePriceList,
  type PriceList,
  priceListRegion,
} from '../../aws/services/price-list.ts';
import { callerIdentity } from '../../aws/sessions/spoke-session.ts';
import { type Store, StoreConflict } from '../../store/store.ts';
import { partitionOf } from '../../core/input/account-regions.ts';
import { answeredInWords } from '../../core/outcome/answered.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { exitCodeOf } from '../../core/summary/exit-code.ts';
import { classifyCode } from '../../core/outcome/failure-class.ts';
import { refuseUnbelievable } from '../../core/prices/believe-prices.ts';
import { differencesBetween } from '../../core/prices/differences.ts';
import { type Offer, PricesNotBelieved, readOffer } from '../../core/prices/price-list-item.ts';
import { isFromPriceList, tableOfOffers } from '../../core/prices/table-of-offers.ts';
import { oneLine } from '../../report/format/layout.ts';
import { renderUpdated } from '../../report/terminal/prices-text.ts';
import { PRICES_KEY } from '../../store/keys.ts';
import { PRICES } from '../../kinds/registry.ts';
import { readStoredPrices } from '../../steps/prepare/prices.ts';
import { readCallersAccess } from '../aws-access/access.ts';
import { tellingOfFirstCall } from '../connection/credentials.ts';
import { makeFirstSts } from '../connection/first-sts.ts';
import { connectToHub } from '../connection/hub-connection.ts';
import { refuseUnlessWritable } from '../terminal/output-folder.ts';
import type { PricesArguments } from '../arguments/prices-arguments.ts';
import { showStatus } from '../progress/status-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';

/** AWS's price list through somebody's credentials, and the store that is to have its prices. */
interface Updating {
  readonly store: Store;
  readonly clients: ClientOptions;
  readonly region: string;
}

/**
 * Asks AWS's price list for all prices and writes them, as a whole, where the next execution looks
 * for them. Where anything is wrong with them nothing is written.
 *
 * @returns the exit code
 */
export async function updatePrices(args: PricesArguments, terminal: Terminal): Promise<number> {
  const { store, clients, region } = await connect(args, terminal);
  const stored = await readStoredPrices(store, PRICES);
  const { prices: before, failure, version, isStored } = stored;
  const isSomebodys = isStored && (failure !== null || !isFromPriceList(before));
  if (isSomebodys && !(await mayReplace(args, terminal, failure ?? before.source))) return 0;
  const location = store.locationOf(PRICES_KEY);
  try {
    const prices = tableOfOffers(
      await askForPrices(terminal, clients, region),
      PRICES.figures.map(({ name }) => name),
    );
    refuseUnbelievable(prices, isFromPriceList(before) ? before : PRICES.builtIn);
    const body = `${JSON.stringify(PRICES.table.parse(prices), null, 2)}\n`;
    await store.put(PRICES_KEY, body, version === undefined ? { absent: true } : { version });
    const differences = differencesBetween(before, prices);
    const { asOf, source } = before;
    if (args.json) {
      const told = { schemaVersion: 1, updated: true, location, before: { asOf, source } };
      terminal.stdout(`${JSON.stringify({ ...told, differences, prices }, null, 2)}\n`);
    } else {
      const was = `${isStored && failure === null ? 'those before' : 'those that came with orgsweep'} (${asOf})`;
      terminal.stdout(renderUpdated({ prices, location, differences, before: was, ...PRICES }));
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof InvalidInput) throw error;
    const stay = isStored ? `${location} is as it was` : 'the built-in prices stay in use';
    terminal.stderr(
      `orgsweep: ${oneLine(`prices were not updated, and ${stay}. ${whyNot(error, location)}`)}\n`,
    );
    return exitCodeOf('PARTIAL');
  }
}

/** @throws {InvalidInput} where nothing can be asked or written */
async function connect({ hub, out }: PricesArguments, terminal: Terminal): Promise<Updating> {
  if (hub !== undefined) {
    const connection = await connectToHub(hub, 'OPERATOR');
    const { store, callersOwn, credentials, region, actsAs } = connection;
    refuseOtherPartition(region);
    tellWhoActs(terminal, actsAs);
    const clients = { ...callersOwn, ...(credentials !== undefined && { credentials }) };
    return { store, clients, region };
  }
  refuseUnlessWritable(out);
  const { clients, region, source } = await readCallersAccess();
  refuseOtherPartition(region);
  const { accountId, arn } = await tellingOfFirstCall(async () =>
    callerIdentity(makeFirstSts(clients, region)),
  );
  tellWhoActs(terminal, { accountId, arn, region, source });
  return { store: makeFolderStore(out), clients, region };
}

/** @throws {InvalidInput} where the price list is another one, in another currency, or there is none */
function refuseOtherPartition(region: string): void {
  if (partitionOf(region) === 'aws') return;
  const why =
    partitionOf(region) === 'cn'
      ? "China has a price list of its own, in yuan, and orgsweep's amounts are in dollars"
      : 'the price list is not there; that of the commercial Regions has GovCloud too';
  throw new InvalidInput(
    `--update: Region ${region}: ${why} – accepted: credentials of an account of the commercial Regions, or a prices.json of your own (docs/operating.md, section 11)`,
  );
}

/** What a person wrote is lost with the update: they are asked. */
async function mayReplace(
  { yes, json }: PricesArguments,
  terminal: Terminal,
  whose: string,
): Promise<boolean> {
  if (yes) return true;
  const what = oneLine(`prices.json was not written by orgsweep (${whose})`);
  if (terminal.ask === undefined || json) {
    throw new InvalidInput(
      `--update: ${what}, and would be replaced as a whole – accepted: --yes, to replace it; or no --update`,
    );
  }
  terminal.stderr(`${what}. It would be replaced as a whole, also discounts that are in it.\n`);
  const agreed = /^y(es)?$/i.test((await terminal.ask('Replace it? [y/N] ')).trim());
  if (!agreed) terminal.stdout('Nothing was written.\n');
  return agreed;
}

async function askForPrices(
  terminal: Terminal,
  clients: ClientOptions,
  near: string,
): Promise<Offer[]> {
  const list = makePriceList(clients, priceListRegion(near));
  const offers: Offer[] = [];
  let about = '';
  const callCount = ({ calls }: PriceList) => calls['pricing:GetProducts'] ?? 0;
  const status = showStatus(
    terminal,
    'asking AWS for prices',
    () => `${about} · prices ${offers.length} · calls ${callCount(list)}`,
  );
  try {
    for (const query of PRICES.queries) {
      about = query.about;
      for await (const item of itemsOfPriceList(list, query)) {
        const offer = readOffer(query, item);
        if (offer !== undefined) offers.push(offer);
      }
    }
    return offers;
  } finally {
    status.close();
  }
}

/** What kept it, and what to do. */
function whyNot(error: Error, location: string): string {
  if (error instanceof StoreConflict) {
    return `Somebody else wrote ${location} at the same time. Look at it with: orgsweep prices`;
  }
  if (error instanceof PricesNotBelieved) {
    return `AWS's price list looked wrong: ${error.message}. Try again later. If it stays so, write prices.json yourself (docs/operating.md, section 11).`;
  }
  const failure = toAwsFailure(error);
  const answered = failure.operation === undefined ? failure.message : answeredInWords(failure);
  const said = `${answered.replace(/[.\s]+$/, '')}.`;
  const ofClass = classifyCode(failure.code);
  if (ofClass === 'DENIED' && failure.operation === 'pricing:GetProducts') {
    return `${said} Allow pricing:GetProducts on "*" to whoever updates prices.`;
  }
  if (ofClass === 'DENIED') return `${said} Allow s3:PutObject on ${location}.`;
  return `${said} Try again in a few minutes.`;
}
