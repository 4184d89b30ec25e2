import { InvalidInput } from '../core/errors.ts';
import type { Scenario } from '../simulation/model.ts';
import { scenarioByName } from '../simulation/scenarios/registry.ts';
import { ScenarioError } from '../simulation/scenarios/scenario-error.ts';
import { parseScenarioFile } from '../simulation/scenarios/scenario-file.ts';
import { readTextFile } from './execution-input.ts';

/**
 * The scenario of that name or in that file; what has a dot or a slash in it is a file.
 *
 * @throws {InvalidInput}
 */
export function findScenario(nameOrFile = 'default'): Scenario {
  const isFile = /[./\\]/.test(nameOrFile);
  try {
    return isFile
      ? parseScenarioFile(readTextFile('--scenario', nameOrFile))
      : scenarioByName(nameOrFile);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new InvalidInput(`--scenario${isFile ? ` ${nameOrFile}` : ''}: ${error.message}`, {
      cause: error,
    });
  }
}
