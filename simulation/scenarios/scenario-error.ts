/** A scenario that isn't there, or a file that doesn't describe one: the caller's mistake. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}
