import {
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  paginateListExecutions,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { ListedExecution } from '../../core/input/governance.ts';
import { brokenListing, itemsOfPages } from '../answers/pages.ts';

/** The deployed state machine, as far as it is started and watched by itself. */
export interface DeployedMachine {
  /** Newest first. Step Functions forgets executions 90 days after they ended. */
  list(status: 'RUNNING' | 'SUCCEEDED'): AsyncIterable<ListedExecution>;
  /** `EXISTS`: there was one of that name before, and nothing is started. */
  start(name: string, input: unknown): Promise<'STARTED' | 'EXISTS'>;
  deployedAt(): Promise<Date>;
}

export function makeDeployedMachine(sfn: SFNClient, stateMachineArn: string): DeployedMachine {
  const operation = 'states:ListExecutions';
  return {
    list: async function* (statusFilter) {
      const pages = paginateListExecutions(
        { client: sfn, pageSize: 1000 },
        { stateMachineArn, statusFilter },
      );
      const executions = itemsOfPages(
        operation,
        pages,
        (page) => page.executions,
        (page) => page.nextToken,
      );
      for await (const { name, startDate } of executions) {
        if (name === undefined || startDate === undefined) {
          throw brokenListing(operation, 'an execution came without its name or its start');
        }
        yield { name, startedAt: startDate };
      }
    },
    start: async (name, input) => {
      try {
        // The same name with the same input, while it still runs, is answered as if it were new.
        await sfn.send(
          new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
        );
        return 'STARTED';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'EXISTS';
        throw error;
      }
    },
    deployedAt: async () => {
      const { creationDate } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      if (creationDate === undefined) throw new Error(`${stateMachineArn} came without its date`);
      return creationDate;
    },
  };
}
