import type { OrgsweepConfig } from '../../infra/config/config.ts';
import type { Settings } from '../../steps/deps.ts';

/** What the deployed functions are told of a configuration, in their environments. */
export function settingsOf({ deletion, protectTags }: OrgsweepConfig): Settings {
  return {
    deletionEnabled: deletion.enabled,
    protectTags,
    floors: deletion.floors,
    deletionKinds: deletion.kinds,
    removalsPerSecond: deletion.removalsPerSecond,
    removalBudgetSeconds: 600,
  };
}
