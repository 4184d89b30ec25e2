import type { BuiltInPrices, KindPrices } from '../../core/prices/kind-prices.ts';
import { STANDARD_BUILT_IN, STANDARD_STORAGE } from './snapshot-storage.ts';
import { EARLIER_PRICE_LIST, PRICE_LIST } from './sources.ts';

/** USD for a GiB and month: gp3, gp2, io1 and io2 alike, st1, sc1, standard. */
type PerGiBMonth = readonly [
  regions: string,
  ...of: [number, number, number, number, number, number],
];

/** Of the later list. It names each Region of its own; equal ones share a row here. */
const PER_GIB_MONTH: readonly PerGiBMonth[] = [
  ['us-east-1 us-east-2 us-west-2', 0.08, 0.1, 0.125, 0.045, 0.015, 0.05],
  ['us-west-1', 0.096, 0.12, 0.138, 0.054, 0.018, 0.08],
  ['us-gov-east-1 us-gov-west-1', 0.096, 0.12, 0.15, 0.054, 0.018, 0.065],
  ['ca-central-1 ca-west-1', 0.088, 0.11, 0.138, 0.05, 0.0168, 0.055],
  ['mx-central-1', 0.084, 0.105, 0.1313, 0.0473, 0.0158, 0.053],
  ['sa-east-1', 0.152, 0.19, 0.238, 0.086, 0.0288, 0.12],
  ['eu-west-1 eu-south-2', 0.088, 0.11, 0.138, 0.05, 0.0168, 0.055],
  ['eu-west-2 eu-west-3', 0.0928, 0.116, 0.145, 0.053, 0.0174, 0.058],
  ['eu-central-1', 0.0952, 0.119, 0.149, 0.054, 0.018, 0.059],
  ['eu-central-2', 0.1142, 0.143, 0.179, 0.065, 0.022, 0.071],
  ['eu-north-1', 0.0836, 0.1045, 0.1311, 0.0475, 0.01596, 0.05225],
  ['eu-south-1', 0.0924, 0.1155, 0.1449, 0.0525, 0.01764, 0.05775],
  ['ap-northeast-1 ap-northeast-3', 0.096, 0.12, 0.142, 0.054, 0.018, 0.08],
  ['ap-northeast-2', 0.0912, 0.114, 0.1278, 0.051, 0.0174, 0.08],
  ['ap-south-1 ap-south-2', 0.0912, 0.114, 0.131, 0.051, 0.0174, 0.08],
  ['ap-southeast-1 ap-southeast-3', 0.096, 0.12, 0.138, 0.054, 0.018, 0.08],
  ['ap-southeast-2 ap-southeast-4', 0.096, 0.12, 0.138, 0.054, 0.018, 0.08],
  ['ap-southeast-5 ap-southeast-7', 0.0864, 0.108, 0.1242, 0.0486, 0.0162, 0.072],
  ['ap-southeast-6', 0.1008, 0.126, 0.1449, 0.0567, 0.0189, 0.084],
  ['ap-east-1', 0.1056, 0.132, 0.1518, 0.0594, 0.0198, 0.088],
  ['ap-east-2', 0.0864, 0.108, 0.1278, 0.0486, 0.0162, 0.072],
  ['me-south-1 me-central-1', 0.0968, 0.121, 0.1518, 0.055, 0.01848, 0.0605],
  ['il-central-1', 0.1056, 0.132, 0.1656, 0.06, 0.0202, 0.066],
  // io2: 0.1642 there, one up in its last digit, as io1 was 0.16422. See `ALL_DIGITS`.
  ['af-south-1', 0.1047, 0.1309, 0.1643, 0.0595, 0.0199, 0.06545],
];

/** Where the earlier list has more digits, and so the larger figure. */
const ALL_DIGITS: BuiltInPrices['regions'] = {
  'af-south-1': { 'volumeUsdPerGiBMonth.io1': 0.16422, 'volumeUsdPerGiBMonth.sc1': 0.019992 },
};

/** USD a month: an IOPS of gp3, of io1, of io2 by tier (null: not named), a MiB/s of gp3. */
type PerIopsMonth = readonly [
  regions: string,
  gp3: number,
  io1: number,
  io2: readonly [number, number, number] | null,
  gp3MiBps: number,
];

/** Of the earlier list; it has throughput for a GiB/s, this is a 1,024th of it. */
const PER_IOPS_MONTH: readonly PerIopsMonth[] = [
  ['us-east-1 us-east-2 us-west-2', 0.005, 0.065, [0.065, 0.0455, 0.03185], 0.04],
  ['us-west-1 ap-southeast-1 ap-southeast-2', 0.006, 0.072, [0.072, 0.0504, 0.03528], 0.048],
  ['us-gov-east-1 us-gov-west-1', 0.006, 0.078, null, 0.048],
  ['ca-central-1 eu-west-1', 0.0055, 0.072, [0.072, 0.0504, 0.03528], 0.044],
  ['sa-east-1', 0.0095, 0.091, null, 0.076],
  ['eu-west-2', 0.0058, 0.076, [0.076, 0.0532, 0.03724], 0.0464],
  ['eu-west-3', 0.0058, 0.076, null, 0.0464],
  ['eu-central-1', 0.006, 0.078, [0.078, 0.0546, 0.03822], 0.0476],
  ['eu-north-1', 0.0052, 0.0684, [0.0684, 0.04788, 0.033516], 0.0418],
  ['eu-south-1', 0.0058, 0.0756, null, 0.0462],
  ['ap-northeast-1', 0.006, 0.074, [0.074, 0.0518, 0.03626], 0.048],
  ['ap-northeast-2', 0.0057, 0.0666, [0.0666, 0.04662, 0.032634], 0.0456],
  ['ap-northeast-3', 0.006, 0.074, null, 0.048],
  ['ap-south-1', 0.0057, 0.068, [0.068, 0.0476, 0.03332], 0.0456],
  ['ap-southeast-3', 0.006, 0.072, null, 0.048],
  ['ap-east-1', 0.0066, 0.0792, [0.0792, 0.05544, 0.038808], 0.0528],
  ['me-south-1', 0.0061, 0.0792, [0.0792, 0.05544, 0.038808], 0.0484],
  ['af-south-1', 0.0065, 0.08568, null, 0.0524],
];

const ofType = (type: string, where?: Readonly<Record<string, string>>) => ({
  ...{ name: `volumeUsdPerGiBMonth.${type}`, words: `volume, ${type}`, per: 'GiB and month' },
  ...{ column: type, where: { volumeApiName: type, ...where } },
});
const iops = (type: string, words: string) => ({
  ...{ name: `volumeUsdPerIopsMonth.${type}`, words: `IOPS, ${words}`, per: 'IOPS and month' },
});

/** IOPS are those above what is free; of io2 by tier: to 32,000, to 64,000, and above. */
export const VOLUME_PRICES: KindPrices = {
  queries: [
    {
      about: 'volumes',
      serviceCode: 'AmazonEC2',
      filters: { productFamily: 'Storage' },
      unit: 'GB-Mo',
      figures: {
        'EBS:VolumeUsage.gp3': ofType('gp3'),
        'EBS:VolumeUsage.gp2': ofType('gp2'),
        'EBS:VolumeUsage.piops': ofType('io1'),
        'EBS:VolumeUsage.io2': ofType('io2'),
        'EBS:VolumeUsage.st1': ofType('st1'),
        'EBS:VolumeUsage.sc1': ofType('sc1'),
        'EBS:VolumeUsage': ofType('standard'),
      },
    },
    {
      about: 'IOPS',
      serviceCode: 'AmazonEC2',
      filters: { productFamily: 'System Operation' },
      unit: 'IOPS-Mo',
      figures: {
        'EBS:VolumeP-IOPS.gp3': iops('gp3', 'gp3'),
        'EBS:VolumeP-IOPS.piops': iops('io1', 'io1'),
        'EBS:VolumeP-IOPS.io2': iops('io2.0', 'io2 tier 1'),
        'EBS:VolumeP-IOPS.io2.tier2': iops('io2.1', 'io2 tier 2'),
        'EBS:VolumeP-IOPS.io2.tier3': iops('io2.2', 'io2 tier 3'),
      },
    },
    {
      about: 'throughput',
      serviceCode: 'AmazonEC2',
      filters: { productFamily: 'Provisioned Throughput' },
      unit: 'GiBps-mo',
      ofOurs: 1024,
      figures: {
        'EBS:VolumeP-Throughput.gp3': {
          ...{ name: 'gp3UsdPerMiBpsMonth', words: 'throughput, gp3', per: 'MiB/s and month' },
        },
      },
    },
    STANDARD_STORAGE,
  ],
  builtIn: [
    { ...PRICE_LIST, regions: byRegion(PER_GIB_MONTH, perGiBMonth) },
    { ...EARLIER_PRICE_LIST, regions: byRegion(PER_IOPS_MONTH, perIopsMonth) },
    { ...EARLIER_PRICE_LIST, regions: ALL_DIGITS },
    ...STANDARD_BUILT_IN,
  ],
};

function byRegion<R extends readonly [regions: string, ...rest: unknown[]]>(
  rows: readonly R[],
  figuresOf: (row: R) => Readonly<Record<string, number>>,
): BuiltInPrices['regions'] {
  return Object.fromEntries(
    rows.flatMap((row) => row[0].split(' ').map((region) => [region, figuresOf(row)])),
  );
}

function perGiBMonth([, gp3, gp2, io, st1, sc1, standard]: PerGiBMonth) {
  const byType = { gp3, gp2, io1: io, io2: io, st1, sc1, standard };
  return Object.fromEntries(
    Object.entries(byType).map(([type, usd]) => [`volumeUsdPerGiBMonth.${type}`, usd]),
  );
}

function perIopsMonth([, gp3, io1, io2, gp3UsdPerMiBpsMonth]: PerIopsMonth) {
  const byType = {
    gp3,
    io1,
    ...Object.fromEntries((io2 ?? []).map((usd, tier) => [`io2.${tier}`, usd])),
  };
  return {
    ...Object.fromEntries(
      Object.entries(byType).map(([type, usd]) => [`volumeUsdPerIopsMonth.${type}`, usd]),
    ),
    gp3UsdPerMiBpsMonth,
  };
}
