import { watchedInWords } from '../words/hold-words.ts';
import { formatCount } from '../format/money.ts';
import { nounOf, wordsToTell } from '../format/noun.ts';
import { agreed } from '../format/agreed.ts';
import { type Policy, REMOVED_BY_DEFAULT } from '../../core/input/input.ts';
import type { LimitName } from '../../core/plan/plan.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { deleteTag, inputPart, policyOverride } from '../commands/aws-commands.ts';
import { type Command, seeAllCommand } from '../commands/commands.ts';
import { onlyDeployment } from '../words/floors-words.ts';
import { ofKinds } from '../format/only-reported.ts';
import { heldAmount, heldWorth, kindsHeldFor } from './held-amount.ts';
import type { NextStep } from '../parts/step.ts';
import { raisable, within } from '../commands/within-floors.ts';

/** What a plan holds back for one reason. */
interface Held {
  /** "12 snapshots, 40 GiB, up to $2.00 a month" */
  readonly amount: string;
  readonly plan: NonNullable<Summary['plan']>;
  readonly summary: Summary;
  /** A run that looks at all accounts, where this one didn't. */
  readonly seeAll: Command | undefined;
  /** The kinds that the run may remove something of. */
  readonly remove: readonly string[];
}

/** What ends a hold. Whether a person has to decide, `liftedBy` says. */
type Lift =
  /** Later executions, without anybody's doing. */
  | { readonly because: string }
  | { readonly steps: (held: Held) => NextStep[] }
  /** A person too; the step is made where more is known of it. */
  | { readonly stepFrom: 'COVERAGE' | 'RECYCLE_BIN_RULES' };

type UndoHold = keyof typeof LIST_LIFTING;
const LIST_LIFTING = {
  RECREATION_NOT_ALLOWED: 'allowRecreation',
  IRREVERSIBLE_NOT_ALLOWED: 'allowIrreversible',
} as const satisfies Partial<Record<HoldReason, keyof Policy>>;
/** Where nobody told which. */
const ANY_STEP = 'KIND:STEP';

const PROTECT_FIRST = 'Tag what you need with orgsweep:protect first.';

/**
 * For every reason there is, so that nothing is held for ever without anybody being told.
 *
 * @internal A test holds that every reason is told how it ends.
 */
export const LIFTED: Readonly<Record<HoldReason, Lift>> = {
  IN_GRACE: { because: 'the grace period ends' },
  SHARING_NOT_CHECKED: {
    because: 'sharing is checked for those that a plan could delete, oldest first',
  },
  NOT_CHECKED: { because: 'the next run asks again' },
  OTHERS_USE_UNKNOWN: { because: 'the next run checks again' },
  NOT_IN_NAMED_PLAN: { because: 'a run without a named plan has its own' },
  NOT_STALE_NOW: { because: 'it is needed, and not held any more' },
  STEP_NOT_DUE: { because: 'it is not in between two steps any more' },
  LAST_COPY_OF_REMOVED_VOLUME: { because: 'what it is a copy of stays, or is gone for good' },
  TARGET_NOT_COMPLETE: { stepFrom: 'COVERAGE' },
  NO_RECYCLE_BIN_RULE: { stepFrom: 'RECYCLE_BIN_RULES' },
  SANITY_FLOOR: {
    steps: ({ amount, summary }) => [
      {
        title: 'Find out why far less was seen than usual',
        what: `Find out why some account-Regions show far fewer ${watchedInWords(wordsToTell(summary)) ?? 'references'} than usual (${amount}, SANITY_FLOOR).`,
        ...within(
          summary,
          { limits: { minReferencePercent: 0 } },
          (part) => ({
            why: 'If that is right, scan only these accounts and Regions with it.',
            command: inputPart(part, 'If it is right, scan just these, with input'),
          }),
          (keys) => ({
            why: `After three weeks of scans it is trusted as it is. ${onlyDeployment('it sooner', keys)}`,
          }),
        ),
      },
    ],
  },
  TAG_LIMIT_REACHED: {
    steps: ({ amount, summary }) => [
      {
        title: 'Make room for a tag',
        what: `Remove a tag from each ${nounOf(summary).one} that has 50 (${amount}, TAG_LIMIT_REACHED).`,
        why: "Only what can take orgsweep's marker is deleted.",
        ...deleteTag(summary),
      },
    ],
  },
  OVER_LIMIT: { steps: stepsForLimits },
  LAST_COPY: {
    steps: ({ amount, summary }) => [
      {
        title: 'Ask owners about last copies',
        what: `${askAboutLastCopies(summary)} (${amount}, LAST_COPY).`,
        short: `${askAboutLastCopies(summary)}.`,
        ownersDecide: true,
        ...within(
          summary,
          { policy: { allowLastCopy: true } },
          ({ policy }) => ({
            why: `Waiting does not help. ${aboutLastCopies(summary)}${PROTECT_FIRST} policy.allowLastCopy then allows deleting the others.`,
            command: policyOverride(policy, 'Where an owner needs none of them, add to the input'),
          }),
          (keys) => ({
            why: `Waiting does not help. Owners can delete what they do not need themselves. ${onlyDeployment('orgsweep to delete them', keys)}`,
          }),
        ),
      },
    ],
  },
  NO_COPY: { steps: stepsWithoutCopy },
  NEWEST_OF_FAMILY: {
    steps: ({ amount, summary }) => [
      {
        ownersDecide: true,
        title: `Ask owners about the newest ${nounOf(summary).many}`,
        what: `Ask owners whether they need the newest ${nounOf(summary).many} of what nobody uses any more (${amount}, NEWEST_OF_FAMILY).`,
        why: 'They stay until newer ones are made. policy.kinds says how many stay. The owners can delete the rest.',
      },
    ],
  },
  SET_NOT_WHOLE: {
    steps: ({ amount }) => [
      {
        ownersDecide: true,
        title: 'Decide on sets of which a part stays',
        what: `Decide on crash-consistent sets of which a part stays (${amount}, SET_NOT_WHOLE). plan.json has the part that stays, and why.`,
        why: 'While it stays, all of the set stays. Delete the rest yourself if it is worth nothing alone.',
      },
    ],
  },
  WHOLE_STAYS: {
    steps: ({ amount }) => [
      {
        ownersDecide: true,
        title: 'Decide on parts of what stays',
        what: `Decide on what is a part of something that stays (${amount}, WHOLE_STAYS). plan.json has what stays, and why.`,
        why: 'While it stays, its parts stay.',
      },
    ],
  },
  RECREATION_NOT_ALLOWED: {
    steps: (held) => stepsForUndo(held, 'RECREATION_NOT_ALLOWED', 'what could only be made anew'),
  },
  IRREVERSIBLE_NOT_ALLOWED: {
    steps: (held) => stepsForUndo(held, 'IRREVERSIBLE_NOT_ALLOWED', 'what nothing brings back'),
  },
  USED_BY_ANOTHER_ACCOUNT: {
    steps: ({ amount, summary }) => [
      {
        ownersDecide: true,
        title: 'Ask the other accounts that use some',
        what: `Ask the accounts that use ${nounOf(summary).many} of others whether they need them (${amount}, USED_BY_ANOTHER_ACCOUNT).`,
        why: `findings.jsonl names them (usedByOtherAccounts). First delete ${agreed(wordsToTell(summary), ({ usedBy }) => usedBy) ?? 'what uses them'} there.`,
      },
    ],
  },
  OTHERS_NOT_SEEN: {
    steps: ({ amount, summary, seeAll }) => [
      {
        title: 'Scan all accounts',
        what: `Scan all accounts that could use others' ${nounOf(summary).many} (${amount}, OTHERS_NOT_SEEN).`,
        why: 'findings.jsonl names what was not seen (notSeenElsewhere). If nothing there can use them, set "mayRefer": false in scope.accepted.',
        ...(seeAll !== undefined && { command: seeAll }),
      },
    ],
  },
  STEP_NOT_OURS: {
    steps: ({ amount }) => [
      {
        ownersDecide: true,
        title: 'Ask owners about what others disabled',
        what: `Ask owners about what somebody else has disabled or archived (${amount}, STEP_NOT_OURS).`,
        why: 'Only what orgsweep itself took to the step before goes on to the next. The owners can delete the rest.',
      },
    ],
  },
  KIND_NOT_TO_REMOVE: {
    steps: ({ amount, summary, remove }) => [
      {
        ownersDecide: true,
        staysInMessage: true,
        title: `Decide on ${nounOf(summary).many}, which no run deletes yet`,
        what: `Decide whether to delete these too, with --remove ${[...new Set([...remove, ...summary.input.kinds])].join(',')} (${amount}, KIND_NOT_TO_REMOVE).`,
        why: 'In an input it is "remove". A deployment says by deletion.kinds which kinds that may name.',
      },
    ],
  },
  REMOVAL_NOT_ALLOWED: {
    steps: ({ amount }) => [
      {
        ownersDecide: true,
        title: 'Decide on accounts where nothing is deleted',
        what: `Decide whether policy.neverRemove stays on in its accounts (${amount}, REMOVAL_NOT_ALLOWED).`,
        why: 'policyOverrides says where it is on. The owners can delete there themselves.',
        command: policyOverride({ neverRemove: false }, 'To allow deletion, add to the input'),
      },
    ],
  },
};

function askAboutLastCopies(summary: Summary): string {
  const each = agreed(
    wordsToTell(summary),
    ({ one, copiesOf }) => copiesOf && `the last ${one} of each ${copiesOf}: it`,
  );
  return `Ask owners about ${each ?? 'last copies: each'} may be the only backup`;
}

function aboutLastCopies(summary: Summary): string {
  const about = agreed(wordsToTell(summary), (of) => of.aboutLastCopies);
  return about === undefined ? '' : `${about} `;
}

/** What a person has to decide about what waiting doesn't lift. */
export function stepsForHeld(all: Summary): NextStep[] {
  const { plan } = all;
  if (plan === null) return [];
  const seeAll = seeAllCommand(all);
  const { remove = [...REMOVED_BY_DEFAULT] } = all.input;
  return (Object.keys(LIFTED) as HoldReason[]).flatMap((reason) => {
    const lift = LIFTED[reason];
    // In the words of those that it is about.
    const summary = ofKinds(all, kindsHeldFor(all, reason));
    const count = plan.heldByReason[reason] ?? 0;
    if (count === 0 || !('steps' in lift)) return [];
    const worth = heldWorth(summary, reason);
    return lift
      .steps({ plan, amount: heldAmount(summary, reason), summary, remove, seeAll })
      .map((step) => ({ ...step, ...(worth !== undefined && { worth }) }));
  });
}

/** @param reason the hold that a list of the policy lifts */
function stepsForUndo({ plan, amount, summary }: Held, reason: UndoHold, what: string): NextStep[] {
  const list = LIST_LIFTING[reason];
  const step = within(
    summary,
    { policy: { [list]: plan.heldSteps[reason] ?? [ANY_STEP] } },
    ({ policy }) => ({
      title: `Decide on ${what}`,
      what: `Decide whether orgsweep deletes ${what} (${amount}, ${reason}).`,
      why: `Waiting does not help. ${PROTECT_FIRST} policy.${list} then allows deleting the others.`,
      command: policyOverride(policy, 'Where an owner needs none of them, add to the input'),
    }),
    (keys) => ({
      title: `Ask owners about ${what}`,
      what: `Ask owners to delete what they do not need of ${what} (${amount}, ${reason}).`,
      why: `Waiting does not help. ${onlyDeployment('orgsweep to delete them', keys)}`,
    }),
  );
  return [{ ownersDecide: true, ...step }];
}

function stepsForLimits({
  plan: { heldByLimit: held, refusal },
  amount,
  summary,
}: Held): NextStep[] {
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
            title: 'Find out whether so much can be unused',
            what: raisable(summary, shares)
              ? `Find out whether so much can be unused, before raising ${shares.join(', ')} (${amount}, OVER_LIMIT).`
              : `Find out whether so much can be unused (${amount}, OVER_LIMIT).`,
            ...(!raisable(summary, shares) && { why: onlyDeployment('more', shares) }),
          },
        ]),
    ...(counts.length === 0
      ? []
      : [
          {
            title: 'More than one run may delete',
            what: raisable(summary, counts)
              ? `Let later runs delete what is over ${counts.join(', ')}, oldest first, or raise the limit (${amount}, OVER_LIMIT).`
              : `Let later runs delete what is over ${counts.join(', ')}, oldest first (${amount}, OVER_LIMIT).`,
          },
        ]),
  ];
}

/** Of what failed no copy can be made, and no policy lets it go: only its owner does. */
function stepsWithoutCopy({ amount, plan, summary }: Held): NextStep[] {
  // All of it is of a kind that is not to be removed.
  if (summary.funnel !== null && heldWorth(summary, 'NO_COPY') === undefined) return [];
  const failed = failedIn(summary);
  const isAll = failed >= (plan.heldByReason.NO_COPY ?? 0);
  const { many } = nounOf(summary);
  const title = `Ask owners about ${many} without a copy`;
  const owners = `Ask owners whether they need the ${many} of which there is no copy`;
  if (isAll)
    return [
      {
        ownersDecide: true,
        title,
        what: `${owners} (${amount}, NO_COPY).`,
        why: 'They failed, so no copy can be made: orgsweep never deletes them. Their owners can.',
      },
    ];
  const kinds = Object.fromEntries(
    Object.entries(summary.funnelByKind ?? {})
      .filter(([, { needsDecision }]) => needsDecision.byReason.NO_COPY !== undefined)
      .map(([kind]) => [kind, { allowNoCopy: true }]),
  );
  const never =
    failed === 0
      ? ''
      : ` ${formatCount(failed)} of them failed: these only their owners can delete.`;
  const copied = 'finalCopy in policy.kinds has a copy made first.';
  const step = within(
    summary,
    { policy: { kinds } },
    ({ policy }) => ({
      why: `${copied} allowNoCopy lets them go without one.${never}`,
      ...(Object.keys(kinds).length > 0 && {
        command: policyOverride(policy, 'Where an owner needs none of them, add to the input'),
      }),
    }),
    (keys) => ({ why: `${copied} ${onlyDeployment('them to go without one', keys)}${never}` }),
  );
  return [{ ownersDecide: true, title, what: `${owners} (${amount}, NO_COPY).`, ...step }];
}

/** Every stale one is held for want of a copy. */
const FAILED = 'VOLUME_FAILED';

function failedIn({ byKind }: Summary): number {
  return Object.values(byKind).reduce(
    (sum, { reasonsByVerdict }) => sum + (reasonsByVerdict?.STALE?.[FAILED] ?? 0),
    0,
  );
}
