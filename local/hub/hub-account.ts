import { peopleRoles } from '../../core/input/hub-name.ts';
import { hubNames } from '../../infra/config/hub-names.ts';
import type { SimMacKey } from '../../simulation/services/kms.ts';
import type { SimFunction } from '../../simulation/services/lambda.ts';
import type { SimStateMachine } from '../../simulation/state-machine.ts';
import type { SimulatedDeployment } from './deployment.ts';
import { REGION } from './place.ts';

/** People of the hub's account who may do nothing there but assume one of a hub's two roles. */
export const PEOPLE = { operator: personOf('OPERATOR'), approver: personOf('APPROVER') };
type Person = keyof typeof PEOPLE;

function personOf(name: 'OPERATOR' | 'APPROVER') {
  return {
    accessKeyId: `AKIASIMULATED${name}`,
    secretAccessKey: `simulated-secret-access-key-${name.toLowerCase()}`,
  };
}

/** What the simulated account has of all hubs in it. The simulation looks at these lists themselves. */
export class HubAccount {
  readonly parameters = { region: REGION, values: {} as Record<string, string> };
  readonly functions: Record<string, SimFunction> = {};
  readonly stateMachines: SimStateMachine[] = [];
  /** Those too that a hub left behind. */
  readonly macKeys: SimMacKey[] = [];
  readonly hubRoleNames: string[] = [];
  readonly topicArns: string[] = [];
  readonly people;
  readonly #accountId: string;

  constructor(accountId: string) {
    this.#accountId = accountId;
    this.people = (Object.keys(PEOPLE) as Person[]).map((name) => ({
      ...PEOPLE[name],
      name,
      arn: `arn:aws:iam::${accountId}:user/some-${name}`,
      actions: [],
      mayAssume: [] as string[],
    }));
  }

  /** From now on these hubs are there and no others. */
  become(hubs: readonly SimulatedDeployment[]): void {
    const roles = hubs.map(({ config }) => peopleRoles(config.prefix));
    replace(
      this.parameters.values,
      hubs.map((hub) => [hubNames(hub.config.prefix).parameter, JSON.stringify(hub.description)]),
    );
    replace(
      this.functions,
      hubs.map((hub) => [hub.decideName, async (payload) => hub.decide(payload)]),
    );
    refill(
      this.stateMachines,
      hubs.map(({ machine }) => machine),
    );
    refill(
      this.hubRoleNames,
      roles.flatMap(({ operator, approver }) => [operator, approver]),
    );
    refill(
      this.topicArns,
      hubs.map(({ description }) => description.topicArn),
    );
    for (const { name, mayAssume } of this.people) {
      refill(
        mayAssume,
        roles.map((role) => role[name]),
      );
    }
    for (const { place } of hubs) this.#addKey(place.sealKeyArn);
  }

  /** The arn of a key that is not there yet. */
  newKeyFor(prefix: string): string {
    const arnOf = (name: string) => `arn:aws:kms:${REGION}:${this.#accountId}:key/${name}`;
    const there = this.macKeys.map(({ arn }) => arn);
    return arnOf(firstFree(`${prefix}-seal`, (name) => there.includes(arnOf(name))));
  }

  #addKey(arn: string): void {
    if (this.macKeys.some((key) => key.arn === arn)) return;
    // Whom all functions act as here; a session of the operator's is somebody else.
    this.macKeys.push({ arn, users: [`arn:aws:iam::${this.#accountId}:user/orgsweep`] });
  }
}

/** The name, or the first one with a number behind it that is not taken. */
export function firstFree(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}-${number}`;
  return free;
}

function refill<T>(list: T[], items: readonly T[]): void {
  list.splice(0, list.length, ...items);
}

function replace<T>(record: Record<string, T>, entries: readonly [string, T][]): void {
  for (const key of Object.keys(record)) delete record[key];
  Object.assign(record, Object.fromEntries(entries));
}
