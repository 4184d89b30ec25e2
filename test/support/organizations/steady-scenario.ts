import type { Scenario, SimEstate } from '../../../simulation/model/organization.ts';
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
 * on, for tests that count. None of them was made by CreateImage: each is a copy that others may rely on.
 */
export function steadyScenario(size: ScenarioSize): Scenario {
  const scenario = sizedScenario({ ...size, weights: STEADY_WEIGHTS });
  return {
    ...scenario,
    build: (now) => {
      const organization = scenario.build(now);
      const ready = new Set<SimEstate>();
      return {
        ...organization,
        estate: (accountId, region) => {
          const estate = organization.estate(accountId, region);
          if (!ready.has(estate)) withoutLeftovers(estate);
          ready.add(estate);
          return estate;
        },
      };
    },
  };
}

function withoutLeftovers(estate: SimEstate): void {
  for (const { snapshotId } of estate.groundTruths()) {
    const snapshot = estate.snapshot(snapshotId);
    if (snapshot?.description.startsWith('Created by CreateImage(') === true)
      estate.putSnapshot({ ...snapshot, description: '' });
  }
}
