import type { SimAccount, SimEstate, SimOrganization } from '../model/organization.ts';
import type { ArchetypeWeights } from './archetypes/registry.ts';
import { weighted } from './archetypes/registry.ts';
import { ChangingEstate } from './estate.ts';
import { hashKey } from './hash.ts';
import { makeInitialEstate } from './initial-estate.ts';
import type { RetentionRuleSpec } from './retention-rules.ts';
import { makeRetentionRules } from './retention-rules.ts';
import { makePublicSnapshots } from './snapshots/public-snapshots.ts';
import { makeRotation } from './snapshots/rotation.ts';

/** What an organization is made of. Same specification, same `now`: the same, byte for byte. */
export interface OrganizationSpec {
  readonly seed: number;
  readonly organizationId: string;
  readonly hubAccountId: string;
  readonly accounts: readonly SimAccount[];
  /** Names by id; whoever has none there is called by its id. */
  readonly organizationalUnits?: Readonly<Record<string, string>>;
  /** In the order DescribeRegions gives them. */
  readonly allRegions: readonly string[];
  /** In every Region of every account's list, also where nobody can see them. */
  readonly snapshotsPerTarget: number;
  /** The targets that hold another number of them, as `<account id>/<Region>`. */
  readonly snapshotsIn?: Readonly<Record<string, number>>;
  readonly weights: ArchetypeWeights;
  /** Of other kinds, by their names: how much of each a target has, counted as the kind says. */
  readonly amounts?: Readonly<Record<string, number>>;
  /** Puts that into a new estate. */
  readonly populate?: (estate: SimEstate) => void;
  /** Regions without the service, and so without volumes of its gateways. */
  readonly regionsWithoutStorageGateway?: readonly string[];
  readonly retentionRules?: readonly RetentionRuleSpec[];
}

/**
 * Ages are counted back from `now`.
 *
 * @throws when the hub isn't among the accounts, an account occurs twice or has an unknown Region,
 *   or a weight names no archetype
 */
export function buildOrganization(spec: OrganizationSpec, now: Date): SimOrganization {
  mustFitTogether(spec);
  const { seed, organizationId, hubAccountId, accounts, allRegions } = spec;
  const archetypes = weighted(spec.weights);
  const key = hashKey(seed, 'rotation');
  const rotation = makeRotation(archetypes, key);
  const withoutGateways = archetypes.filter(({ volume }) => volume !== 'of-gateway');
  const rotationWithoutGateways = makeRotation(withoutGateways, key);
  const lacksGateways = (region: string) =>
    spec.regionsWithoutStorageGateway?.includes(region) ?? false;
  const estates = new Map<string, SimEstate>();
  let tellTime = () => now;

  function makeEstate(accountId: string, region: string): SimEstate {
    const account = accounts.find(({ id }) => id === accountId);
    if (!account) throw new Error(`no account ${accountId} in ${organizationId}`);
    if (!account.regions.some(({ name }) => name === region)) {
      throw new Error(`no Region ${region} in account ${accountId}`);
    }
    const snapshotCount = spec.snapshotsIn?.[`${accountId}/${region}`] ?? spec.snapshotsPerTarget;
    const place = { seed, accountId, region, now, snapshotCount };
    const surroundings = {
      accountId,
      region,
      origin: { seed, bornAt: now, amounts: spec.amounts ?? {} },
      now: () => tellTime(),
      retentionRules: makeRetentionRules(spec.retentionRules ?? [], place),
    };
    const ofRegion = lacksGateways(region) ? rotationWithoutGateways : rotation;
    const estate = new ChangingEstate(surroundings, makeInitialEstate(ofRegion, place));
    spec.populate?.(estate);
    return estate;
  }

  return {
    organizationId,
    hubAccountId,
    accounts,
    organizationalUnits: withAllUnits(accounts, spec.organizationalUnits),
    allRegions,
    estate: (accountId, region) => {
      const name = `${accountId}/${region}`;
      const estate = estates.get(name) ?? makeEstate(accountId, region);
      estates.set(name, estate);
      return estate;
    },
    publicSnapshots: (region) =>
      allRegions.includes(region) ? makePublicSnapshots(seed, region, now) : [],
    serviceRegions: (service) =>
      service === 'storagegateway'
        ? allRegions.filter((region) => !lacksGateways(region))
        : allRegions,
    followClock: (clock) => {
      tellTime = () => clock.now();
    },
  };
}

/** The targets that can be looked at when nothing fails: what a complete execution has to find. */
export function visibleTargets(
  organization: SimOrganization,
): readonly { readonly accountId: string; readonly region: string }[] {
  return organization.accounts
    .filter(({ state, roles, id }) => {
      const usable = state === 'ACTIVE' || state === 'PENDING_CLOSURE';
      // The caller's own account needs no role.
      return usable && (roles === 'PRESENT' || id === organization.hubAccountId);
    })
    .flatMap((account) =>
      account.regions
        .filter(({ optIn, deniedByScp }) => optIn !== 'not-opted-in' && !deniedByScp)
        .map(({ name }) => ({ accountId: account.id, region: name })),
    );
}

/** Every unit on the path of an account is there. */
function withAllUnits(
  accounts: readonly SimAccount[],
  names: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const onPaths = accounts.flatMap(({ path }) => path.split('/').filter((id) => /^ou-/.test(id)));
  return { ...Object.fromEntries(onPaths.map((id) => [id, id])), ...names };
}

function mustFitTogether(spec: OrganizationSpec): void {
  const ids = spec.accounts.map(({ id }) => id);
  if (!ids.includes(spec.hubAccountId)) {
    throw new Error(`hub account ${spec.hubAccountId} is not among the accounts`);
  }
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`account ${twice} occurs twice`);
  for (const { id, regions } of spec.accounts) {
    const unknown = regions.find(({ name }) => !spec.allRegions.includes(name));
    if (unknown) throw new Error(`account ${id} has the unknown Region ${unknown.name}`);
  }
}
