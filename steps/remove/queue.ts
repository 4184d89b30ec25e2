import type { Queue } from '../../core/removal/turn.ts';
import { pending } from './decide.ts';
import type { Work } from './work.ts';

/** Who waits for a turn in this target now. */
export function queueOf(work: Work): Queue {
  const { progress, policy, kinds } = work;
  const { pace, batchSize, rulesSeen } = progress;
  return {
    open: pending(work).map((removal) => ({ removal, tries: progress.triesOf(removal) })),
    kinds: kinds.map(({ kind }) => kind),
    ...{ pace, batchSize, rulesSeen },
    requiresBin: policy.requireUndo,
    now: progress.now(),
  };
}
