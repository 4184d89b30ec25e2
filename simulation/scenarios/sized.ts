import type { Scenario, SimAccount } from '../model/organization.ts';
import type { ArchetypeWeights } from '../population/archetypes/registry.ts';
import { buildOrganization } from '../population/organization.ts';
import { MARKER_RULE } from '../population/retention-rules.ts';
import { DEFAULT_REGIONS, enabledRegion, layOut, ORGANIZATION_ID, TRUTH_POLICY } from './layout.ts';

const FIRST_ACCOUNT_ID = 310_000_000_001;

export interface ScenarioSize {
  readonly accounts: number;
  /** How many Regions, of the 17 that are enabled from the start. */
  readonly regions: number;
  readonly snapshotsPerTarget: number;
  readonly seed: number;
  /** Lineages per rotation, by archetype; one that isn't named has its default weight. */
  readonly weights?: ArchetypeWeights;
}

/** So many accounts alike; the first is the management account. */
export function numberedAccounts(count: number, regions: readonly string[]): SimAccount[] {
  return Array.from({ length: count }, (_, index) =>
    layOut({
      id: String(FIRST_ACCOUNT_ID + index),
      name: `account-${index + 1}`,
      management: index === 0,
      regions: regions.map(enabledRegion),
    }),
  );
}

/**
 * An organization of a given size in which nothing goes wrong, for measuring. The first account is
 * the hub. Every target's Recycle Bin keeps what is marked for 14 days.
 *
 * @throws RangeError when there would be no account, or more Regions than AWS has
 */
export function sizedScenario(size: ScenarioSize): Scenario {
  if (size.accounts < 1) throw new RangeError(`${size.accounts} accounts; accepted: 1 or more`);
  if (size.regions < 1 || size.regions > DEFAULT_REGIONS.length) {
    throw new RangeError(`${size.regions} Regions; accepted: 1 to ${DEFAULT_REGIONS.length}`);
  }
  // us-east-1 is where an organization's first workloads are: counted from there backwards.
  const home = DEFAULT_REGIONS.indexOf('us-east-1') + 1;
  const regions = [
    ...DEFAULT_REGIONS.slice(0, home).reverse(),
    ...DEFAULT_REGIONS.slice(home),
  ].slice(0, size.regions);
  const accounts = numberedAccounts(size.accounts, regions);
  return {
    name: `sized-${size.accounts}x${size.regions}x${size.snapshotsPerTarget}`,
    description: `${size.accounts} accounts, ${size.regions} Regions, ${size.snapshotsPerTarget} snapshots per target`,
    seed: size.seed,
    input: { policy: TRUTH_POLICY },
    faults: [],
    build: (now) =>
      buildOrganization(
        {
          seed: size.seed,
          organizationId: ORGANIZATION_ID,
          hubAccountId: String(FIRST_ACCOUNT_ID),
          accounts,
          allRegions: regions,
          snapshotsPerTarget: size.snapshotsPerTarget,
          weights: size.weights ?? {},
          retentionRules: [MARKER_RULE],
        },
        now,
      ),
  };
}
