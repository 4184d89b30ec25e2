import pMap from 'p-map';
import type { DistributedMapState } from '../../statemachine/asl.ts';
import type { Engine, Execution, ExecutionOutcome } from './engine.ts';
import { makeTemplate } from './interpreter.ts';
import { type ChildRecord, toChildRecord, writeMapResults } from './map-results.ts';
import { StatesError } from './states-error.ts';

export interface MapRun {
  readonly name: string;
  readonly map: DistributedMapState;
  readonly input: unknown;
  readonly parent: Execution;
  readonly runChild: (child: Execution) => Promise<ExecutionOutcome>;
}

/**
 * Carries out a Map in DISTRIBUTED mode as Step Functions does: every item of the JSONL object is
 * the input of an execution of its own, and how those ended goes to the store, not into the state.
 *
 * @returns where the results are
 * @throws {StatesError} States.ItemReaderFailed, States.ResultWriterFailed, or
 *   States.ExceedToleratedFailureThreshold once more children failed than are tolerated
 */
export async function runDistributedMap({ name, map, input, parent, runChild }: MapRun) {
  const { engine } = parent;
  const context = { Execution: { Name: parent.name } };
  const reader = await makeTemplate(map.ItemReader.Parameters)(input, context);
  const writer = await makeTemplate(map.ResultWriter.Parameters)(input, context);
  const items = await readItems(engine, String(reader['Key']));
  engine.onProgress?.({ type: 'MapStarted', map: name, items: items.length });

  const selectItem = makeTemplate(map.ItemSelector);
  const tolerated = (items.length * map.ToleratedFailurePercentage) / 100;
  let failed = 0;
  const runItem = async (item: unknown, index: number): Promise<ChildRecord> => {
    const child = {
      machine: map.ItemProcessor,
      name: `${parent.name}:${map.Label}:${index}`,
      input: await selectItem(input, { ...context, Map: { Item: { Index: index, Value: item } } }),
      engine,
      measure: parent.measure,
      map: name,
    };
    if (failed > tolerated || engine.signal?.aborted) return toChildRecord(child);
    const outcome = await runChild(child);
    if (outcome.status === 'FAILED') failed += 1;
    engine.onProgress?.({ type: 'ItemEnded', map: name, index, status: outcome.status });
    return toChildRecord(child, outcome);
  };
  const records = await pMap(items, runItem, {
    concurrency: Math.min(map.MaxConcurrency, parent.engine.maxChildren ?? Infinity),
  });

  const result = await writeMapResults(engine.store, {
    bucket: String(writer['Bucket']),
    prefix: String(writer['Prefix']),
    label: map.Label,
    parentName: parent.name,
    records,
  });
  if (failed > tolerated) {
    throw new StatesError(
      'States.ExceedToleratedFailureThreshold',
      `${failed} of ${items.length} items failed, more than ${map.ToleratedFailurePercentage} percent.`,
    );
  }
  return result;
}

async function readItems(engine: Engine, key: string): Promise<unknown[]> {
  const items: unknown[] = [];
  try {
    for await (const line of engine.store.lines(key)) {
      if (line !== '') items.push(JSON.parse(line));
    }
  } catch (error) {
    throw new StatesError('States.ItemReaderFailed', `${key}: ${(error as Error).message}`);
  }
  return items;
}
