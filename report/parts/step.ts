import type { Command } from '../commands/commands.ts';
import type { Worth } from '../../core/model/amount.ts';

/** One thing that a person can do. */
export interface Step {
  /** A sentence. */
  readonly what: string;
  /** The same without the places, for the head of the message. */
  readonly short?: string;
  /** Further sentences. */
  readonly why?: string;
  readonly command?: Command;
  /** What it can save; absent: not known, or nothing. */
  readonly worth?: Pick<Worth, 'sizeGiB' | 'monthlyCostUsdUpTo'>;
  /** Only its owners can say that it may go, so what is free to save comes first. */
  readonly ownersDecide?: true;
  /** Alarms, failures and what went wrong with deletions come before money. */
  readonly isUrgent?: true;
  /** It stays in a message that has no room for all. */
  readonly staysInMessage?: true;
  /** It does too, once what stays in any case has its room. */
  readonly staysIfRoom?: true;
}

/** One of all that there is to do, which people skim before they read. */
export interface NextStep extends Step {
  /** What it is about, in a few words, without what it is worth. */
  readonly title: string;
  /**
   * LATER: it saves nothing by itself, and what it makes may cost something until another step. Absent:
   * somebody has to decide or find out first, so nothing is promised.
   */
  readonly saves?: 'NOW' | 'LATER';
}

/**
 * What may not wait first; then by what it saves: dollars, then what has only a size. What owners
 * decide comes after all of that: whoever begins there may delete the only backup. Then the rest.
 */
export function inOrder<S extends Step>(steps: readonly S[]): S[] {
  const usdOf = ({ worth }: Step) => worth?.monthlyCostUsdUpTo ?? 0;
  const sizeOf = ({ worth }: Step) => worth?.sizeGiB ?? 0;
  const urgency = ({ isUrgent }: Step) => Number(isUrgent ?? false);
  const classOf = (step: Step) =>
    usdOf(step) + sizeOf(step) === 0 ? 2 : Number(step.ownersDecide ?? false);
  return steps.toSorted((a, b) => {
    const byUrgency = urgency(b) - urgency(a);
    // Among what is urgent the order is that of what went wrong.
    if (byUrgency !== 0 || a.isUrgent) return byUrgency;
    const byClass = classOf(a) - classOf(b);
    if (byClass !== 0) return byClass;
    const byUsd = usdOf(b) - usdOf(a);
    // A size counts only where there is no price to go by.
    return byUsd !== 0 || usdOf(a) > 0 ? byUsd : sizeOf(b) - sizeOf(a);
  });
}
