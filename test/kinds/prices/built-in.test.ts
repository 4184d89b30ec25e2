import { RegionInfo } from 'aws-cdk-lib/region-info';
import { REGIONS_WITHOUT_OPT_IN } from '../../../core/input/account-regions.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { usdOf } from '../../../core/prices/figures.ts';
import { sourceOf } from '../../../core/prices/sources.ts';
import { DEFAULT_REGIONS } from '../../../simulation/scenarios/layout.ts';

/** CDK knows it; in AWS's price list of the table's day it isn't. */
const NOT_OPEN_YET = ['me-west-1'];

/** As EC2 names them. */
const VOLUME_TYPES = ['gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1', 'standard'] as const;

const { regions } = PRICES.builtIn;

const known = [
  ...RegionInfo.regions
    .filter(({ partition }) => partition === 'aws' || partition === 'aws-us-gov')
    .map(({ name }) => name),
  ...REGIONS_WITHOUT_OPT_IN,
  ...DEFAULT_REGIONS,
  // China's prices are in yuan, the table's in dollars.
].filter((region) => !region.startsWith('cn-') && !NOT_OPEN_YET.includes(region));

describe('the built-in prices', () => {
  it('are a table as anybody may write one', () =>
    expect(PRICES.table.parse(PRICES.builtIn)).toEqual(PRICES.builtIn));

  it.each([...new Set(known)].toSorted())(
    'have snapshots, volumes by type and public IPv4 of %s',
    (region) => {
      const figures = VOLUME_TYPES.map((type) => `volumeUsdPerGiBMonth.${type}`);
      const told = ['standardUsdPerGiBMonth', 'publicIpv4UsdPerHour', ...figures].map((figure) =>
        usdOf(PRICES.builtIn, region, figure),
      );
      expect(told.filter((usd) => usd === null || usd <= 0)).toEqual([]);
    },
  );

  it('know no Region that AWS does not have', () =>
    expect(Object.keys(regions).filter((region) => !known.includes(region))).toEqual([]));

  it('are near those of us-east-1, as a misplaced decimal point would not be', () => {
    const far = Object.entries(regions).flatMap(([region, of]) =>
      figuresOf(of)
        .filter(([figure, usd]) => {
          const [, home] = figuresOf(regions['us-east-1']).find(([name]) => name === figure) ?? [];
          return home === undefined || usd < 0.5 * home || usd > 2.5 * home;
        })
        .map(([figure, usd]) => `${region} ${figure} ${usd}`),
    );
    expect(far).toEqual([]);
  });

  it('have archive tier and fast restore where a page of AWS names the Region', () =>
    expect(
      Object.entries(regions)
        .filter(([, of]) => of.archiveUsdPerGiBMonth ?? of.fastRestoreUsdPerZoneHour)
        .map(([region]) => region),
    ).toEqual(['us-east-1']));

  it('take the larger of two figures that differ in their digits', () =>
    expect(regions['af-south-1']?.volumeUsdPerGiBMonth).toMatchObject({
      ...{ io1: 0.16422, io2: 0.1643, sc1: 0.019992 },
    }));

  it('have throughput for a MiB/s, where AWS lists it for a GiB/s', () =>
    expect(regions['eu-central-1']?.gp3UsdPerMiBpsMonth).toBe(48.7424 / 1024));
});

describe('a figure of the built-in prices', () => {
  const ofUsEast1 = (figure: string) => sourceOf(PRICES.builtIn, 'us-east-1', figure);

  it('has a source and a day: a page of AWS where one names it', () => {
    expect(ofUsEast1('archiveUsdPerGiBMonth').source).toMatch(
      /^https:\/\/docs\.aws\.amazon\.com\//,
    );
    expect(ofUsEast1('fastRestoreUsdPerZoneHour').asOf).toBe('2026-11-21');
    expect(ofUsEast1('volumeUsdPerGiBMonth.gp3').asOf).toBe('2026-09-27');
  });

  it('of another file than its neighbour has that one as its source', () => {
    const inCapeTown = (figure: string) => sourceOf(PRICES.builtIn, 'af-south-1', figure).asOf;
    expect(inCapeTown('volumeUsdPerGiBMonth.io1')).toBe('2022-02-10');
    expect(inCapeTown('volumeUsdPerGiBMonth.io2')).toBe('2026-09-27');
    expect(inCapeTown('volumeUsdPerIopsMonth.io1')).toBe('2022-02-10');
  });

  it('is at a commit, where it is a file on GitHub', () => {
    const all = [PRICES.builtIn, ...(PRICES.builtIn.sources ?? [])];
    for (const { source } of all) {
      expect(source).toMatch(
        /^https:\/\/(docs\.aws\.amazon\.com\/|github\.com\/[\w-]+\/[\w-]+\/blob\/[0-9a-f]{40}\/)/,
      );
    }
  });
});

function figuresOf(of: object | undefined, before = ''): [string, number][] {
  return Object.entries(of ?? {}).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'number'
      ? [[`${before}${key}`, value] as [string, number]]
      : typeof value === 'object' && value !== null
        ? figuresOf(value, `${before}${key}.`)
        : [],
  );
}
