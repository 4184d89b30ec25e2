import { type Offer, PricesNotBelieved } from './price-list-item.ts';
import type { PriceSource, PriceTable, RegionPrices } from './price-table.ts';

const PRICE_LIST = 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/';

/** The service whose list is the table's source; what another one's says has that one's. */
const MAIN_SERVICE = 'AmazonEC2';

/**
 * The offers as one table.
 *
 * @throws {PricesNotBelieved} for two prices of one thing: none is chosen, and where there are none
 */
export function tableOfOffers(offers: readonly Offer[]): PriceTable {
  const chosen = new Map<string, Offer>();
  for (const offer of offers) {
    const key = `${offer.region} ${offer.figure}`;
    const before = chosen.get(key);
    if (before !== undefined && before.usd !== offer.usd) {
      throw new PricesNotBelieved(
        `${offer.region}: two prices for ${offer.figure} (${before.usd} and ${offer.usd} USD): none is chosen`,
      );
    }
    if (before === undefined || before.effective < offer.effective) chosen.set(key, offer);
  }
  const all = [...chosen.values()];
  const [main, ...others] = [...new Set([MAIN_SERVICE, ...all.map((one) => one.serviceCode)])].map(
    (serviceCode) => all.filter((one) => one.serviceCode === serviceCode),
  );
  if (main?.[0] === undefined) throw new PricesNotBelieved('the price list has no prices of EC2');
  const regions = [...new Set(all.map(({ region }) => region))].toSorted();
  return {
    schemaVersion: 1,
    source: sourceOfList(main).source,
    asOf: newest(all.map(({ effective }) => effective)),
    regions: Object.fromEntries(
      regions.map((region) => [region, pricesOf(all.filter((one) => one.region === region))]),
    ),
    ...(others.length > 0 && {
      sources: others.map((of) => ({ ...sourceOfList(of), figures: figuresByRegion(of) })),
    }),
  };
}

/** Whether it is what `tableOfOffers` makes, and not somebody's own. */
export function isFromPriceList({ source }: Pick<PriceTable, 'source'>): boolean {
  return source.startsWith(PRICE_LIST);
}

function sourceOfList(offers: readonly Offer[]): PriceSource {
  const version = newest(offers.map((one) => one.version));
  const service = offers[0]?.serviceCode ?? '';
  return {
    asOf: newest(offers.map(({ effective }) => effective)),
    source: `${PRICE_LIST}${service}/${version}/index.json`,
  };
}

function figuresByRegion(offers: readonly Offer[]): Record<string, string[]> {
  const figures: Record<string, string[]> = {};
  for (const { region, figure } of offers)
    figures[region] = [...(figures[region] ?? []), figure].toSorted();
  return figures;
}

function newest(texts: readonly string[]): string {
  return texts.toSorted().at(-1) ?? '';
}

function pricesOf(offers: readonly Offer[]): RegionPrices {
  const usd = (figure: string) => offers.find((one) => one.figure === figure)?.usd;
  const io2 = [0, 1, 2].flatMap((tier) => usd(`volumeUsdPerIopsMonth.io2.${tier}`) ?? []);
  const [first, second, third] = io2;
  const isWhole = first !== undefined && second !== undefined && third !== undefined;
  return without({
    standardUsdPerGiBMonth: usd('standardUsdPerGiBMonth'),
    archiveUsdPerGiBMonth: usd('archiveUsdPerGiBMonth'),
    fastRestoreUsdPerZoneHour: usd('fastRestoreUsdPerZoneHour'),
    volumeUsdPerGiBMonth: without({
      gp3: usd('volumeUsdPerGiBMonth.gp3'),
      gp2: usd('volumeUsdPerGiBMonth.gp2'),
      io1: usd('volumeUsdPerGiBMonth.io1'),
      io2: usd('volumeUsdPerGiBMonth.io2'),
      st1: usd('volumeUsdPerGiBMonth.st1'),
      sc1: usd('volumeUsdPerGiBMonth.sc1'),
      standard: usd('volumeUsdPerGiBMonth.standard'),
    }),
    volumeUsdPerIopsMonth: without({
      gp3: usd('volumeUsdPerIopsMonth.gp3'),
      io1: usd('volumeUsdPerIopsMonth.io1'),
      ...(isWhole && { io2: [first, second, third] as [number, number, number] }),
    }),
    gp3UsdPerMiBpsMonth: usd('gp3UsdPerMiBpsMonth'),
    publicIpv4UsdPerHour: usd('publicIpv4UsdPerHour'),
    ecrUsdPerGiBMonth: usd('ecrUsdPerGiBMonth'),
  });
}

/** The same without what isn't known. */
function without<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;
}
