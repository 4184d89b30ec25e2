import { z } from 'zod';
import { describeExecution, executionArn } from '../../aws/hub/executions.ts';
import { TakenUp } from '../../steps/resume/find-resumable.ts';
import { withoutSeal } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';
import type { HubConnection } from '../connection/hub-connection.ts';

/** What is followed, and whose files it writes. */
export interface Followed {
  /** As Step Functions calls it. */
  readonly executionId: string;
  /** The first one, which the others took up. */
  readonly filesOf: string;
}

type Hub = Pick<HubConnection, 'hub' | 'clients' | 'store'>;
const Input = z.looseObject({ resume: z.string() });
/** An execution that took up one that took up one. */
const MOST_STEPS = 20;

/** The newest execution that took up the one that is asked for, or whatever that one took up. */
export async function findFollowed(hub: Hub, executionId: string): Promise<Followed> {
  const filesOf = await rootOf(hub, executionId);
  const takenUp = await readTakenUp(hub, filesOf);
  for (const { executionId: by } of takenUp.toReversed()) {
    if (by === executionId) break;
    if ((await rootOf(hub, by)) === filesOf) return { executionId: by, filesOf };
  }
  return { executionId, filesOf };
}

/** By what each was started with, which nobody can change. */
async function rootOf({ hub, clients }: Hub, executionId: string): Promise<string> {
  let root = executionId;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const state = await describeExecution(clients.sfn, executionArn(hub.stateMachineArn, root));
    const { data } = Input.safeParse(parseJson(state?.input ?? ''));
    if (data === undefined) return root;
    root = data.resume;
  }
  return root;
}

/** Only shown: what can't be read is as if it weren't there. */
async function readTakenUp({ store }: Hub, root: string): Promise<TakenUp['by']> {
  const stored = await store.get(keysOf(root).takenUp);
  return stored === undefined
    ? []
    : (TakenUp.safeParse(parseJson(withoutSeal(stored.body))).data?.by ?? []);
}
