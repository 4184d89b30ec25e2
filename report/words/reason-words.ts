import type { HoldReason } from '../../core/model/hold-reason.ts';
import type { Verdict, VerdictName } from '../../core/model/verdict.ts';
import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';
import { oneLine } from '../format/layout.ts';
import { HOLD_WORDS } from './hold-words.ts';
import { holdWords } from './hold-words.ts';
import { EXCLUSION_WORDS } from './target-words.ts';

type Words = Readonly<Record<string, string>>;

/** What reasons say that any kind may give, as the end of a sentence. */
const OF_ANY_KIND: NonNullable<KindWords['reasons']> = {
  STALE: {},
  KEEP: {
    IN_USE: 'it is in use',
    TOO_YOUNG: 'it is younger than the policy asks for',
    MANAGED_BY_AWS_BACKUP: 'AWS Backup manages it',
    MANAGED_BY_DLM: 'Data Lifecycle Manager manages it',
    MANAGED_BY_KUBERNETES: 'Kubernetes manages it',
    MANAGED_BY_DRS: 'Elastic Disaster Recovery manages it',
    MANAGED_BY_MGN: 'Application Migration Service manages it',
    MANAGED_BY_COMPUTE_OPTIMIZER: 'Compute Optimizer Automation needs it to undo what it did',
    EXCLUDED_FROM_AUTOMATION: "its owner's tag excludes it from AWS automation",
    MANAGED_BY_ECS: 'Amazon ECS manages it',
    MANAGED_BY_AWS_SERVICE: 'a service of AWS manages it',
    MANAGED_BY_BACKUP_PRODUCT: 'a product for backups manages it',
    MANAGED_BY_SECURITY_SCANNER: 'a security scanner manages it',
    UNKNOWN_AWS_TAG: "AWS put a tag on it that orgsweep doesn't know",
    PROTECTED_BY_TAG: 'a tag protects it',
  },
  UNKNOWN: {
    REFERENCES_INCOMPLETE: 'a required listing failed',
    AGE_UNKNOWN: 'its start time is not known',
  },
};

/** Why a planned removal ended as it did. */
const OF_REMOVALS: Words = {
  NOT_APPROVED: 'the plan was not approved',
  PLAN_TOO_OLD: 'the plan was older than limits.maxPlanAgeDays allows',
  ACCOUNT_PLACE_UNKNOWN: 'where its account is in the organization now is not known',
  ACCOUNT_LEFT_ORGANIZATION: 'its account has left the organization',
  ACCOUNT_NOT_IN_SCOPE: EXCLUSION_WORDS.ACCOUNT_NOT_IN_SCOPE.now,
  ACCOUNT_EXCLUDED: EXCLUSION_WORDS.ACCOUNT_EXCLUDED.now,
  ACCOUNT_SUSPENDED: EXCLUSION_WORDS.ACCOUNT_SUSPENDED.now,
  ACCOUNT_CLOSED: EXCLUSION_WORDS.ACCOUNT_CLOSED.now,
  ACCOUNT_PENDING_ACTIVATION: EXCLUSION_WORDS.ACCOUNT_PENDING_ACTIVATION.now,
  REMOVAL_NOT_ALLOWED: 'the policy for its account now forbids deletion',
  IN_GRACE: 'the policy that holds for its account now has a longer grace period',
  BELOW_FLOOR:
    'the deployment sets stricter limits than the plan was made with: a new run makes a new plan',
  KIND_POLICY_CHANGED: 'the policy for its kind differs where its account is now',
  STEP_UNKNOWN: 'the version that runs has no step of that name: a new run makes a new plan',
  GRACE_BEGAN_ANEW:
    'it was restored or seen in use since the plan, so its grace period started again',
  SET_BROKEN: 'a part of its crash-consistent set was deleted, and a part stays',
  STEP_CHANGED: 'its next step was no longer the planned one',
  FIRST_NOT_SEEN: 'the first change under its parent was not seen to be done',
  NO_EXACT_ARN: 'its name allows no session limited to it alone',
  CHECK_FAILED: 'the second check failed',
  CHECK_TOO_OLD: 'the second check was too old when it was about to be deleted',
  NO_RECYCLE_BIN_RULE: 'no Recycle Bin rule would retain it now',
  RECREATION_NOT_ALLOWED: 'it could only be made anew, which is not allowed now',
  IRREVERSIBLE_NOT_ALLOWED: 'its deletion cannot be undone, which is not allowed now',
  NOT_SEEN_IN_RECYCLE_BIN: 'what was deleted under a rule did not appear in the Recycle Bin',
  ANSWER_LOST: 'its deletion was requested, no answer came, and it was gone then',
  MARKER_NOT_SEEN: 'the marker did not show on it',
  MARKING_FAILED: 'it could not be marked',
  RETRIES_EXHAUSTED: 'all its retries failed',
  NO_PROGRESS: 'the time was up',
  INTERRUPTED: 'the run was interrupted',
  LEASE_HELD: 'another run was deleting there',
  CLOCK_DISAGREES: "the clock there was too far from AWS's clock",
  LEASE_LOST: 'another run took over',
  DELETION_REFUSED: 'nothing may be deleted: not asked for, or not enabled where orgsweep runs',
  EXPECTED_TAMPERED: 'what was asked for was changed after the run began',
  LEDGER_TAMPERED: 'somebody changed the record of its deletion: it may be gone',
  RECORD_TAMPERED: 'somebody changed the record of its account and Region',
  PLAN_TAMPERED: 'the stored plan is not the one that was made',
  TARGET_FAILED: 'nothing could be deleted in its account and Region',
  OUTCOME_UNKNOWN: 'it was begun, and how it ended was not recorded: it may be gone',
  OUTCOME_MISSING: 'no record that it was begun',
};

const VERDICTS: readonly VerdictName[] = ['STALE', 'KEEP', 'UNKNOWN'];

/**
 * What a reason says of a resource, as the end of a sentence, and the verdict that it belongs to;
 * null: it says why a removal ended as it did, or nobody has words for it.
 *
 * @param own the words of the resource's kind, where it has any
 */
export function reasonOf(
  own: KindWords | undefined,
  reason: string,
): { readonly verdict: VerdictName | null; readonly says: string | undefined } {
  for (const { reasons } of [own ?? { reasons: {} }, { reasons: OF_ANY_KIND }])
    for (const verdict of VERDICTS) {
      const says = wordsFor(reasons[verdict] ?? {}, reason);
      if (says !== undefined) return { verdict, says };
    }
  return {
    verdict: null,
    says: isHold(reason) ? because(reason, own) : wordsFor(OF_REMOVALS, reason),
  };
}

/** The codes that findings of these kinds may have, as far as anybody has words for them. */
export function knownReasons(kinds: WordsByKind): string[] {
  const all = [OF_ANY_KIND, ...Object.values(kinds).map(({ reasons }) => reasons)];
  return all.flatMap((reasons) =>
    VERDICTS.flatMap((verdict) => Object.keys(reasons[verdict] ?? {})),
  );
}

/** By each reason: strangers' files may name what any object has. */
function wordsFor(words: Words, reason: string): string | undefined {
  return Object.hasOwn(words, reason) ? words[reason] : undefined;
}

function isHold(reason: string): reason is HoldReason {
  return !Object.hasOwn(OF_REMOVALS, reason) && Object.hasOwn(HOLD_WORDS, reason);
}

function because(reason: HoldReason, own: KindWords | undefined): string {
  return holdWords(reason, own === undefined ? {} : { own }).because;
}

/** The same without its code, to be read aloud: its code where nobody has words for it. */
export function saidOf(own: KindWords | undefined, reason: string): string {
  return reasonOf(own, reason).says ?? oneLine(reason);
}

/** The reasons as a sentence's end, each with its code: people search for it. */
export function reasonsInWords(reasons: readonly string[], own: KindWords | undefined): string {
  return reasons
    .map((reason) => {
      const { says } = reasonOf(own, reason);
      return oneLine(says === undefined ? reason : `${says} (${reason})`);
    })
    .join('; ');
}

const VERDICT_WORDS: Readonly<Record<VerdictName, string>> = {
  STALE: 'It is unused',
  KEEP: 'It is kept',
  UNKNOWN: 'Whether it is unused is not known',
};

/**
 * The verdict as a sentence, and why, without codes: to be read aloud.
 *
 * @param own the words of its kind
 * @param wordsOf says of a reason what is known of this very resource
 */
export function verdictInWords(
  { verdict, reasons }: Verdict,
  own: KindWords | undefined,
  wordsOf: (reason: string) => string | undefined = () => undefined,
): string {
  const why = reasons.map((reason) => wordsOf(reason) ?? saidOf(own, reason));
  return `${VERDICT_WORDS[verdict]}: ${inSeries(why)}.`;
}

/** "a", "a; and b", "a; b; and c": what is joined may have commas. */
export function inSeries(phrases: readonly string[]): string {
  const [last = '', ...before] = phrases.toReversed();
  return before.length === 0 ? last : `${before.reverse().join('; ')}; and ${last}`;
}
