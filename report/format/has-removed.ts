import type { Summary } from '../../core/summary/summary.ts';

/** Whether what the execution saw first isn't all there any more. */
export function hasRemoved({ mode, removals }: Pick<Summary, 'mode' | 'removals'>): boolean {
  return mode === 'delete' && removals.byOutcome.REMOVED > 0;
}
