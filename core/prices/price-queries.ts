/** One question to AWS's Price List API: it brings a price of all Regions. */
export interface PriceQuery {
  /** For people. */
  readonly about: string;
  readonly serviceCode: string;
  /** All of them have to match, to the letter. */
  readonly filters: Readonly<Record<string, string>>;
  /** AWS's own unit, which may change its case. */
  readonly unit: string;
  /** How many of our units are in one of AWS's. */
  readonly ofOurs?: number;
  /** Figures of a `RegionPrices`, by usage type without the Region's prefix. */
  readonly figures: Readonly<Record<string, string>>;
}

const family = (productFamily: string) => ({ productFamily });

/**
 * No Region is in the filters: what AWS puts before a usage type isn't the Region's code (APS1 is
 * ap-southeast-1), and one question brings them all. Public IPv4 is in another service than the rest
 * of EC2's.
 */
export const PRICE_QUERIES: readonly PriceQuery[] = [
  {
    about: 'snapshots',
    serviceCode: 'AmazonEC2',
    filters: family('Storage Snapshot'),
    unit: 'GB-Mo',
    figures: {
      'EBS:SnapshotUsage': 'standardUsdPerGiBMonth',
      'EBS:SnapshotArchiveStorage': 'archiveUsdPerGiBMonth',
    },
  },
  {
    about: 'fast restore',
    serviceCode: 'AmazonEC2',
    filters: family('Fast Snapshot Restore'),
    unit: 'DSU-Hours',
    figures: { 'EBS:FastSnapshotRestore': 'fastRestoreUsdPerZoneHour' },
  },
  {
    about: 'volumes',
    serviceCode: 'AmazonEC2',
    filters: family('Storage'),
    unit: 'GB-Mo',
    figures: {
      'EBS:VolumeUsage.gp3': 'volumeUsdPerGiBMonth.gp3',
      'EBS:VolumeUsage.gp2': 'volumeUsdPerGiBMonth.gp2',
      'EBS:VolumeUsage.piops': 'volumeUsdPerGiBMonth.io1',
      'EBS:VolumeUsage.io2': 'volumeUsdPerGiBMonth.io2',
      'EBS:VolumeUsage.st1': 'volumeUsdPerGiBMonth.st1',
      'EBS:VolumeUsage.sc1': 'volumeUsdPerGiBMonth.sc1',
      'EBS:VolumeUsage': 'volumeUsdPerGiBMonth.standard',
    },
  },
  {
    about: 'IOPS',
    serviceCode: 'AmazonEC2',
    filters: family('System Operation'),
    unit: 'IOPS-Mo',
    figures: {
      'EBS:VolumeP-IOPS.gp3': 'volumeUsdPerIopsMonth.gp3',
      'EBS:VolumeP-IOPS.piops': 'volumeUsdPerIopsMonth.io1',
      'EBS:VolumeP-IOPS.io2': 'volumeUsdPerIopsMonth.io2.0',
      'EBS:VolumeP-IOPS.io2.tier2': 'volumeUsdPerIopsMonth.io2.1',
      'EBS:VolumeP-IOPS.io2.tier3': 'volumeUsdPerIopsMonth.io2.2',
    },
  },
  {
    about: 'throughput',
    serviceCode: 'AmazonEC2',
    filters: family('Provisioned Throughput'),
    unit: 'GiBps-mo',
    ofOurs: 1024,
    figures: { 'EBS:VolumeP-Throughput.gp3': 'gp3UsdPerMiBpsMonth' },
  },
  {
    about: 'public IPv4',
    serviceCode: 'AmazonVPC',
    filters: { group: 'VPCPublicIPv4Address' },
    unit: 'Hrs',
    figures: { 'PublicIPv4:IdleAddress': 'publicIpv4UsdPerHour' },
  },
  {
    about: 'ECR',
    serviceCode: 'AmazonECR',
    filters: family('EC2 Container Registry'),
    unit: 'GB-Mo',
    figures: { 'TimedStorage-ByteHrs': 'ecrUsdPerGiBMonth' },
  },
];
