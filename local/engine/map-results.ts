import { randomUUID } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import type { Execution, ExecutionOutcome } from './engine.ts';
import { StatesError } from './states-error.ts';

/** How one child ended, as AWS's ResultWriter writes it: input and output are JSON in strings. */
export interface ChildRecord {
  readonly Name: string;
  readonly Status: 'SUCCEEDED' | 'FAILED' | 'PENDING';
  readonly Input: string;
  readonly Output?: string;
  readonly Error?: string;
  readonly Cause?: string;
}

/** Without an outcome: the child was never started. */
export function toChildRecord(
  { name, input }: Pick<Execution, 'name' | 'input'>,
  outcome?: ExecutionOutcome,
): ChildRecord {
  const child = { Name: name, Input: JSON.stringify(input) };
  if (outcome === undefined) return { ...child, Status: 'PENDING' };
  return outcome.status === 'SUCCEEDED'
    ? { ...child, Status: 'SUCCEEDED', Output: JSON.stringify(outcome.output) }
    : { ...child, Status: 'FAILED', ...outcome.error };
}

export interface MapResults {
  readonly bucket: string;
  readonly prefix: string;
  readonly label: string;
  readonly parentName: string;
  readonly records: readonly ChildRecord[];
}

/**
 * Writes `<prefix>/<uuid>/manifest.json` and, for each status that occurs, `<STATUS>_0.json`.
 *
 * @returns the output of the Map state: where they are
 */
export async function writeMapResults(store: Store, results: MapResults) {
  const run = randomUUID();
  const folder = `${results.prefix}/${run}`;
  const MapRunArn = `arn:local:states:::mapRun:${results.parentName}/${results.label}:${run}`;
  const files = { FAILED: [], PENDING: [], SUCCEEDED: [] } as Record<
    ChildRecord['Status'],
    { Key: string; Size: number }[]
  >;
  try {
    for (const status of ['FAILED', 'PENDING', 'SUCCEEDED'] as const) {
      const records = results.records.filter((record) => record.Status === status);
      if (records.length === 0) continue;
      const body = JSON.stringify(records);
      const Key = `${folder}/${status}_0.json`;
      await store.put(Key, body);
      files[status].push({ Key, Size: Buffer.byteLength(body) });
    }
    const Key = `${folder}/manifest.json`;
    const manifest = { DestinationBucket: results.bucket, MapRunArn, ResultFiles: files };
    await store.put(Key, JSON.stringify(manifest));
    return { MapRunArn, ResultWriterDetails: { Bucket: results.bucket, Key } };
  } catch (error) {
    throw new StatesError('States.ResultWriterFailed', (error as Error).message);
  }
}
