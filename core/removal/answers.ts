import { type Ending, givenUp, mayBeOurs, mayWait, putOff, type Tries } from './tries.ts';
import type { Act, Allowed, Next, Removal, Stage } from './stage.ts';

/** For a later batch, as it is. */
export const LEAVE: Next = { next: 'LEAVE', takesBack: false };

const ACT_AT: Readonly<Record<Stage['at'], Act>> = {
  DUE: 'LOOK',
  STALE: 'FIND_RULE',
  KEPT: 'MARK',
  TAGGED: 'SEE_MARKER',
  MARKED: 'LOOK_FOR_COPIES',
  READY: 'NOTE_REQUEST',
  NOTED: 'DELETE',
  ACCEPTED: 'LOOK_INTO_BIN',
};

export function goOnFrom({ step }: Pick<Removal, 'step'>, stage: Stage): Next {
  const isBegunOnly = stage.at === 'KEPT' && step.isUnmarked;
  return { next: 'GO_ON', act: isBegunOnly ? 'BEGIN' : ACT_AT[stage.at], stage };
}

export function end(ending: Ending): Next {
  return { next: 'END', ending, takesBack: false };
}

/** Put off; or, where that was often enough, ended with what it waits for. */
export function wait({ tries }: Removal, { now }: Allowed, waiting: Ending): Next {
  return waitOrGiveUp(putOff(tries, waiting, now.at), false);
}

export function waitOrGiveUp(tries: Tries, takesBack: boolean): Next {
  if (mayWait(tries)) return { next: 'WAIT', tries, takesBack };
  return { next: 'END', ending: givenUp(tries), takesBack };
}

/** Whether the ledger's request can be taken back: neither it nor an earlier one was carried out. */
export function canTakeBack(written: Removal['written'], tries: Tries): boolean {
  return written === 'REQUEST' && !mayBeOurs(tries);
}
