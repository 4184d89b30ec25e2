import type { AwsFailure } from './outcome.ts';

/**
 * The IAM action that a denial is about, where AWS's message names it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function deniedActionIn({ message }: Pick<AwsFailure, 'message'>): string | undefined {
  return (
    /is not authorized to perform: ([\w-]{1,63}:\w{1,128})/.exec(message)?.[1] ??
    /identity-based policy allows the ([\w-]{1,63}:\w{1,128}) action/.exec(message)?.[1]
  );
}
