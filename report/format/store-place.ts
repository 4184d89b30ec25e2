import type { Summary } from '../../core/summary/summary.ts';

/** Where an execution's folder lies, without it: `s3://bucket`, or the folder of local runs. */
export function storeRoot({
  location,
  executionId,
}: Pick<Summary, 'location' | 'executionId'>): string | null {
  const root = location.replace(/[/\\]+$/, '');
  const ending = /[/\\]executions[/\\]([^/\\]+)$/.exec(root);
  return ending?.[1] === executionId && ending.index > 0 ? root.slice(0, ending.index) : null;
}
