import type { Scenario } from '../model/organization.ts';
import { badDayScenario } from './bad-day.ts';
import { defaultScenario } from './default.ts';
import { emptyScenario } from './empty.ts';
import { ScenarioError } from './scenario-error.ts';

/** The scenarios that have a name. @internal A test goes through all of them. */
export const SCENARIOS: readonly Scenario[] = [defaultScenario, badDayScenario, emptyScenario];

/** @throws ScenarioError naming the accepted names */
export function scenarioByName(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found) return found;
  const names = SCENARIOS.map((scenario) => `"${scenario.name}"`).join(', ');
  throw new ScenarioError(`scenario "${name}"; accepted: ${names}, or a JSON file`);
}
