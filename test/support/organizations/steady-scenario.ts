import type { Scenario } from '../../../simulation/model/organization.ts';
import {
  CLOSER_LOOK_ARCHETYPES,
  REFERENCED_ARCHETYPES,
} from '../../../simulation/population/archetypes/referenced.ts';
import type { ScenarioSize } from '../../../simulation/scenarios/sized.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';

const STEADY_WEIGHTS = {
  ...Object.fromEntries(
    [...REFERENCED_ARCHETYPES, ...CLOSER_LOOK_ARCHETYPES].map(({ name }) => [name, 0]),
  ),
  'in-use-locked': 1,
  'protected-locked': 1,
};

/**
 * A sized scenario whose snapshots stay the same when another archetype of a reference is switched
 * on, for tests that count.
 */
export function steadyScenario(size: ScenarioSize): Scenario {
  return sizedScenario({ ...size, weights: STEADY_WEIGHTS });
}
