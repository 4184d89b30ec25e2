import { PRICED_REGIONS, type PricedRegion } from './regions.ts';

/** A product of AWS's price list: what it is, and what it costs by tier. */
export interface PricedProduct {
  readonly serviceCode: string;
  readonly productFamily: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  /** USD, from the first tier up. */
  readonly tiers: readonly number[];
}

/** What a GiB of it costs beside one of gp3, and how its usage type ends. */
const VOLUMES = [
  ['gp3', '.gp3', 1],
  ['gp2', '.gp2', 1.25],
  ['io1', '.piops', 1.5625],
  ['io2', '.io2', 1.5625],
  ['st1', '.st1', 0.5625],
  ['sc1', '.sc1', 0.1875],
  ['standard', '', 0.625],
] as const;

/** All that the Price List API has of these services. */
export const PRODUCTS: readonly PricedProduct[] = [
  ...PRICED_REGIONS.flatMap(ofRegion),
  ...ofZones(),
];

function ofRegion(region: PricedRegion): PricedProduct[] {
  const { snapshotUsd, gp3Usd, prefix, code } = region;
  const here = { regionCode: code, location: code, locationType: 'AWS Region' };
  const of = (
    productFamily: string,
    usagetype: string,
    unit: string,
    tiers: readonly number[],
    attributes: Readonly<Record<string, string>> = {},
    serviceCode = 'AmazonEC2',
  ): PricedProduct => ({
    ...{ serviceCode, productFamily, unit, tiers: tiers.map(rounded) },
    attributes: { ...here, usagetype: `${prefix}${usagetype}`, ...attributes },
  });
  const snapshot = (usagetype: string, usd: number) =>
    of('Storage Snapshot', usagetype, 'GB-Mo', [usd], { storageMedia: 'Amazon S3' });
  const iops = (type: string, end: string, usd: number, group: string) =>
    of('System Operation', `EBS:VolumeP-IOPS.${end}`, 'IOPS-Mo', [usd], {
      volumeApiName: type,
      group,
    });
  return [
    // The archive's rows are in the same family; which row is the first, nobody can say.
    snapshot('EBS:SnapshotArchiveStorage', snapshotUsd / 4),
    snapshot('EBS:SnapshotArchiveRetrieval', 0.03),
    snapshot('EBS:SnapshotArchiveEarlyDelete', snapshotUsd / 4),
    snapshot('EBS:SnapshotUsage', snapshotUsd),
    snapshot('EBS:SnapshotUsageUnderBilling', 0),
    of('Storage Snapshot', 'EBS:SnapshotUsage.outposts', 'GB-Mo', [snapshotUsd * 3], {
      locationType: 'AWS Outposts',
    }),
    of('Fast Snapshot Restore', 'EBS:FastSnapshotRestore', 'DSU-Hours', [15 * snapshotUsd]),
    ...VOLUMES.flatMap(([type, end, times]) => {
      const usd = gp3Usd * times;
      const named = { volumeApiName: type };
      return [
        // The first GiB of magnetic volumes are the free tier's.
        of(
          'Storage',
          `EBS:VolumeUsage${end}`,
          'GB-Mo',
          type === 'standard' ? [0, usd] : [usd],
          named,
        ),
        of('Storage', `EBS:VolumeUsage${end}UnderBilling`, 'GB-Mo', [0], named),
      ];
    }),
    of('Storage', 'EBS:VolumeUsage.gp2.outposts', 'GB-Mo', [0.3], {
      ...{ volumeApiName: 'gp2', locationType: 'AWS Outposts' },
    }),
    iops('gp3', 'gp3', gp3Usd / 16, 'EBS IOPS'),
    iops('io1', 'piops', 0.8125 * gp3Usd, 'EBS IOPS'),
    iops('io2', 'io2', 0.8125 * gp3Usd, 'EBS IOPS Tier 1'),
    iops('io2', 'io2.tier2', 0.8125 * gp3Usd * 0.7, 'EBS IOPS Tier 2'),
    iops('io2', 'io2.tier3', 0.8125 * gp3Usd * 0.49, 'EBS IOPS Tier 3'),
    of('System Operation', 'EBS:VolumeIOUsage', 'IOs', [0.00000005], { volumeApiName: 'standard' }),
    of('Provisioned Throughput', 'EBS:VolumeP-Throughput.gp3', 'GiBps-mo', [512 * gp3Usd], {
      volumeApiName: 'gp3',
    }),
    ...['IdleAddress', 'InUseAddress'].map((use) =>
      of(
        'IP Address',
        `PublicIPv4:${use}`,
        'Hrs',
        use === 'InUseAddress' ? [0, 0.005] : [0.005],
        { group: 'VPCPublicIPv4Address' },
        'AmazonVPC',
      ),
    ),
    of('EC2 Container Registry', 'TimedStorage-ByteHrs', 'GB-Mo', [0, 0.1], {}, 'AmazonECR'),
  ];
}

/** As AWS's own figures: with few digits. */
function rounded(usd: number): number {
  return usd < 0.0001 ? usd : Number(usd.toFixed(6));
}

/** Local Zones have the code of their Region, and prices of their own. */
function ofZones(): PricedProduct[] {
  const here = {
    ...{ regionCode: 'us-west-2', location: 'US West (Los Angeles)' },
    locationType: 'AWS Local Zone',
  };
  return [
    {
      ...{ serviceCode: 'AmazonEC2', productFamily: 'Storage Snapshot', unit: 'GB-Mo' },
      ...{ tiers: [0.066], attributes: { ...here, usagetype: 'LAX1-EBS:SnapshotUsage' } },
    },
    {
      ...{ serviceCode: 'AmazonEC2', productFamily: 'Storage', unit: 'GB-Mo', tiers: [0.12] },
      attributes: { ...here, usagetype: 'LAX1-EBS:VolumeUsage.gp2', volumeApiName: 'gp2' },
    },
  ];
}
