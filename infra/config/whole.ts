import type { z } from 'zod';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { ConfigKeys } from './keys.ts';

/** With every default that doesn't follow from another key. */
type Keys = z.output<typeof ConfigKeys>;

/**
 * What each key allows, and not all of them together.
 *
 * @throws {InvalidInput} naming the key, its value and what is accepted
 */
export function refuseContradictions(config: Keys, root: string): void {
  for (const [key, value, accepted] of contradictions(config)) {
    throw new InvalidInput(fault(`${root}.${key}`, value, accepted));
  }
}

type Contradiction = readonly [key: string, value: string, accepted: string];

function contradictions(config: Keys): Contradiction[] {
  return [...ofTwoOrganizations(config), ...ofStackSets(config), ...ofStore(config)];
}

/** The id of a unit begins with its root's, and an organization has one root. */
function ofTwoOrganizations({ organizationalUnits, deletion }: Keys): Contradiction[] {
  const units = [
    ...organizationalUnits.map((unit, at) => [`organizationalUnits[${at}]`, unit] as const),
    ...deletion.organizationalUnits.map(
      (unit, at) => [`deletion.organizationalUnits[${at}]`, unit] as const,
    ),
  ];
  const rootOf = (unit: string) => unit.split('-')[1];
  const [first] = units;
  return units
    .filter(([, unit]) => first !== undefined && rootOf(unit) !== rootOf(first[1]))
    .map(([key, unit]) => [key, unit, `a unit of one organization with ${first?.[0]}`]);
}

function ofStackSets({ stackSets, managementAccountId }: Keys): Contradiction[] {
  const { accountId, callAs } = stackSets;
  if (accountId === undefined || managementAccountId === undefined) return [];
  if ((callAs === 'SELF') === (accountId === managementAccountId)) return [];
  const accepted =
    callAs === 'SELF'
      ? 'the managementAccountId, as long as stackSets.callAs is "SELF"'
      : 'another account than managementAccountId, where stackSets.callAs is "DELEGATED_ADMIN"';
  return [['stackSets.accountId', accountId, accepted]];
}

function ofStore({ store, hubAccountId, region }: Keys): Contradiction[] {
  const { bucketName, sealKeyArn } = store;
  if (sealKeyArn === undefined) return [];
  const [, , , keyRegion, keyAccountId] = sealKeyArn.split(':');
  const accepted = [
    ...(bucketName === undefined ? ['only together with store.bucketName'] : []),
    ...((hubAccountId ?? keyAccountId) === keyAccountId ? [] : ['a key of hubAccountId']),
    ...((region ?? keyRegion) === keyRegion ? [] : ['a key of region']),
  ];
  return accepted.map((one) => ['store.sealKeyArn', sealKeyArn, one]);
}
