import { isGap, type TargetOutcome } from '../../core/outcome/outcome.ts';
import { acceptedReason } from '../../core/scope/scope.ts';
import type { Expected } from '../../steps/expected.ts';

type Known = Pick<Expected, 'scope' | 'accounts'>;

/** Whether a gap is a known and wanted one, as the summary will see it. */
export function makeIsAccepted({ scope, accounts }: Known): (gap: TargetOutcome) => boolean {
  if (scope.accepted.length === 0) return () => false;
  const paths = new Map(accounts.map(({ id, path }) => [id, path]));
  return (gap) =>
    isGap(gap) && acceptedReason(gap, scope, paths.get(gap.accountId) ?? null) !== undefined;
}
