import { formatCount } from '../../core/report/money.ts';
import type { Progress } from './follow.ts';

/** The states of `sweep.asl.json` by what they mean to somebody who waits. */
const PHASES: Readonly<Record<string, string>> = {
  Prepare: 'preparing',
  AnyAccounts: 'preparing',
  ScanAccounts: 'looking',
  Plan: 'planning',
  AwaitApproval: 'waiting for approval',
  RemoveTargets: 'removing',
  Summarize: 'summing up',
  Publish: 'publishing',
};

/** One line: the phase, and what is done of all there is. */
export function progressText(progress: Progress): string {
  const { phase = '', accounts, outcomes, removalTargets, removals } = progress;
  const parts = [PHASES[phase] ?? (phase === '' ? 'starting' : phase)];
  if (accounts !== undefined) {
    const failed = accounts.failed === 0 ? '' : `, ${formatCount(accounts.failed)} broken off`;
    parts.push(`accounts ${of(accounts.done, accounts.all)}${failed}`);
  }
  if (outcomes.targets > 0) {
    const incomplete = `${formatCount(outcomes.incomplete)} not complete`;
    parts.push(`targets ${formatCount(outcomes.targets)}, ${incomplete}`);
    parts.push(
      `resources ${formatCount(outcomes.resources)}, ${formatCount(outcomes.stale)} stale`,
    );
  }
  if (removalTargets !== undefined) {
    const targets = of(removalTargets.done, removalTargets.all);
    parts.push(`removals ${of(removals.settled, removals.planned)} (targets ${targets})`);
  }
  return parts.join(' · ');
}

function of(done: number, all: number): string {
  return `${formatCount(done)}/${formatCount(all)}`;
}
