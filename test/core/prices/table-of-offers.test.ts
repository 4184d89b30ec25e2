import { refuseUnbelievable } from '../../../core/prices/believe-prices.ts';
import { differencesBetween } from '../../../core/prices/differences.ts';
import type { Offer } from '../../../core/prices/price-list-item.ts';
import type { PriceTable } from '../../../core/prices/price-table.ts';
import { isFromPriceList, tableOfOffers as tableOf } from '../../../core/prices/table-of-offers.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { sourceOf } from '../../../core/prices/sources.ts';

const offer = (over: Partial<Offer> = {}): Offer => ({
  ...{ region: 'us-east-1', figure: 'standardUsdPerGiBMonth', usd: 0.05 },
  ...{ effective: '2026-11-01', serviceCode: 'AmazonEC2', version: '20261111' },
  ...over,
});
const tableOfOffers = (offers: readonly Offer[]) =>
  tableOf(
    offers,
    PRICES.figures.map(({ name }) => name),
  );
const iops = (tier: number, usd: number) =>
  offer({ figure: `volumeUsdPerIopsMonth.io2.${tier}`, usd });

describe('the table of all offers', () => {
  it('has the newest day, and the list of EC2 with its version as its source', () => {
    const older = offer({ region: 'eu-west-1', effective: '2026-10-01', version: '20261110' });
    const table = tableOfOffers([older, offer()]);
    expect(PRICES.table.parse(table)).toEqual({
      schemaVersion: 1,
      asOf: '2026-11-01',
      source:
        'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/20261111/index.json',
      regions: {
        'eu-west-1': { standardUsdPerGiBMonth: 0.05 },
        'us-east-1': { standardUsdPerGiBMonth: 0.05 },
      },
    });
    expect(isFromPriceList(table)).toBe(true);
  });

  it("names another service's list for what is of it", () => {
    const address = offer({
      ...{ figure: 'publicIpv4UsdPerHour', usd: 0.005, serviceCode: 'AmazonVPC' },
      ...{ version: '20260201', effective: '2024-02-01' },
    });
    const source = sourceOf(tableOfOffers([offer(), address]), 'us-east-1', address.figure);
    expect(source).toEqual({
      asOf: '2024-02-01',
      source:
        'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonVPC/20260201/index.json',
    });
  });

  it('has the tiers of io2 together, or none of them', () => {
    const tiersIn = (offers: Offer[]) =>
      tableOfOffers([offer(), ...offers]).regions['us-east-1']?.['volumeUsdPerIopsMonth'];
    expect(tiersIn([iops(2, 1), iops(0, 3), iops(1, 2)])).toEqual({ io2: [3, 2, 1] });
    expect(tiersIn([iops(0, 3), iops(2, 1)])).toBeUndefined();
  });

  it('takes what is said twice once, and chooses from no two prices', () => {
    expect(() => tableOfOffers([offer(), offer()])).not.toThrow();
    expect(() => tableOfOffers([offer(), offer({ usd: 0.04 })])).toThrow(
      'us-east-1: two prices for standardUsdPerGiBMonth (0.05 and 0.04 USD): none is chosen',
    );
  });

  it('is none where nothing was said', () =>
    expect(() => tableOfOffers([])).toThrow('the price list has no prices of EC2'));
});

const table = (regions: PriceTable['regions']): PriceTable => ({
  ...{ schemaVersion: 1, asOf: '2026-11-01', source: 'https://prices.example.com/' },
  regions,
});
const us = (usd: number) => ({ 'us-east-1': { standardUsdPerGiBMonth: usd } });
const both = (usd: number) => table({ ...us(0.05), 'eu-west-1': { standardUsdPerGiBMonth: usd } });

describe('prices that are not believed', () => {
  it.each([0.01, 0.05, 0.25])('are none near those of us-east-1: %d', (usd) =>
    expect(() => refuseUnbelievable(both(usd), both(0.05))).not.toThrow(),
  );

  it.each([
    ['nothing', both(0), 'eu-west-1 standardUsdPerGiBMonth is 0'],
    ['a tenth', both(0.005), 'is 0.005, and 0.05 in us-east-1: less than 0.2 or more than 5 times'],
    ['ten times as much', both(0.5), 'is 0.5, and 0.05 in us-east-1'],
    [
      'a Region less',
      table(us(0.05)),
      'eu-west-1 standardUsdPerGiBMonth is missing, and had a price',
    ],
    [
      'all but us-east-1',
      table({ 'eu-west-1': { standardUsdPerGiBMonth: 0.05 } }),
      'has no price to compare',
    ],
  ])('are %s', (_what, prices, message) =>
    expect(() => refuseUnbelievable(prices, both(0.05))).toThrow(message),
  );

  it('are of one type, too', () => {
    const before = table({ 'us-east-1': { volumeUsdPerGiBMonth: { gp3: 0.08, io1: 0.125 } } });
    const now = table({ 'us-east-1': { volumeUsdPerGiBMonth: { gp3: 0.08 } } });
    expect(() => refuseUnbelievable(now, before)).toThrow(
      'us-east-1 volumeUsdPerGiBMonth.io1 is missing',
    );
  });
});

it('what differs is told by Region and price: changed, new, and no longer there', () => {
  const before = table({ ...us(0.05), 'eu-west-1': { archiveUsdPerGiBMonth: 0.01 } });
  const now = table({ ...us(0.051), 'eu-west-1': { gp3UsdPerMiBpsMonth: 0.04 } });
  expect(differencesBetween(before, before)).toEqual([]);
  expect(differencesBetween(before, now)).toEqual([
    { region: 'eu-west-1', figure: 'archiveUsdPerGiBMonth', before: 0.01, now: null },
    { region: 'eu-west-1', figure: 'gp3UsdPerMiBpsMonth', before: null, now: 0.04 },
    { region: 'us-east-1', figure: 'standardUsdPerGiBMonth', before: 0.05, now: 0.051 },
  ]);
});

it('the noise of binary fractions is no difference', () =>
  expect(differencesBetween(table(us(0.1 + 0.2)), table(us(0.3)))).toEqual([]));
