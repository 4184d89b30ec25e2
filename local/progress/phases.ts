/**
 * What an execution does, in the words of somebody who waits for it.
 *
 * @internal A test goes through all of them.
 */
export const PHASES = ['prepare', 'look', 'plan', 'approve', 'remove', 'sumUp'] as const;
export type Phase = (typeof PHASES)[number];

/** The states of `sweep.asl.json`; those that pass at once begin no phase of their own. */
const PHASE_OF_STATE: Readonly<Record<string, Phase>> = {
  Prepare: 'prepare',
  ScanAccounts: 'look',
  Plan: 'plan',
  ShowPlan: 'plan',
  AwaitApproval: 'approve',
  RemoveTargets: 'remove',
  Summarize: 'sumUp',
  SummarizeUnprepared: 'sumUp',
};

export const DOING: Readonly<Record<Phase, string>> = {
  prepare: 'preparing',
  look: 'scanning',
  plan: 'planning',
  approve: 'waiting for approval',
  remove: 'deleting',
  sumUp: 'summarizing',
};

export const DONE: Readonly<Record<Phase, string>> = {
  prepare: 'prepared',
  look: 'scanned',
  plan: 'planned',
  approve: 'waited',
  remove: 'deleted',
  sumUp: 'summarized',
};

export function phaseOfState(state: string): Phase | undefined {
  return Object.hasOwn(PHASE_OF_STATE, state) ? PHASE_OF_STATE[state] : undefined;
}

/** The phases that an execution with this input goes through, if nothing ends it before. */
export function phasesFor(input: unknown): readonly Phase[] {
  const { mode, approval } = (input ?? {}) as Record<string, unknown>;
  const removes = mode === 'delete';
  const asks = removes && approval === 'required';
  return PHASES.filter((phase) =>
    phase === 'approve' ? asks : phase === 'remove' ? removes : true,
  );
}
