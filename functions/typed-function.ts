import {
  contracts,
  type FunctionInput,
  type FunctionName,
  type FunctionOutput,
} from '../statemachine/contracts.ts';

/** One function of the state machine: its input and output are checked against its contract. */
export type TypedFunction = (event: unknown) => Promise<unknown>;

/** Parse, call, parse: all that stands between a Task state and the work it names. */
export function typedFunction<N extends FunctionName, D>(
  name: N,
  work: (deps: D, input: FunctionInput<N>) => Promise<FunctionOutput<N>>,
  deps: NoInfer<D>,
): TypedFunction {
  const { input, output } = contracts[name];
  return async (event) => output.parse(await work(deps, input.parse(event) as FunctionInput<N>));
}
