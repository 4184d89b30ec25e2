import { InvalidInput } from '../../core/model/errors.ts';
import { refuseRepeatedKeys } from '../../core/input/json-text.ts';
import type { Scenario } from '../../simulation/model/organization.ts';
import { scenarioByName } from '../../simulation/scenarios/registry.ts';
import { ScenarioError } from '../../simulation/scenarios/scenario-error.ts';
import { parseScenarioFile } from '../../simulation/scenarios/scenario-file.ts';
import { readTextFile } from '../arguments/execution-input.ts';

/**
 * The scenario of that name or in that file; what has a dot or a slash in it is a file.
 *
 * @throws {InvalidInput}
 */
export function findScenario(nameOrFile = 'default'): Scenario {
  const isFile = isScenarioFile(nameOrFile);
  try {
    return isFile ? readScenario(nameOrFile) : scenarioByName(nameOrFile);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new InvalidInput(`--scenario${isFile ? ` ${nameOrFile}` : ''}: ${error.message}`, {
      cause: error,
    });
  }
}

/** Its `input` may protect something, and so may a key that stands twice. */
function readScenario(file: string): Scenario {
  const text = readTextFile('--scenario', file);
  refuseRepeatedKeys(text, `--scenario ${file}`);
  return parseScenarioFile(text);
}

export function isScenarioFile(nameOrFile: string): boolean {
  return /[./\\]/.test(nameOrFile);
}

/** The scenario of a file whose text was kept. @throws {InvalidInput} */
export function scenarioInText(text: string): Scenario {
  try {
    return parseScenarioFile(text);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new InvalidInput(`--keep: ${error.message}`, { cause: error });
  }
}
