import { fault } from '../../core/bad-input.ts';
import { InvalidInput } from '../../core/errors.ts';
import { CONTEXT_KEY, type OrgsweepConfig } from '../../infra/config.ts';
import type { SimOrganization } from '../../simulation/model.ts';

/**
 * Refuses what names another organization than the one that is simulated.
 *
 * @throws {InvalidInput} naming the key, its value and what is accepted
 */
export function refuseOfOthers(config: OrgsweepConfig, organization: SimOrganization): void {
  const { hubAccountId, organizationId, accounts } = organization;
  const units = new Set(accounts.flatMap(({ path }) => path.split('/').slice(1, -2)));
  const of = (key: string, value: string | undefined, accepted: readonly string[]) =>
    value === undefined || accepted.includes(value)
      ? []
      : [
          fault(
            `${CONTEXT_KEY}.${key}`,
            value,
            `of the simulated organization: ${accepted.map((one) => `"${one}"`).join(', ')}`,
          ),
        ];
  const faults = [
    ...of('hubAccountId', config.hubAccountId, [hubAccountId]),
    ...of('organizationId', config.organizationId, [organizationId]),
    ...config.organizationalUnits.flatMap((unit, index) =>
      of(`organizationalUnits[${index}]`, unit, [...units]),
    ),
    ...config.deletion.organizationalUnits.flatMap((unit, index) =>
      of(`deletion.organizationalUnits[${index}]`, unit, [...units]),
    ),
  ];
  if (faults.length > 0) throw new InvalidInput(faults.join('; '));
}

/**
 * Refuses hubs that can't be beside each other.
 *
 * @throws {InvalidInput} naming the key, its value and what is accepted
 */
export function refuseTogether(configs: readonly OrgsweepConfig[]): void {
  configs.forEach((config, index) => {
    for (const before of configs.slice(0, index)) refuseBeside(config, before);
  });
}

function refuseBeside(config: OrgsweepConfig, before: OrgsweepConfig): void {
  if (config.prefix === before.prefix) {
    const accepted = 'one that no other hub of this account has';
    throw new InvalidInput(fault(`${CONTEXT_KEY}.prefix`, config.prefix, accepted));
  }
  const taken = Object.values(before.roleNames);
  for (const [role, name] of Object.entries(config.roleNames)) {
    if (!taken.includes(name)) continue;
    const accepted = `a name that no role of the hub "${before.prefix}" has`;
    throw new InvalidInput(fault(`${CONTEXT_KEY}.roleNames.${role}`, name, accepted));
  }
}
