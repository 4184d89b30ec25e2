import type { Verdict, VerdictName } from '../../core/model/verdict.ts';
import { oneLine } from '../format/layout.ts';
import { HOLD_WORDS } from './hold-words.ts';
import { EXCLUSION_WORDS } from './target-words.ts';

type Words = Readonly<Record<string, string>>;

/** What a reason says about a resource, as the end of a sentence: those of each verdict. */
const OF_STALE: Words = {
  VOLUME_MISSING: 'its volume no longer exists',
  VOLUME_NOT_ATTACHED: 'its volume is not attached',
};

const OF_KEEP: Words = {
  IN_USE: 'its volume is in use',
  TOO_YOUNG: 'it is younger than the policy asks for',
  NOT_COMPLETED: 'it is not completed',
  USED_BY_AMI: 'an AMI uses it',
  USED_BY_LAUNCH_TEMPLATE: 'a launch template uses it',
  USED_BY_LAUNCH_CONFIGURATION: 'a launch configuration uses it',
  USED_BY_ECS: 'an ECS service uses it',
  VOLUME_IN_RECYCLE_BIN: 'its volume is in the Recycle Bin and can be restored',
  AMI_IN_RECYCLE_BIN: 'an AMI in the Recycle Bin needs it',
  STORAGE_GATEWAY_VOLUME: 'its volume is a Storage Gateway volume',
  FAST_RESTORE_ENABLED: 'fast snapshot restore is enabled for it',
  SHARED: 'it is shared with others',
  HAS_PRODUCT_CODE: 'it has a product code',
  ON_OUTPOST: 'it is on an Outpost, which has no Recycle Bin',
  IN_LOCAL_ZONE: 'it is in a Local Zone, whose Recycle Bin and price are not proved',
  RESTORED_FROM_ARCHIVE: 'somebody has it restored from the archive tier',
  MOVING_TO_ARCHIVE: 'somebody is moving it to the archive tier',
  MANAGED_BY_AWS_BACKUP: 'AWS Backup manages it',
  MANAGED_BY_DLM: 'Data Lifecycle Manager manages it',
  MANAGED_BY_KUBERNETES: 'Kubernetes manages it',
  MANAGED_BY_DRS: 'Elastic Disaster Recovery manages it',
  MANAGED_BY_MGN: 'Application Migration Service manages it',
  MANAGED_BY_COMPUTE_OPTIMIZER: 'Compute Optimizer Automation needs it to undo what it did',
  MANAGED_BY_AWS_SERVICE: 'a service of AWS manages it',
  MANAGED_BY_BACKUP_PRODUCT: 'a product for backups manages it',
  MANAGED_BY_SECURITY_SCANNER: 'a security scanner manages it',
  UNKNOWN_AWS_TAG: "AWS put a tag on it that orgsweep doesn't know",
  LOCKED: 'it is locked',
  PROTECTED_BY_TAG: 'a tag protects it',
  COPY_ORIGIN_UNKNOWN: 'it is a copy, so its volume id is not meaningful',
};

const OF_UNKNOWN: Words = {
  REFERENCES_INCOMPLETE: 'a required listing failed',
  AGE_UNKNOWN: 'nobody knows when it was started',
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
  REMOVAL_NOT_ALLOWED: 'the policy where its account is now allows no deletion',
  IN_GRACE: 'the policy that holds for its account now has a longer grace period',
  BELOW_FLOOR:
    'the deployment sets stricter limits than the plan was made with: a new run makes a new plan',
  GRACE_BEGAN_ANEW:
    'it was restored or seen in use since the plan, so its grace period started again',
  LAST_COPY: HOLD_WORDS.LAST_COPY.because,
  SET_NOT_WHOLE: HOLD_WORDS.SET_NOT_WHOLE.because,
  SET_BROKEN: 'a part of its crash-consistent set was deleted, and a part stays',
  TAG_LIMIT_REACHED: HOLD_WORDS.TAG_LIMIT_REACHED.because,
  STEP_CHANGED: 'it was at another step of its removal by then',
  STEP_NOT_OURS: HOLD_WORDS.STEP_NOT_OURS.because,
  STEP_NOT_DUE: HOLD_WORDS.STEP_NOT_DUE.because,
  FIRST_NOT_SEEN: 'the first of its parent was requested and did not show as done',
  CHECK_FAILED: 'the second check failed',
  CHECK_TOO_OLD: 'the second check was too old when it was about to be deleted',
  NO_RECYCLE_BIN_RULE: 'no Recycle Bin rule would retain it now',
  NOT_SEEN_IN_RECYCLE_BIN: 'what was deleted under a rule did not appear in the Recycle Bin',
  ANSWER_LOST: 'its deletion was requested, no answer came, and it was gone then',
  MARKER_NOT_SEEN: 'the marker did not show on it',
  MARKING_FAILED: 'it could not be marked',
  RETRIES_EXHAUSTED: 'it was tried as often as is reasonable',
  NO_PROGRESS: 'the time was up',
  INTERRUPTED: 'the run was interrupted',
  LEASE_HELD: 'another run was deleting there',
  CLOCK_DISAGREES: "the clock there was too far from AWS's clock",
  LEASE_LOST: 'another run took over',
  DELETION_REFUSED: 'nothing may be deleted: not asked for, or not enabled where orgsweep runs',
  EXPECTED_TAMPERED: 'what was asked for is not what was written when the run began',
  LEDGER_TAMPERED: 'somebody changed the record of its deletion: it may be gone',
  RECORD_TAMPERED: 'somebody changed the record of its account and Region',
  PLAN_TAMPERED: 'the stored plan is not the one that was made',
  TARGET_FAILED: 'nothing could be deleted in its account and Region',
  OUTCOME_UNKNOWN: 'it was begun, and how it ended was not recorded: it may be gone',
  OUTCOME_MISSING: 'that it was begun was not recorded',
};

export const REASON_WORDS: Words = { ...OF_STALE, ...OF_KEEP, ...OF_UNKNOWN, ...OF_REMOVALS };

/** Which verdict has this reason; all that are not known here keep. */
export function verdictOf(reason: string): VerdictName {
  if (Object.hasOwn(OF_STALE, reason)) return 'STALE';
  return Object.hasOwn(OF_UNKNOWN, reason) ? 'UNKNOWN' : 'KEEP';
}

/** The reasons as a sentence's end, each with its code: people search for it. */
export function reasonsInWords(reasons: readonly string[]): string {
  return reasons
    .map((reason) => (reason in REASON_WORDS ? `${REASON_WORDS[reason]} (${reason})` : reason))
    .map(oneLine)
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
 * @param wordsOf says of a reason what is known of this very resource
 */
export function verdictInWords(
  { verdict, reasons }: Verdict,
  wordsOf: (reason: string) => string | undefined = () => undefined,
): string {
  const why = reasons.map((reason) => wordsOf(reason) ?? REASON_WORDS[reason] ?? oneLine(reason));
  return `${VERDICT_WORDS[verdict]}: ${inSeries(why)}.`;
}

/** "a", "a; and b", "a; b; and c": what is joined may have commas. */
export function inSeries(phrases: readonly string[]): string {
  const [last = '', ...before] = phrases.toReversed();
  return before.length === 0 ? last : `${before.reverse().join('; ')}; and ${last}`;
}
