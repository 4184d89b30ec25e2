import type { AwsFailure } from './outcome.ts';

/** More than there are sources: enough to name every one that failed. */
const MOST_LISTED = 25;

/** All that kept a target from being complete, each once: the first decides its status. */
export interface Failures {
  readonly failure?: AwsFailure;
  readonly otherFailures?: AwsFailure[];
  /** How many others there are besides those listed. */
  readonly moreFailures?: number;
}

/** The same call that was answered the same for many resources is one failure. */
export function gatherFailures(failures: readonly AwsFailure[]): Failures {
  const distinct = new Map<string, AwsFailure>();
  for (const one of failures) {
    const key = JSON.stringify([one.source, one.operation, one.code]);
    if (!distinct.has(key)) distinct.set(key, one);
  }
  const [failure, ...others] = distinct.values();
  const more = others.length - MOST_LISTED;
  return {
    ...(failure && { failure }),
    ...(others.length > 0 && { otherFailures: others.slice(0, MOST_LISTED) }),
    ...(more > 0 && { moreFailures: more }),
  };
}

const LONGEST_MESSAGE = 160;

/** As a summary has them: short, as an organization may have ten thousand targets that fail alike. */
export function inShort(failures: readonly AwsFailure[]): AwsFailure[] {
  return failures.map(({ requestId: _requestId, message, ...failure }) => ({
    ...failure,
    message: message.length <= LONGEST_MESSAGE ? message : `${policyIn(message)}…`,
  }));
}

/** AWS names the policy that denies at the end of its message. */
function policyIn(message: string): string {
  const [, policy] =
    /(with an explicit deny in an? .{1,60}|because no .{1,60} allows)/.exec(message) ?? [];
  return policy ?? message.slice(0, LONGEST_MESSAGE);
}
