import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { Store, StoredObject } from '../../store/store.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { ExecutionId, Timestamp } from '../../core/model/ids.ts';
import type { Mode } from '../../core/input/input.ts';
import type { PastExecution } from '../../core/scope/past-execution.ts';
import type { Deps } from '../deps.ts';
import { withoutSeal } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { parseStored } from '../../store/stored-json.ts';
import { type GoingOn, preparedIn, whereToGoOn } from './where-to-go-on.ts';

/** Which executions took another one up, oldest first: one at a time, and each goes on from the last. */
export const TakenUp = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: ExecutionId,
  by: z.array(z.strictObject({ executionId: ExecutionId, at: Timestamp })),
});
export type TakenUp = z.infer<typeof TakenUp>;

/** An execution that can be taken up, and what was written of those that did so before. */
export interface Resumable extends GoingOn {
  readonly takenUp: TakenUp;
  readonly stored: StoredObject | undefined;
}

export interface ToResume {
  /** The execution that was named. */
  readonly resume: string;
  readonly mode: Mode;
  /** Who takes it up; undefined: nobody yet. */
  readonly by?: string;
}

/**
 * What an execution that is taken up goes on with, by what Step Functions remembers of it and of
 * those that took it up before.
 *
 * @throws {InvalidInput} naming what stands against it, and what to do instead
 */
export async function findResumable(
  { pastExecution, store, clock }: Pick<Deps, 'pastExecution'> & { store: Store; clock: Clock },
  { resume, mode, by }: ToResume,
): Promise<Resumable> {
  if (pastExecution === undefined) {
    throw refusal(resume, 'on a deployed hub, which remembers it; of a local run use --retry');
  }
  const named = await pastExecution(resume);
  if (named === undefined) {
    throw refusal(resume, 'an execution of this hub, of the last 90 days; there is none');
  }
  const root = preparedIn(named)?.executionId ?? resume;
  const { takenUp, stored } = await readTakenUp(store, root);
  const others = takenUp.by.filter(({ executionId }) => executionId !== by);
  const newest = (await newestOf(pastExecution, { root, others, resume })) ?? named;
  const goingOn = whereToGoOn(newest, clock.now());
  if ('refused' in goingOn) {
    const through = newest === named ? '' : `${newest.executionId} took it up; of that: `;
    throw refusal(resume, `one whose Plan or Summarize failed; ${through}${goingOn.refused}`);
  }
  refuseOtherMode(goingOn, mode);
  return { ...goingOn, takenUp, stored };
}

/** The newest of them that really took it up; one that still runs may be about to. */
async function newestOf(
  pastExecution: NonNullable<Deps['pastExecution']>,
  { root, others, resume }: { root: string; others: TakenUp['by']; resume: string },
): Promise<PastExecution | undefined> {
  for (const { executionId } of others.toReversed()) {
    const past = await pastExecution(executionId);
    // It began after the one that it took up, so that one would be forgotten first.
    if (past === undefined) throw refusal(resume, notTold(executionId));
    if (past.status === 'RUNNING' || preparedIn(past)?.executionId === root) return past;
  }
  return undefined;
}

function notTold(executionId: string): string {
  return (
    `one that nobody else takes up; ${executionId} took it up, and Step Functions does not tell ` +
    'how that stands; try again in some minutes'
  );
}

async function readTakenUp(
  store: Store,
  root: string,
): Promise<Pick<Resumable, 'takenUp' | 'stored'>> {
  const key = keysOf(root).takenUp;
  const stored = await store.get(key);
  const takenUp: TakenUp =
    stored === undefined
      ? { schemaVersion: 1, executionId: root, by: [] }
      : parseStored(TakenUp, withoutSeal(stored.body), store.locationOf(key));
  return { takenUp, stored };
}

/** Whether anything is deleted is asked anew, and only of what was to be deleted from. */
function refuseOtherMode(
  { at, prepared: { executionId, mode: before } }: GoingOn,
  mode: Mode,
): void {
  if (before === mode || (at === 'SUMMARIZE' && mode === 'report')) return;
  const accepted =
    before === 'report'
      ? `"report", as ${executionId} deletes nothing; then start --mode delete --plan ${executionId}`
      : `"delete", as ${executionId} deletes; to delete nothing, start a new report`;
  throw new InvalidInput(`input.mode: ${quote(mode)} – accepted: ${accepted}`);
}

export function refusal(resume: string, accepted: string): InvalidInput {
  return new InvalidInput(`input.resume: ${quote(resume)} – accepted: ${accepted}`);
}
