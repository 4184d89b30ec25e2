import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { CONTEXT_KEY, type OrgsweepConfig } from '../../infra/config/config.ts';
import type { SimOrganization } from '../../simulation/model/organization.ts';
import { REGION } from './place.ts';

/**
 * Refuses what names another organization than the one that is simulated.
 *
 * @throws {InvalidInput} naming the key, its value and what is accepted
 */
export function refuseOfOthers(config: OrgsweepConfig, organization: SimOrganization): void {
  const { hubAccountId, organizationId, accounts } = organization;
  const managementIds = accounts.filter(({ management }) => management).map(({ id }) => id);
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
    ...of('region', config.region, [REGION]),
    ...of('managementAccountId', config.managementAccountId, managementIds),
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

/** What the CDK's stacks don't let an update change. */
const AGREED = ['roleNames', 'externalId', 'store'] as const;

/**
 * Refuses a change of a hub that is there after which nothing would fit together, as its stack does.
 *
 * @throws {InvalidInput} naming the key, its value and what is accepted
 */
export function refuseUnlessAgreed(config: OrgsweepConfig, before: OrgsweepConfig): void {
  for (const key of AGREED) {
    const was = JSON.stringify(before[key] ?? null);
    if (JSON.stringify(config[key] ?? null) === was) continue;
    const accepted = `${was}, as the hub "${config.prefix}" was deployed with; or destroy it first`;
    throw new InvalidInput(fault(`${CONTEXT_KEY}.${key}`, config[key] ?? null, accepted));
  }
}

/**
 * Refuses to adopt what isn't there.
 *
 * @throws {InvalidInput} naming the key, its value and what is accepted
 */
export function refuseUnlessThere(
  { store }: OrgsweepConfig,
  there: { readonly bucketNames: readonly string[]; readonly keyArns: readonly string[] },
): void {
  const adopted = [
    ['bucketName', store.bucketName, there.bucketNames, 'a bucket'],
    ['sealKeyArn', store.sealKeyArn, there.keyArns, 'a key'],
  ] as const;
  for (const [key, value, values, what] of adopted) {
    if (value === undefined || values.includes(value)) continue;
    const list = values.map((one) => `"${one}"`).join(', ') || 'none';
    const accepted = `${what} of the hub account: ${list}`;
    throw new InvalidInput(fault(`${CONTEXT_KEY}.store.${key}`, value, accepted));
  }
}
