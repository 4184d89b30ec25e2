import type { Clock } from '../../../clock/clock.ts';
import type { Purpose } from '../../../aws/sessions/purpose.ts';
import type { Deps } from '../../../steps/deps.ts';

/** One request to EC2, each attempt of the SDK counted. */
export interface NotedRequest {
  /** The execution, unless told otherwise. */
  readonly by: string;
  readonly purpose: Purpose;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** By the clock of the run, in milliseconds. */
  readonly at: number;
}

/** Notes every request that the spokes' sessions send, as it is sent. */
export function noteRequests(deps: Deps, noted: NotedRequest[], by?: string): Deps {
  const clock: Clock = deps.clock;
  return {
    ...deps,
    spokesFor: (executionId) => ({
      open: async (...asked) => {
        const purpose = asked[2];
        const clients = await deps.spokesFor(executionId).open(...asked);
        clients.ec2.middlewareStack.add(
          (next, { commandName = '' }) =>
            async (args) => {
              noted.push({
                by: by ?? executionId,
                purpose,
                operation: commandName.replace(/Command$/, ''),
                input: args.input as Record<string, unknown>,
                at: clock.now().getTime(),
              });
              return next(args);
            },
          { step: 'deserialize', priority: 'low' },
        );
        return clients;
      },
    }),
  };
}
