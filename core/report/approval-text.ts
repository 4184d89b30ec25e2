import type { Plan } from '../plan.ts';
import type { Message } from './text.ts';

export interface ApprovalToAsk {
  readonly plan: Plan;
  readonly expiresAt: string;
  /** Where a person finds plan.json. */
  readonly planLocation: string;
  /** What the two commands need besides the execution's id, such as "--hub /team/hub". */
  readonly commandOptions: string;
}

/** What people are asked before anything of a plan is removed, as plain text. */
export function renderApprovalRequest({ plan, commandOptions }: ApprovalToAsk): Message {
  const about = `${plan.executionId}${commandOptions === '' ? '' : ` ${commandOptions}`}`;
  return {
    subject: `APPROVE? orgsweep: ${plan.removals.length} removals`,
    body: `orgsweep approve ${about}\norgsweep reject ${about}\n`,
  };
}
