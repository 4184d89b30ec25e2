import { createHash } from 'node:crypto';
import type { SimEstate, SimOrganization } from './model/organization.ts';
import type { SimListing } from './kinds/kind.ts';
import { SIM_KINDS } from './kinds/registry.ts';

/** More than one rotation of archetypes: each of them is among so many. */
const OF_EACH_LISTING = 150;
const TARGETS = 6;
const ACCOUNTS = 200;

/**
 * Tells organizations apart that were made up by different rules: two with the same one are alike,
 * as far as a sample of each listing says. To be taken before anything is changed.
 */
export function fingerprintOf(organization: SimOrganization): string {
  const { accounts, organizationalUnits, allRegions, hubAccountId } = organization;
  const hash = createHash('sha256');
  const add = (value: unknown) => void hash.update(`${JSON.stringify(value)}\n`);
  add([
    hubAccountId,
    allRegions,
    organizationalUnits,
    accounts.length,
    accounts.slice(0, ACCOUNTS),
  ]);
  const targets = accounts.flatMap(({ id, regions }) => regions.map(({ name }) => [id, name]));
  const step = Math.max(1, Math.floor(targets.length / TARGETS));
  for (let at = 0; at < targets.length; at += step) {
    const [accountId = '', region = ''] = targets[at] ?? [];
    const estate = organization.estate(accountId, region);
    add(estate.retentionRules());
    for (const list of listingsOf(estate)) add(list(0, OF_EACH_LISTING));
  }
  return hash.digest('hex');
}

/** Those of a kind that a target has nothing of are passed over. */
function listingsOf(estate: SimEstate): readonly SimListing[] {
  const { amounts } = estate.origin;
  const ofKinds = SIM_KINDS.filter(({ name }) => (amounts[name] ?? 0) > 0);
  return [
    (from, limit) => estate.snapshots(from, limit),
    (from, limit) => estate.volumes(from, limit),
    (from, limit) => estate.instances(from, limit),
    (from, limit) => estate.images(from, limit),
    (from, limit) => estate.lockedSnapshots(from, limit),
    (from, limit) => estate.fastRestores(from, limit),
    (from, limit) => estate.volumesInRecycleBin(from, limit),
    (from, limit) => estate.imagesInRecycleBin(from, limit),
    (from, limit) => estate.launchTemplates(from, limit),
    (from, limit) => estate.launchConfigurations(from, limit),
    (from, limit) => estate.ecsServices(from, limit),
    (from, limit) => estate.gatewayVolumes(from, limit),
    ...ofKinds.flatMap(({ listings }) => listings?.(estate) ?? []),
  ];
}
