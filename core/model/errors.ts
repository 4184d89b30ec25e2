/**
 * Errors whose `name` is an interface: the state machine's Retry and Catch match it, and
 * RecordFailedTarget turns it into a target's outcome. Throw nothing else on purpose.
 */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

/** The spoke role is not there, or doesn't trust the hub. STS doesn't tell which of the two. */
export class RoleUnavailable extends Error {
  override readonly name = 'RoleUnavailable';
}

export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

export class DeniedByScp extends Error {
  override readonly name = 'DeniedByScp';
}

export class RegionDisabled extends Error {
  override readonly name = 'RegionDisabled';
}

/** AWS answered with what has no name of its own here; which code, the message says. */
export class AwsAnswered extends Error {
  override readonly name = 'AwsAnswered';
}

/** Throttled beyond the SDK's own retries; the state machine waits and tries again. */
export class Throttled extends Error {
  override readonly name = 'Throttled';
}

/** AWS Organizations doesn't list the accounts: nothing can be looked at, and nothing was. */
export class OrganizationUnavailable extends Error {
  override readonly name = 'OrganizationUnavailable';
}

/** The session belongs to another account than the one that was asked for. */
export class WrongAccount extends Error {
  override readonly name = 'WrongAccount';
}

/** Another execution is removing in this target. */
export class LeaseHeld extends Error {
  override readonly name = 'LeaseHeld';
  readonly held: { readonly holder: string; readonly until: string } | undefined;

  /** @param held by whom, and until when unless it is renewed; left out: nobody can tell */
  constructor(message?: string, held?: { readonly holder: string; readonly until: string }) {
    super(message);
    this.held = held;
  }
}

/** This execution's lease was taken over; it must stop removing at once. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** The clock here and AWS's own are too far apart to decide anything by. */
export class ClockDisagrees extends Error {
  override readonly name = 'ClockDisagrees';
}

/** A person has to approve the plan, and nobody has approved this one. */
export class PlanNotApproved extends Error {
  override readonly name = 'PlanNotApproved';
}

/** The hub's key can't be used: nothing can be sealed, and nothing sealed be believed. */
export class SealUnavailable extends Error {
  override readonly name = 'SealUnavailable';
}

/** Organizations didn't tell where in the organization an account is now, and so what holds there. */
export class AccountPlaceUnknown extends Error {
  override readonly name = 'AccountPlaceUnknown';
}

/** The plan is older than the input allows: what it was made on may be true no more. */
export class PlanTooOld extends Error {
  override readonly name = 'PlanTooOld';
}

/** Nobody can tell whose decision it is: the proof that came with it isn't one. */
export class ProofRefused extends Error {
  override readonly name = 'ProofRefused';
}

/** What the execution is expected to see and do isn't what Prepare wrote: its digest doesn't match. */
export class ExpectedTampered extends Error {
  override readonly name = 'ExpectedTampered';
}

/** A file that steps hand to each other isn't what one of them wrote. */
export class RecordTampered extends Error {
  override readonly name = 'RecordTampered';
  /** That of the stored object, for who may write another in its place. */
  readonly version: string | undefined;

  constructor(message: string, { version, ...options }: ErrorOptions & { version?: string } = {}) {
    super(message, options);
    this.version = version;
  }
}

/** Nothing may be deleted: it wasn't asked for, or isn't enabled where orgsweep runs. */
export class DeletionRefused extends Error {
  override readonly name = 'DeletionRefused';
}

/** The plan in the store isn't the one that was made: its digest doesn't match. */
export class PlanTampered extends Error {
  override readonly name = 'PlanTampered';
}
