import { groupBy } from '../model/group-by.ts';
import { deniedActionIn } from './denied-action.ts';
import { inShort } from './failures.ts';
import { kindsMissing, lookAt } from './kind-look.ts';
import { type AwsFailure, isGap, type TargetOutcome } from './outcome.ts';

export interface KindsLookedAt {
  readonly names: readonly string[];
  /** Of those, what is looked for once in an account. */
  readonly global: readonly string[];
}

export interface CoverageOfKind {
  complete: number;
  inScope: number;
  /** Accounts are counted, as it is looked for once in each. */
  isGlobal?: true;
}

/** How much of what was asked for was seen of each kind. */
export function coverageByKind(
  outcomes: readonly TargetOutcome[],
  { names, global }: KindsLookedAt,
): Record<string, CoverageOfKind> {
  return Object.fromEntries(
    names.map((kind): [string, CoverageOfKind] => [
      kind,
      global.includes(kind)
        ? { ...counted(groupBy(outcomes, accountOf).map(accountSeen(kind))), isGlobal: true }
        : counted(outcomes.map(targetSeen(kind))),
    ]),
  );
}

/** true: to its end; undefined: it was left out, or its gap is accepted. */
type Seen = boolean | undefined;

function counted(seen: readonly Seen[]): CoverageOfKind {
  const complete = seen.filter((one) => one === true).length;
  return { complete, inScope: complete + seen.filter((one) => one === false).length };
}

function targetSeen(kind: string) {
  return (outcome: TargetOutcome): Seen => {
    const { status } = lookAt(outcome, kind);
    if (status === 'COMPLETE') return true;
    return status === 'EXCLUDED' || outcome.accepted !== undefined ? undefined : false;
  };
}

/** In which Region it is looked for, an outcome that looked at nothing doesn't tell. */
function accountSeen(kind: string) {
  return (outcomes: readonly TargetOutcome[]): Seen => {
    const isSeen = outcomes.some(
      ({ status, looks }) => (looks === undefined ? status : looks[kind]?.status) === 'COMPLETE',
    );
    return isSeen || (outcomes.some(isGap) ? false : undefined);
  };
}

function accountOf({ accountId }: TargetOutcome): string {
  return accountId;
}

/** Why the kinds that are missing in a target are, where others were seen there. */
export function kindFailures(
  outcome: TargetOutcome,
): Record<string, AwsFailure & { action?: string }> {
  return Object.fromEntries(
    kindsMissing(outcome).flatMap((kind) => {
      const { failure } = lookAt(outcome, kind);
      if (failure === undefined) return [];
      const action = deniedActionIn(failure);
      return inShort([failure]).map((short) => [kind, { ...short, ...(action && { action }) }]);
    }),
  );
}
