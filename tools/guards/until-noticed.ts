import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { isNotice } from './verdict.ts';

/** A test file ends with the first test that notices something: one is enough. */
export default class UntilNoticed extends TestEnvironment {
  readonly handleTestEvent = skipOnceNoticed();
}

/** What skips the tests that come after one that noticed. */
export function skipOnceNoticed(): (event: Circus.Event) => void {
  let hasNoticed = false;
  return (event) => {
    if (event.name === 'test_done')
      hasNoticed ||= event.test.errors.some((error) => isNotice(String(thrown(error))));
    if (!hasNoticed) return;
    if (event.name === 'run_describe_start') event.describeBlock.mode = 'skip';
    if (event.name === 'test_start') event.test.mode = 'skip';
  };
}

/** What a test threw; beside it jest keeps where the test was written. */
function thrown(error: Circus.TestError): unknown {
  return Array.isArray(error) ? error[0] : error;
}
