import { parseInput } from '../../../core/input/bad-input.ts';
import { PRICES } from '../../../kinds/registry.ts';

const parse = (over: Record<string, unknown>) =>
  parseInput(PRICES.table, { ...PRICES.builtIn, ...over }, 'prices.json');
const inIreland = (prices: unknown) => parse({ regions: { 'eu-west-1': prices } });

describe('a price table', () => {
  it('may be the built-in one', () => expect(parse({})).toEqual(PRICES.builtIn));

  it('has Regions with all of the prices, some or none, and a source of their own', () => {
    const prices = {
      standardUsdPerGiBMonth: 0.05,
      asOf: '2026-05-01',
      source: 'https://example.com/x',
    };
    expect(inIreland(prices).regions).toEqual({ 'eu-west-1': prices });
    expect(inIreland({}).regions).toEqual({ 'eu-west-1': {} });
    expect(parse({ regions: {} }).regions).toEqual({});
  });

  it('is read as earlier versions wrote it, of kinds that there are and of others', () => {
    const before = {
      ...{ standardUsdPerGiBMonth: 0.05, archiveUsdPerGiBMonth: 0.0125 },
      fastRestoreUsdPerZoneHour: 0.75,
      volumeUsdPerGiBMonth: { gp3: 0.08, gp2: 0.1, io1: 0.125, standard: 0.05 },
      volumeUsdPerIopsMonth: { gp3: 0.005, io1: 0.065, io2: [0.065, 0.0455, 0.03185] },
      ...{ gp3UsdPerMiBpsMonth: 0.04, publicIpv4UsdPerHour: 0.005, ecrUsdPerGiBMonth: 0.1 },
    };
    expect(inIreland(before).regions).toEqual({ 'eu-west-1': before });
    expect(() => inIreland({ volumeUsdPerIopsMonth: { io2: [0.065, 0.0455] } })).toThrow(
      'prices.json.regions.eu-west-1.volumeUsdPerIopsMonth.io2',
    );
  });

  it('takes nothing for a price, and no less', () => {
    expect(() => inIreland({ archiveUsdPerGiBMonth: 0 })).not.toThrow();
    expect(() => inIreland({ archiveUsdPerGiBMonth: -0.01 })).toThrow(
      'prices.json.regions.eu-west-1.archiveUsdPerGiBMonth: -0.01 – accepted: 0 or more',
    );
  });

  it.each([
    ['a later version', { schemaVersion: 2 }, 'prices.json.schemaVersion: 2 – accepted: 1'],
    ['no day', { asOf: '2026-02-30' }, 'prices.json.asOf: "2026-02-30" – accepted: a date'],
    ['no date', { asOf: undefined }, 'prices.json.asOf: missing – accepted: a date'],
    ['a plain page', { source: 'http://a.b' }, '"http://a.b" – accepted: an https URL in ASCII'],
    ['a script', { source: 'javascript:alert(1)' }, 'accepted: an https URL in ASCII'],
    ['a hidden turn', { source: 'https://a.b/\u202e' }, 'accepted: an https URL in ASCII'],
    ['a stranger', { currency: 'EUR' }, 'prices.json.currency: unknown key – accepted: schema'],
    [
      'no Region',
      { regions: { Ireland: {} } },
      'prices.json.regions: "Ireland" – accepted: a Region name such as "eu-west-1" as key',
    ],
    ['no Regions', { regions: [] }, 'prices.json.regions: [] – accepted: an object'],
  ])('refuses %s', (_what, over, message) => expect(() => parse(over)).toThrow(message));

  it('refuses a price in text, of another unit, or out of all proportion', () => {
    expect(() => inIreland({ standardUsdPerGiBMonth: '0.05' })).toThrow(
      'prices.json.regions.eu-west-1.standardUsdPerGiBMonth: "0.05" – accepted: a number',
    );
    expect(() => inIreland({ standardUsdPerGbMonth: 0.05 })).toThrow('unknown key');
    expect(() => inIreland({ standardUsdPerGiBMonth: 1e5 })).toThrow('at most 10000');
  });
});
