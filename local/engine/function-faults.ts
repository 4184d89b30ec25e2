import type { SimFunctionFault } from '../../simulation/model/function-fault.ts';
import type { FunctionName } from '../../statemachine/contracts.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { StatesError } from './states-error.ts';

/** What Step Functions says of a call that it couldn't make, or whose function died. */
const SAID: Readonly<Record<Exclude<SimFunctionFault['answer'], 'fail'>, [string, string]>> = {
  throttle: ['Lambda.TooManyRequestsException', 'Rate Exceeded.'],
  die: ['Lambda.Unknown', 'The process of the function ended, as the scenario wants.'],
};

/**
 * Makes functions answer as a scenario wants.
 *
 * @param retryWait milliseconds for so many seconds of the machine's waiting
 */
export function makeFunctionFaults(
  faults: readonly SimFunctionFault[],
  retryWait: (seconds: number) => number,
): (name: FunctionName, call: LambdaFunction) => LambdaFunction {
  const counted = faults.map((fault) => ({
    fault,
    calls: 0,
    since: undefined as number | undefined,
  }));
  const isDue = (entry: (typeof counted)[number]) => {
    const { calls: wanted, forSeconds } = entry.fault;
    entry.calls += 1;
    entry.since ??= performance.now();
    if (forSeconds !== undefined) return performance.now() - entry.since < retryWait(forSeconds);
    return wanted === undefined || (entry.calls >= wanted.from && entry.calls <= wanted.to);
  };
  return (name, call) => {
    const own = counted.filter(({ fault }) => `${fault.function}FunctionArn` === name);
    if (own.length === 0) return call;
    return async (input) => {
      const [due] = own.filter(isDue);
      if (due !== undefined) throw toError(due.fault);
      return call(input);
    };
  };
}

function toError({ function: name, answer }: SimFunctionFault): Error {
  if (answer === 'fail') return new Error(`${name} failed, as the scenario wants`);
  return new StatesError(...SAID[answer]);
}
