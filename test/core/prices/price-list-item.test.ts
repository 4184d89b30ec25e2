import { PricesNotBelieved, readOffer } from '../../../core/prices/price-list-item.ts';
import { priceListItem as item, queryAbout } from '../../support/aws/price-list.ts';

const snapshots = queryAbout('snapshots');
const volumes = queryAbout('volumes');
const standard = { usagetype: 'EU-EBS:SnapshotUsage' };
const read = (text: string) => readOffer(snapshots, text);

describe('an item of the price list', () => {
  it('is a price of a Region, with its day and the version of the list', () =>
    expect(read(item(standard))).toEqual({
      ...{ region: 'eu-west-1', figure: 'standardUsdPerGiBMonth', usd: 0.05 },
      ...{ effective: '2026-11-01', serviceCode: 'AmazonEC2', version: '20261111180507' },
    }));

  it.each(['EBS:SnapshotUsage', 'USE2-EBS:SnapshotUsage', 'APS10-EBS:SnapshotUsage'])(
    'is known by its whole usage type, whatever stands before it: %s',
    (usagetype) => expect(read(item({ usagetype }))?.figure).toBe('standardUsdPerGiBMonth'),
  );

  it('of the Region that its code names: what stands before the usage type is no code', () => {
    const mumbai = { usagetype: 'APS3-EBS:SnapshotUsage', regionCode: 'ap-south-1' };
    expect(read(item(mumbai))?.region).toBe('ap-south-1');
  });

  it('of the archive is another price, though it is in the same family', () =>
    expect(read(item({ usagetype: 'EU-EBS:SnapshotArchiveStorage' }))?.figure).toBe(
      'archiveUsdPerGiBMonth',
    ));

  it.each([
    ['EU-EBS:SnapshotArchiveRetrieval', 'AWS Region'],
    ['EU-EBS:SnapshotArchiveEarlyDelete', 'AWS Region'],
    ['EU-EBS:SnapshotUsageUnderBilling', 'AWS Region'],
    ['EU-EBS:SnapshotUsage.outposts', 'AWS Region'],
    ['EU-EBS:SnapshotUsage', 'AWS Outposts'],
    ['LAX1-EBS:SnapshotUsage', 'AWS Local Zone'],
    ['WL1-EBS:SnapshotUsage', 'AWS Wavelength Zone'],
    ['Outposts-EBS:SnapshotUsage', 'AWS Region'],
    ['constructor', 'AWS Region'],
  ])('is none of those asked for: %s in an %s', (usagetype, locationType) =>
    expect(read(item({ usagetype, locationType }))).toBeUndefined(),
  );

  it.each([
    ['EU-EBS:VolumeUsage.gp3', 'gp3', 'volumeUsdPerGiBMonth.gp3'],
    ['EU-EBS:VolumeUsage.piops', 'io1', 'volumeUsdPerGiBMonth.io1'],
    ['EU-EBS:VolumeUsage', 'standard', 'volumeUsdPerGiBMonth.standard'],
    ['EU-EBS:VolumeUsage.gp3', 'gp2', undefined],
    ['EU-EBS:VolumeUsage.gp9', 'gp9', undefined],
  ])(
    'of a volume is what both its usage type and its type say: %s, %s',
    (usagetype, type, figure) =>
      expect(readOffer(volumes, item({ usagetype, volumeApiName: type }))?.figure).toBe(figure),
  );

  it('of throughput is for a MiB/s, where AWS has it for a GiB/s', () => {
    const text = item({ usagetype: 'EBS:VolumeP-Throughput.gp3' }, '40.9600000000', {
      unit: 'GiBps-mo',
    });
    expect(readOffer(queryAbout('throughput'), text)?.usd).toBeCloseTo(0.04, 12);
  });
});

describe('tiers', () => {
  it('of nothing, at the beginning, are what is free and not the price', () => {
    const tiers = [
      ['30', '0.05'],
      ['0', '0.0000000000'],
      ['10', '0.0'],
    ] as const;
    expect(read(item(standard, tiers))?.usd).toBe(0.05);
  });

  it('that are all nothing are the price, which nobody believes then', () =>
    expect(read(item(standard, '0.0000000000'))?.usd).toBe(0));

  it('of two prices: none is chosen', () =>
    expect(() =>
      read(
        item(standard, [
          ['0', '0.05'],
          ['50', '0.04'],
        ]),
      ),
    ).toThrow('snapshots: EU-EBS:SnapshotUsage has 2 prices (0.05, 0.04 USD): none is chosen'));
});

describe('an item that is not as it should be', () => {
  it.each([
    ['no JSON', '{"product":', 'snapshots: an item is not JSON: "{\\"product\\":"'],
    ['no product', '{}', "snapshots: an item can't be read (product: "],
    ['no Region', item({ ...standard, regionCode: undefined }), 'which is no Region'],
    ['no terms', item(standard, '0.05', { terms: {} }), "can't be read (terms.OnDemand: "],
    ['no price', item(standard, []), 'EU-EBS:SnapshotUsage has no price'],
    ['a negative price', item(standard, '-0.05'), "can't be read (terms.OnDemand."],
    [
      'another unit',
      item(standard, '0.05', { unit: 'TB-Mo' }),
      'is priced by "TB-Mo"; expected: GB-Mo',
    ],
    ['no version', item(standard, '0.05', { version: '../..' }), "can't be read (version: "],
  ])('is refused, and named: %s', (_what, text, message) => {
    expect(() => read(text)).toThrow(PricesNotBelieved);
    expect(() => read(text)).toThrow(message);
  });

  it('in another currency is refused', () => {
    const yuan = item(standard).replace('"USD"', '"CNY"');
    expect(() => read(yuan)).toThrow('pricePerUnit.USD');
  });
});
