import type { HoldReason, LimitName } from '../plan.ts';
import type { Summary } from '../summary.ts';
import { formatSize } from './money.ts';
import type { Step } from './next-steps.ts';
import { countOf } from './noun.ts';

/** What a plan holds back for one reason. */
export interface Held {
  /** "12 snapshots, 40 GiB" */
  readonly amount: string;
  readonly plan: NonNullable<Summary['plan']>;
}

/** What ends a hold: later executions without anybody's doing, or something that a person decides. */
type Lift =
  | { readonly by: 'LATER_EXECUTIONS'; readonly because: string }
  | { readonly by: 'PERSON'; readonly steps: (held: Held) => Step[] }
  /** A person too; the step is made where more is known of it. */
  | { readonly by: 'PERSON'; readonly stepFrom: 'COVERAGE' | 'RECYCLE_BIN_RULES' };

const PROTECT_FIRST = 'Tag with orgsweep:protect what is needed.';

/** For every reason there is, so that nothing is held for ever without anybody being told. */
export const LIFTED: Readonly<Record<HoldReason, Lift>> = {
  IN_GRACE: { by: 'LATER_EXECUTIONS', because: 'the grace ends' },
  SHARING_NOT_CHECKED: {
    by: 'LATER_EXECUTIONS',
    because: 'those that a plan could remove are looked at, oldest first',
  },
  OTHERS_USE_UNKNOWN: { by: 'LATER_EXECUTIONS', because: 'the next one looks itself' },
  NOT_IN_NAMED_PLAN: { by: 'LATER_EXECUTIONS', because: 'one without a named plan has its own' },
  NOT_STALE_NOW: { by: 'LATER_EXECUTIONS', because: 'it is needed, and held for nothing' },
  TARGET_NOT_COMPLETE: { by: 'PERSON', stepFrom: 'COVERAGE' },
  NO_RECYCLE_BIN_RULE: { by: 'PERSON', stepFrom: 'RECYCLE_BIN_RULES' },
  SANITY_FLOOR: {
    by: 'PERSON',
    steps: ({ amount }) => [
      {
        what: `Find out where the volumes or AMIs went of the accounts and Regions that show too few (${amount}, SANITY_FLOOR).`,
        why: 'If that is right, sweep them with limits.minReferencePercent 0.',
      },
    ],
  },
  TAG_LIMIT_REACHED: {
    by: 'PERSON',
    steps: ({ amount }) => [
      {
        what: `Take one tag off each of those that have 50 (${amount}, TAG_LIMIT_REACHED): only what orgsweep could mark is removed.`,
      },
    ],
  },
  OVER_LIMIT: { by: 'PERSON', steps: stepsForLimits },
  LAST_COPY: {
    by: 'PERSON',
    steps: ({ amount }) => [
      {
        what: `Decide whether the last copy of each volume is still needed (${amount}, LAST_COPY): waiting removes none. What AMIs that are gone left behind is among them.`,
        why: `${PROTECT_FIRST} policy.allowLastCopy lets the others go, with policyOverrides in single accounts.`,
      },
    ],
  },
  SET_NOT_WHOLE: {
    by: 'PERSON',
    steps: ({ amount }) => [
      {
        what: `Decide on crash-consistent sets of which a part stays (${amount}, SET_NOT_WHOLE).`,
        why: 'plan.json names for each the snapshot that stays, and why. While that lasts, all of the set stays; delete the rest yourself where it is worth nothing alone.',
      },
    ],
  },
  USED_BY_ANOTHER_ACCOUNT: {
    by: 'PERSON',
    steps: ({ amount }) => [
      {
        what: `Ask the accounts that refer to snapshots of others whether they need them (${amount}, USED_BY_ANOTHER_ACCOUNT).`,
        why: 'findings.jsonl names them (usedByOtherAccounts). A launch template or AMI there that nobody uses has to go first.',
      },
    ],
  },
  REMOVAL_NOT_ALLOWED: {
    by: 'PERSON',
    steps: ({ amount }) => [
      {
        what: `Decide whether the accounts with policy.neverRemove keep what is stale there (${amount}, REMOVAL_NOT_ALLOWED).`,
        why: 'policyOverrides says in which accounts that holds. Their owners can delete it themselves.',
      },
    ],
  },
};

/** What a person has to decide about what waiting doesn't lift; safety comes first. */
export function stepsForHeld(summary: Summary): Step[] {
  const { plan } = summary;
  if (plan === null) return [];
  return (Object.keys(LIFTED) as HoldReason[]).flatMap((reason) => {
    const lift = LIFTED[reason];
    const count = plan.heldByReason[reason] ?? 0;
    if (count === 0 || !('steps' in lift)) return [];
    return lift.steps({ plan, amount: heldAmount(summary, reason) });
  });
}

/** How much a plan holds back for a reason. Summaries of earlier versions don't tell the size. */
export function heldAmount(summary: Summary, reason: HoldReason): string {
  const count = summary.plan?.heldByReason[reason] ?? 0;
  const sizeGiB = summary.plan?.heldGiBByReason[reason];
  const counted = countOf(count, summary);
  return sizeGiB === undefined ? counted : `${counted}, ${formatSize(sizeGiB)}`;
}

function stepsForLimits({ plan: { heldByLimit: held, refusal }, amount }: Held): Step[] {
  // What refuses a plan is told first of all.
  if (refusal !== null) return [];
  const names = (Object.keys(held) as LimitName[]).filter((limit) => (held[limit] ?? 0) > 0);
  const counts = names.filter((limit) => limit.startsWith('maxRemovals'));
  const shares = names.filter((limit) => limit.startsWith('maxStalePercent'));
  return [
    ...(shares.length === 0
      ? []
      : [
          {
            what: `Find out whether so much can be stale, before raising ${shares.join(', ')} (${amount}, OVER_LIMIT).`,
          },
        ]),
    ...(counts.length === 0
      ? []
      : [
          {
            what: `Let later executions remove what is over ${counts.join(', ')}, oldest first, or raise the limit (${amount}, OVER_LIMIT).`,
          },
        ]),
  ];
}
