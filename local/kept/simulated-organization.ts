import type { Clock } from '../../clock/clock.ts';
import type { SimJournal } from '../../simulation/model/change.ts';
import type { Scenario, SimOrganization } from '../../simulation/model/organization.ts';

/** A simulated organization with its clock, before it is served. */
export interface SimulatedOrganization {
  readonly scenario: Scenario;
  readonly organization: SimOrganization;
  readonly clock: Clock;
  /** The folder it is kept in; undefined: it ends with the process. */
  readonly keptIn?: string;
  readonly opening?: number;
  readonly journal?: SimJournal;
  /** `AS_IF_NEVER`: takes back that it was opened, and its clock moved, where nothing was changed. */
  close(ending?: 'AS_IF_NEVER'): Promise<void>;
}
