import type { ScenarioSize } from '../../simulation/scenarios/sized.ts';

/** What is measured: orgsweep in report mode, over a simulated organization of this size. */
export interface BenchCase {
  readonly name: string;
  readonly size: ScenarioSize;
  /** The most that orgsweep's process may hold resident. */
  readonly maxPeakMemoryMiB: number;
  /** The most CPU that orgsweep's process may take, in that of the smallest client: the median. */
  readonly maxCpuRatio: number;
  /** The old generation that V8 gets; without it V8 takes what the machine has to give. */
  readonly heapLimitMiB?: number;
  /** How often it is measured, each time with everything made anew. */
  readonly runs: number;
}

/** What the simulation's process tells first: how to reach what it serves. */
export interface ServedOrganization {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Execution input to start from. */
  readonly input: Record<string, unknown>;
  /** What the smallest client is told, and orgsweep has to find out. */
  readonly accounts: readonly AccountToCount[];
}

/** An account as the smallest client enters it: by a role, or with its own credentials. */
export interface AccountToCount {
  readonly roleArn: string | null;
  readonly regions: readonly string[];
}

/** What the smallest client's process has measured of itself, from its start on. */
export interface SmallestFigures {
  /** User and system time. */
  readonly cpuSeconds: number;
  /** The most that was resident at once. */
  readonly peakMemoryMiB: number;
  readonly snapshots: number;
  /** Without a volume or an AMI: what is left of it when much else is looked at is stale. */
  readonly unused: number;
}

/** Calls by `service:Operation`. */
export type Calls = Readonly<Record<string, number>>;

/** What a target holds, counted where it is made up and not by orgsweep. */
export interface TargetTruth {
  readonly snapshots: number;
  readonly stale: number;
  readonly volumes: number;
  readonly instances: number;
  readonly images: number;
  readonly publicSnapshots: number;
  /** In the archive tier. */
  readonly archivedSnapshots: number;
  /** With an expired lock too: AWS goes on listing them. */
  readonly lockedSnapshots: number;
  /** Pairs of snapshot and Availability Zone. */
  readonly fastRestores: number;
  readonly volumesInRecycleBin: number;
  readonly imagesInRecycleBin: number;
  readonly launchTemplates: number;
  /** Of each template that has versions besides its latest and its default one, how many in all. */
  readonly versionsOfTemplatesWithOthers: readonly number[];
  readonly launchConfigurations: number;
  /** Of each ECS cluster, one that has none included. */
  readonly servicesByCluster: readonly number[];
  /** null: the Region doesn't have Storage Gateway. */
  readonly gatewayVolumes: number | null;
  /** Of the Recycle Bin; all are for snapshots. */
  readonly retentionRules: number;
}

/** What the simulation's process has counted by the end of a sweep. */
export interface SimulationFigures {
  readonly cpuSeconds: number;
  /** All calls, those answered with an error included. */
  readonly calls: Calls;
  readonly throttled: Calls;
  /** By `<account id>/<Region>`. */
  readonly callsByTarget: Readonly<Record<string, Calls>>;
  readonly truthByTarget: Readonly<Record<string, TargetTruth>>;
  readonly storageGatewayRegions: number;
}

/** What the sweep's process has measured of itself, from its start on. */
export interface SweepFigures {
  readonly wallSeconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** The part of `cpuSeconds` that loading Node, the SDK and orgsweep took. */
  readonly startUpCpuSeconds: number;
  /** The most that was resident at once. */
  readonly peakMemoryMiB: number;
  readonly transitions: number;
  readonly largestStateBytes: number;
  readonly status: string;
  readonly snapshots: number;
  readonly stale: number;
}

/** One sweep over one organization, and after it the smallest client over the same. */
export interface Run {
  readonly sweep: SweepFigures;
  readonly smallest: SmallestFigures;
  readonly simulation: SimulationFigures;
}
