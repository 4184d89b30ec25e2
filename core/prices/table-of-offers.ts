import { nested } from './figures.ts';
import { type Offer, PricesNotBelieved } from './price-list-item.ts';
import type { PriceSource, PriceTable } from './price-table.ts';

const PRICE_LIST = 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/';

/** The service whose list is the table's source; what another one's says has that one's. */
const MAIN_SERVICE = 'AmazonEC2';

/**
 * The offers as one table.
 *
 * @param figures all that were asked for, in their order
 * @throws {PricesNotBelieved} for two prices of one thing: none is chosen, and where there are none
 */
export function tableOfOffers(offers: readonly Offer[], figures: readonly string[]): PriceTable {
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
      regions.map((region) => {
        const ofRegion = all.filter((one) => one.region === region);
        return [region, nested(new Map(ofRegion.map(({ figure, usd }) => [figure, usd])), figures)];
      }),
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
