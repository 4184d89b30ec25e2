import type { Scenario } from '../../simulation/model/organization.ts';
import type { Simulation } from '../../simulation/server.ts';

/** What `orgsweep simulate` serves. */
export interface Served {
  readonly simulation: Simulation;
  readonly scenario: Scenario;
  /** For people, about what is there. */
  readonly lines: string[];
  readonly close: () => Promise<void>;
}

/** The input names the gaps that a scenario means to have. */
export function inputOption(input: object): string[] {
  return Object.keys(input).length === 0 ? [] : ['--input', JSON.stringify(input)];
}
