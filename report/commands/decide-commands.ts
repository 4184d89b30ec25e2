import { commandLine } from './commands.ts';

/** Where a decision is typed. */
export interface WhereToDecide {
  readonly executionId: string;
  /** What the two commands need besides the execution's id, such as "--hub=/team/hub". */
  readonly commandOptions: string;
  /** How orgsweep is started where the run waits; left out: by its name, wherever it is installed. */
  readonly program?: string | undefined;
}

/** The two things that a person can say to a plan, to be pasted. */
export function decideCommands(of: WhereToDecide): { approve: string; reject: string } {
  const { executionId, commandOptions, program } = of;
  const options = commandOptions === '' ? '' : ` ${commandOptions}`;
  const command = (word: string) => `${commandLine([word, executionId], program)}${options}`;
  return { approve: command('approve'), reject: command('reject') };
}
