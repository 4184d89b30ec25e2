import type { OrgsweepConfig } from '../../infra/config/config.ts';
import type { SimAccount, SimOrganization } from '../../simulation/model/organization.ts';
import { makeRetentionRules, MARKER_RULE } from '../../simulation/population/retention-rules.ts';
import type { SimRetentionRule } from '../../simulation/model/recycle-bin.ts';
import type { SpokeRoleOf } from '../../simulation/services/sts.ts';

const ROLES = ['discovery', 'deletion', 'restore'] as const;

/** Which roles the accounts have, by what the StackSets of these configurations bring. */
export function rolesOf(
  organization: SimOrganization,
  configs: () => readonly OrgsweepConfig[],
): SpokeRoleOf {
  return (accountId, roleName) => {
    const account = organization.accounts.find(({ id }) => id === accountId);
    if (account === undefined) return undefined;
    for (const config of configs()) {
      const role = ROLES.find((one) => config.roleNames[one] === roleName);
      if (role !== undefined && isRolledOut(config, role, account)) return role;
    }
    return undefined;
  };
}

function isRolledOut(
  { organizationalUnits, deletion }: OrgsweepConfig,
  role: (typeof ROLES)[number],
  account: SimAccount,
): boolean {
  if (role === 'deletion') return isIn(account, deletion.organizationalUnits);
  return organizationalUnits.length === 0 || isIn(account, organizationalUnits);
}

function isIn({ path }: SimAccount, units: readonly string[]): boolean {
  const parents = path.split('/').slice(1, -2);
  return units.some((unit) => parents.includes(unit));
}

/**
 * Puts the Recycle Bin rules of these configurations in the place of those that the scenario has for
 * orgsweep's marker. Rules of others stay.
 */
export class RecycleBinRules {
  readonly #organization: SimOrganization;
  readonly #seed: number;
  readonly #others = new Map<string, readonly SimRetentionRule[]>();

  constructor(organization: SimOrganization, seed: number) {
    this.#organization = organization;
    this.#seed = seed;
  }

  rollOut(configs: readonly OrgsweepConfig[]): void {
    for (const account of this.#organization.accounts) {
      for (const { name: region } of account.regions) this.#rollOutIn(account, region, configs);
    }
  }

  #rollOutIn(account: SimAccount, region: string, configs: readonly OrgsweepConfig[]): void {
    const estate = this.#organization.estate(account.id, region);
    const place = `${account.id}/${region}`;
    const others = this.#others.get(place) ?? estate.retentionRules().filter(isOfOthers);
    this.#others.set(place, others);
    const own = configs
      .filter(({ deletion, recycleBin }) => {
        return recycleBin.regions.includes(region) && isIn(account, deletion.organizationalUnits);
      })
      .flatMap(({ recycleBin: { retentionDays } }, index) =>
        makeRetentionRules([{ ...MARKER_RULE, retentionDays }], {
          // Another identifier than any rule of the scenario.
          seed: this.#seed + 1 + index,
          ...{ accountId: account.id, region },
        }),
      );
    estate.setRetentionRules([...others, ...own]);
  }
}

function isOfOthers({ resourceTags = [] }: SimRetentionRule): boolean {
  return !resourceTags.some(({ key }) => key === MARKER_RULE.resourceTags?.[0]?.key);
}
