/** What a clock said, and how often it had said less than before: it may be set back. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly setBacks: number;
}

/**
 * How long after its check a removal may still be requested. A removal's client takes up to 3 s
 * more to connect, so that AWS has the request within 15 s of the check.
 */
const CHECK_IS_FRESH_MILLISECONDS = 12_000;

/** By a clock that was set back nobody knows how much time has passed. */
export function isFresh(check: Moment, now: Moment): boolean {
  return now.at - check.at <= CHECK_IS_FRESH_MILLISECONDS && now.setBacks === check.setBacks;
}
