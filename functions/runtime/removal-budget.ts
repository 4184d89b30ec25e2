/**
 * The batch that is under way when the time is up is carried to its end, and a listing that AWS
 * throttles in a large target may take minutes.
 */
const RESERVE_SECONDS = 300;

/**
 * How long an invocation may go on beginning batches. A function that its timeout cuts off mid-way
 * isn't called again: what it left is NOT_ATTEMPTED.
 */
export function removalBudgetSeconds(remainingMilliseconds: number): number {
  return Math.max(0, Math.floor(remainingMilliseconds / 1000) - RESERVE_SECONDS);
}
