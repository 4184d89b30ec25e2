import { PRICES } from '../../../kinds/registry.ts';
import { readPrices } from '../../../steps/prepare/prices.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

async function readFrom(body?: string) {
  const store = makeMemoryStore();
  if (body !== undefined) await store.put('prices.json', body);
  return readPrices(store, PRICES);
}

describe('the prices in force', () => {
  it('are the built-in ones where the store has none', async () =>
    expect(await readFrom()).toEqual({ prices: PRICES.builtIn, failure: null }));

  it("are the store's own where it has some, and no built-in one beside them", async () => {
    const own = {
      schemaVersion: 1 as const,
      asOf: '2026-11-01',
      source: 'https://prices.example.com/2026-11',
      regions: { 'eu-west-1': { standardUsdPerGiBMonth: 0.04 } },
    };
    expect(await readFrom(JSON.stringify(own))).toEqual({ prices: own, failure: null });
  });

  it.each([
    ['not json', 'prices.json: "not json" – accepted: a JSON object'],
    ['', 'prices.json: "" – accepted: a JSON object'],
    ['[]', 'prices.json: [] – accepted: an object'],
    [
      '{"schemaVersion":1,"regions":{"eu-west-1":{},"eu-west-1":{}}}',
      'prices.json: regions.eu-west-1 is given twice, at line 1, column 31 and at',
    ],
    ['\uFEFF{"schemaVersion":1}', 'prices.json.asOf: missing – accepted: a date'],
    ['\uFFFD\uFFFD{\u0000}\u0000', 'prices.json: not UTF-8 – accepted: text in UTF-8'],
    ['{"schemaVersion":1}', 'prices.json.asOf: missing – accepted: a date'],
  ])('are the built-in ones where they read %j, and the reason is told', async (body, why) => {
    const { prices, failure } = await readFrom(body);
    expect(prices).toBe(PRICES.builtIn);
    expect(failure).toContain(why);
  });
});
