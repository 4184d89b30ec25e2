import { StandardRetryStrategy } from '@smithy/core/retry';
import type { ClientOptions } from '../../../aws/sessions/aws-clients.ts';

const LONGEST_MILLISECONDS = 20_000;

/**
 * The SDK's own retries, as many, of the same errors. Between two, the longest that the SDK would wait
 * passes on a test's clock.
 *
 * @param inReality how many milliseconds of real time that is
 */
export function retriesBy(
  inReality: (milliseconds: number) => number,
): NonNullable<ClientOptions['retryStrategy']> {
  return (maxAttempts) => {
    let base = 0;
    const backoff = {
      setDelayBase: (milliseconds: number) => void (base = milliseconds),
      computeNextBackoffDelay: (attempt: number) =>
        inReality(Math.min(base * 2 ** attempt, LONGEST_MILLISECONDS)),
    };
    return new StandardRetryStrategy({ maxAttempts, backoff });
  };
}
