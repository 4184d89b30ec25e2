import type { KindCounts } from '../../../core/outcome/outcome.ts';
import type { PriceTable } from '../../../core/prices/price-table.ts';
import { pricesUsed, sourceOf } from '../../../core/prices/sources.ts';
import { PRICES } from '../../../kinds/registry.ts';

const OF_TABLE = { asOf: '2026-09-01', source: 'https://prices.example.com/table' };
const OF_REGION = { asOf: '2026-10-15', source: 'https://prices.example.com/ireland' };
const OF_FIGURE = { asOf: '2022-02-10', source: 'https://prices.example.com/figure' };

const TABLE: PriceTable = {
  schemaVersion: 1,
  ...OF_TABLE,
  regions: {
    'us-east-1': { standardUsdPerGiBMonth: 0.05, archiveUsdPerGiBMonth: 0.0125 },
    'eu-west-1': { standardUsdPerGiBMonth: 0.05, volumeUsdPerGiBMonth: { io1: 0.1 }, ...OF_REGION },
  },
  sources: [
    {
      ...OF_FIGURE,
      figures: {
        'us-east-1': ['archiveUsdPerGiBMonth', 'fastRestoreUsdPerZoneHour'],
        'eu-west-1': ['volumeUsdPerGiBMonth.io1'],
      },
    },
  ],
};

const counts = (over: Partial<KindCounts> = {}): KindCounts => ({
  ...{ resources: 1, verdicts: { STALE: 0, KEEP: 1, UNKNOWN: 0 }, reasons: {} },
  ...{ staleGiB: 0, staleMonthlyCostUsdUpTo: 0, unpricedGiB: 0, unpricedUnsized: 0 },
  ...{ staleUnsharedMonthlyCostUsdUpTo: 0, staleByTier: {}, staleByAge: {}, extraCharges: {} },
  ...over,
});
const seen = (region: string | null, over: Partial<KindCounts> = {}) => ({
  region,
  kinds: { 'ebs-snapshot': counts(over) },
});
const archived = {
  staleByTier: {
    archive: {
      ...{
        stale: 1,
        inMinimum: 0,
        sizeGiB: 1,
        monthlyCostUsdUpTo: 0.02,
        unpricedGiB: 0,
        unpricedUnsized: 0,
      },
      unsharedMonthlyCostUsdUpTo: 0.02,
    },
  },
};

const usedIn = (outcomes: Parameters<typeof pricesUsed>[1]) => pricesUsed(TABLE, outcomes, PRICES);

describe('the source of a figure', () => {
  it.each([
    ['us-east-1', 'standardUsdPerGiBMonth', OF_TABLE],
    ['us-east-1', 'archiveUsdPerGiBMonth', OF_FIGURE],
    ['eu-west-1', 'standardUsdPerGiBMonth', OF_REGION],
    ['eu-west-1', 'volumeUsdPerGiBMonth.io1', OF_FIGURE],
    ['eu-west-1', 'volumeUsdPerGiBMonth.io12', OF_REGION],
    ['eu-west-2', 'standardUsdPerGiBMonth', OF_TABLE],
  ])('of %s %s is the nearest one', (region, figure, source) =>
    expect(sourceOf(TABLE, region, figure)).toEqual(source),
  );
});

describe('the prices that were used', () => {
  it('are of the table where nothing was seen', () => {
    expect(usedIn([])).toEqual(OF_TABLE);
    expect(usedIn([seen(null), seen('eu-west-1', { resources: 0 })])).toEqual(OF_TABLE);
  });

  it('are of the source of what was seen, and no other', () => {
    expect(usedIn([seen('us-east-1')])).toEqual(OF_TABLE);
    expect(usedIn([seen('eu-west-1'), seen('eu-west-1')])).toEqual(OF_REGION);
  });

  it('are as old as the oldest of them, and tell how many other sources there are', () =>
    expect(usedIn([seen('us-east-1', archived), seen('eu-west-1')])).toEqual({
      ...OF_FIGURE,
      moreSources: 2,
    }));

  it('are of no source whose figure is not there', () => {
    const fastRestore = { resources: 1, units: 1, monthlyCostUsdUpTo: 0, unpricedUnits: 1 };
    const extraCharges = { 'fast-restore': fastRestore };
    expect(usedIn([seen('us-east-1', { extraCharges })])).toEqual(OF_TABLE);
  });
});
