import type { Scenario } from '../model/organization.ts';
import { sizedScenario } from './sized.ts';

/** One account, one Region, nothing in it: complete, and with nothing to say. */
export const emptyScenario: Scenario = {
  ...sizedScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 0, seed: 1 }),
  name: 'empty',
  description: 'one account, one Region, no snapshots; ends complete',
};
