/** A Region as AWS's price list has it. */
export interface PricedRegion {
  readonly code: string;
  /** Before its usage types; us-east-1 has none. It isn't the Region's code. */
  readonly prefix: string;
  readonly snapshotUsd: number;
  readonly gp3Usd: number;
}

type Row = readonly [code: string, prefix: string, snapshotUsd: number, gp3Usd: number];

const ROWS: readonly Row[] = [
  ['us-east-1', '', 0.05, 0.08],
  ['us-east-2', 'USE2-', 0.05, 0.08],
  ['us-west-1', 'USW1-', 0.055, 0.096],
  ['us-west-2', 'USW2-', 0.05, 0.08],
  ['us-gov-west-1', 'UGW1-', 0.066, 0.096],
  ['us-gov-east-1', 'UGE1-', 0.066, 0.096],
  ['ca-central-1', 'CAN1-', 0.055, 0.088],
  ['ca-west-1', 'CAN2-', 0.055, 0.088],
  ['mx-central-1', 'MXC1-', 0.053, 0.084],
  ['sa-east-1', 'SAE1-', 0.068, 0.152],
  ['eu-west-1', 'EU-', 0.05, 0.088],
  ['eu-west-2', 'EUW2-', 0.053, 0.0928],
  ['eu-west-3', 'EUW3-', 0.053, 0.0928],
  ['eu-central-1', 'EUC1-', 0.054, 0.0952],
  ['eu-central-2', 'EUC2-', 0.059, 0.1142],
  ['eu-north-1', 'EUN1-', 0.0475, 0.0836],
  ['eu-south-1', 'EUS1-', 0.0525, 0.0924],
  ['eu-south-2', 'EUS2-', 0.05, 0.088],
  ['ap-northeast-1', 'APN1-', 0.05, 0.096],
  ['ap-northeast-2', 'APN2-', 0.05, 0.0912],
  ['ap-northeast-3', 'APN3-', 0.05, 0.096],
  ['ap-south-1', 'APS3-', 0.05, 0.0912],
  ['ap-south-2', 'APS5-', 0.05, 0.0912],
  ['ap-southeast-1', 'APS1-', 0.05, 0.096],
  ['ap-southeast-2', 'APS2-', 0.055, 0.096],
  ['ap-southeast-3', 'APS4-', 0.05, 0.096],
  ['ap-southeast-4', 'APS6-', 0.055, 0.096],
  ['ap-southeast-5', 'APS7-', 0.045, 0.0864],
  ['ap-southeast-6', 'APS8-', 0.0577, 0.1008],
  ['ap-southeast-7', 'APS9-', 0.045, 0.0864],
  ['ap-east-1', 'APE1-', 0.055, 0.1056],
  ['ap-east-2', 'APE2-', 0.045, 0.0864],
  ['me-south-1', 'MES1-', 0.055, 0.0968],
  ['me-central-1', 'MEC1-', 0.055, 0.0968],
  ['il-central-1', 'ILC1-', 0.06, 0.1056],
  ['af-south-1', 'AFS1-', 0.0595, 0.1047],
];

export const PRICED_REGIONS: readonly PricedRegion[] = ROWS.map(
  ([code, prefix, snapshotUsd, gp3Usd]) => ({ code, prefix, snapshotUsd, gp3Usd }),
);
