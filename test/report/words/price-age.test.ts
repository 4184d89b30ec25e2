import { makeSummary } from '../../../core/summary/make-summary.ts';
import { oldPricesInWords, priceStep } from '../../../report/words/price-age.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { parseArguments } from '../../../local/cli/arguments.ts';
import { anOutcome, KIND, someCounts } from '../../support/summaries/builders.ts';
import { anEndedExecution } from '../../support/summaries/summaries.ts';

const SOURCE = 'https://prices.example.com/';
const startedAt = '2026-11-21T06:00:00.000Z';
const of = (asOf: string) => ({ startedAt, prices: { asOf, source: SOURCE } });

const tier = (unpricedGiB: number) => ({
  ...{
    stale: 1,
    inMinimum: 0,
    sizeGiB: 2048,
    monthlyCostUsdUpTo: 1,
    unpricedGiB,
    unpricedUnsized: 0,
  },
  unsharedMonthlyCostUsdUpTo: 1,
});
const summaryWith = (unpriced: Record<string, number>, given: Partial<Summary> = {}): Summary => {
  const unpricedGiB = Object.values(unpriced).reduce((a, b) => a + b, 0);
  const counts = someCounts({
    ...{ resources: 9, verdicts: { STALE: 6, KEEP: 3, UNKNOWN: 0 }, staleGiB: 4096 },
    ...{ staleMonthlyCostUsdUpTo: 2, unpricedGiB },
    staleByTier: Object.fromEntries(
      Object.entries(unpriced).map(([name, GiB]) => [name, tier(GiB)]),
    ),
  });
  const ended = anEndedExecution({ outcomes: [anOutcome({ kinds: { [KIND]: counts } })] });
  return { ...makeSummary(ended), ...of('2026-09-27'), ...given };
};
const commandOf = (summary: Summary) => priceStep(summary)?.command.command;

describe('the age of prices', () => {
  it('is worth a sentence after 90 days', () => {
    expect(oldPricesInWords(of('2026-08-23'))).toBeUndefined();
    expect(oldPricesInWords(of('2026-08-22'))).toBe('The prices are 91 days old (2026-08-22).');
    expect(oldPricesInWords({ startedAt, prices: null })).toBeUndefined();
  });

  it('is a thing to do then, also where everything has a price', () => {
    expect(priceStep(summaryWith({ standard: 0 }))).toBeUndefined();
    expect(priceStep(summaryWith({ standard: 0 }, of('2026-05-01')))).toMatchObject({
      title: 'Update the prices',
      what: 'Update the prices. The prices are 204 days old (2026-05-01).',
      command: { command: expect.stringContaining('orgsweep prices --update') },
    });
  });
});

describe('prices that are missing', () => {
  it('are named by tier where it is the archive alone', () => {
    expect(priceStep(summaryWith({ archive: 2048, standard: 0 }))?.what).toBe(
      'Add prices for the archive tier in 1 Region (2 TiB unpriced).',
    );
    expect(
      priceStep(summaryWith({ archive: 1024, standard: 1024 }, of('2026-05-01'))),
    ).toMatchObject({
      title: 'Add prices',
      what: 'Add prices for 1 Region (2 TiB unpriced).',
      why: 'The prices are 204 days old (2026-05-01).',
    });
  });

  it('of things without a size are missing too, and those of a kind that has none are not', () => {
    const unsized = someCounts({ resources: 3, unpricedUnsized: 3 });
    const kinds = { [KIND]: someCounts({ unpricedGiB: 8 }), address: unsized };
    const summaryOf = (kindsWithoutPrices: string[]) => ({
      ...makeSummary(anEndedExecution({ outcomes: [anOutcome({ kinds })], kindsWithoutPrices })),
      ...of('2026-09-27'),
    });
    expect(priceStep(summaryOf([]))?.what).toBe(
      'Add prices for 1 Region (8 GiB and 3 resources unpriced).',
    );
    expect(priceStep(summaryOf(['address']))?.what).toBe(
      'Add prices for 1 Region (8 GiB unpriced).',
    );
    expect(priceStep(summaryOf(['address', KIND]))).toBeUndefined();
  });

  it.each([
    [{ hubName: '/orgsweep/hub' }, 'orgsweep prices --update --hub'],
    [{ hubName: '/team/hub' }, 'orgsweep prices --update --hub=/team/hub'],
    [
      { hubName: null, location: '/home/ada/out/executions/e1' },
      'orgsweep prices --update --out /home/ada/out',
    ],
    [{ hubName: null, location: 's3://b/executions/e1/' }, 'orgsweep prices --update'],
    [{ hubName: null, location: '/elsewhere' }, 'orgsweep prices --update'],
  ])('can be had by a command that leads to the same place: %j', (ran, command) => {
    const given = commandOf(
      summaryWith({ archive: 8 }, { executionId: 'e1', startedBy: null, ...ran }),
    );
    expect(given).toBe(command);
    expect(() => parseArguments(command.split(' ').slice(1))).not.toThrow();
  });
});
