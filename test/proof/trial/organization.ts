import { applyAct } from '../../../simulation/acts.ts';
import type {
  SimAccount,
  SimEstate,
  SimOrganization,
  SimRhythm,
} from '../../../simulation/model/organization.ts';
import type { SimRetentionRule } from '../../../simulation/model/recycle-bin.ts';
import { MARKER_TAG } from '../../../simulation/services/ec2/role-conditions.ts';
import { ebsVolumes } from '../../../simulation/kinds/ebs-volume/index.ts';
import { seededFraction } from '../../../simulation/services/call/seeded.ts';
import { populateKinds } from '../../../simulation/kinds/populate.ts';
import { buildOrganization } from '../../../simulation/population/organization.ts';
import { layOut, ORGANIZATION_ID } from '../../../simulation/scenarios/layout.ts';
import { putAmis } from '../amis/made.ts';
import { putAmisElsewhere } from '../leftovers/made.ts';
import { makeSets } from '../laws/sets.ts';
import { REGIONS } from './regions.ts';
import type { AccountShape, OrganizationShape } from './trial.ts';

const FIRST_ACCOUNT_ID = 310_000_000_001;
const DAY_MS = 86_400_000;
const ALWAYS_ATTACHED = 'vol-0aaaaaaaaaaaaaaa8';
/** A volume that is attached at night. */
export const NIGHTLY = 'vol-0aaaaaaaaaaaaaaa9';

/** The simulated organization of a trial; the first account is the hub. */
export function organizationOf(shape: OrganizationShape, now: Date): SimOrganization {
  const organization = buildOrganization(
    {
      seed: shape.seed,
      organizationId: ORGANIZATION_ID,
      hubAccountId: String(FIRST_ACCOUNT_ID),
      accounts: shape.accounts.map(accountOf),
      allRegions: REGIONS,
      snapshotsPerTarget: shape.snapshots,
      weights: {},
      amounts: {
        ...(shape.volumes && { 'ebs-volume': 1 }),
        ...(shape.leftovers && { 'ebs-snapshot': 1 }),
      },
      populate: populateKinds,
    },
    now,
  );
  for (const { id, regions } of organization.accounts) {
    for (const { name } of regions) {
      const estate = organization.estate(id, name);
      estate.setRetentionRules(RETENTION_RULES[shape.bin]);
      makeSets(estate);
      if (shape.areTaggedApart) tagApart(estate);
      if (shape.volumes) chooseVolumes(estate, shape.seed);
    }
  }
  if (shape.leftovers) putAmisElsewhere(organization, shape.seed);
  if (shape.amis) putAmis(organization, shape);
  return organization;
}

/** How many of the situations that volumes are made up in are in each account and Region. */
const CHOSEN = 0.4;

/** In how many accounts and Regions something is attached, so that CloudWatch can be believed. */
const CONTROLLED = 0.85;

/** In how many a volume goes by somebody's own copy, and a policy has made another one since. */
const COPIED = 0.6;

/** Some of each, so that a trial doesn't take long, and one that is always there. */
function chooseVolumes(estate: SimEstate, seed: number): void {
  for (const { resourceId } of ebsVolumes.truths?.(estate) ?? []) {
    if (seededFraction(seed, resourceId) > CHOSEN) estate.removeVolume(resourceId);
  }
  const { accountId, region } = estate;
  if (seededFraction(seed, accountId, region) < CONTROLLED)
    putWith(estate, { volumeId: ALWAYS_ATTACHED, instanceId: 'i-0aaaaaaaaaaaaaaa8' }, {});
  if (seededFraction(seed, region, accountId) < COPIED) putCopied(estate);
  // Executions run at noon, and never see it attached.
  putWith(estate, { volumeId: NIGHTLY, instanceId: 'i-0aaaaaaaaaaaaaaa9' }, { hours: [22, 24] });
}

/** An unattached volume, a copy by hand that has all of it, and a newer one that its policy deletes. */
function putCopied(estate: SimEstate): void {
  const ago = (days: number) => new Date(estate.now().getTime() - days * DAY_MS);
  const own = `0${estate.accountId}${REGIONS.findIndex((name) => name === estate.region)}`;
  const volumeId = `vol-${own}aaa`;
  const volume = { volumeId, sizeGiB: 100, createTime: ago(400), tags: {}, attachments: [] };
  estate.putVolume({ ...volume, state: 'available' });
  for (const [end, days, tags] of [
    ['aab', 100, {}],
    ['aac', 50, { 'aws:dlm:lifecycle-policy-id': 'policy-7' }],
  ] as const) {
    const snapshotId = `snap-${own}${end}`;
    applyAct(estate, { kind: 'create-snapshot', snapshotId, volumeId });
    const made = estate.snapshot(snapshotId);
    if (made) estate.putSnapshot({ ...made, startTime: ago(days), tags });
  }
}

/** A volume, and an instance that has it at these hours. */
function putWith(
  estate: SimEstate,
  { volumeId, instanceId }: { readonly volumeId: string; readonly instanceId: string },
  when: Pick<SimRhythm, 'hours'>,
): void {
  estate.putInstance({ instanceId, state: 'running', volumeIds: [volumeId] });
  const createTime = new Date(estate.now().getTime() - 400 * DAY_MS);
  const rhythm = { instanceId, ...when };
  const volume = { volumeId, sizeGiB: 100, createTime, tags: {}, attachments: [], rhythm };
  estate.putVolume({ ...volume, state: 'available' });
}

/** So that each of two executions takes for a copy that is kept what the other one removes. */
function tagApart(estate: SimEstate): void {
  for (const { volumeId } of estate.snapshots(0, Number.MAX_SAFE_INTEGER).items) {
    for (const [index, tags] of [{ Retain: 'yes' }, { Backup: 'yes' }].entries()) {
      const snapshotId = estate.snapshotsOfVolume(volumeId)[index]?.snapshotId;
      if (snapshotId !== undefined) applyAct(estate, { kind: 'tag-snapshot', snapshotId, tags });
    }
  }
}

const RULE = { identifier: 'proof0rule1', retentionDays: 14, status: 'available' } as const;
const OF_VOLUMES: SimRetentionRule = {
  ...RULE,
  ...{ identifier: 'proof0rule2', resourceType: 'EBS_VOLUME', retentionDays: 7 },
};
const RETENTION_RULES: Readonly<Record<OrganizationShape['bin'], readonly SimRetentionRule[]>> = {
  nothing: [],
  everything: [RULE, OF_VOLUMES],
  marked: [RULE, OF_VOLUMES].map((rule) => ({ ...rule, resourceTags: [MARKER_TAG] })),
  'nothing yet': [RULE, OF_VOLUMES].map((rule) => ({ ...rule, status: 'pending' })),
};

/** What an execution can see when nothing fails. */
export function visibleEstates({ accounts, estate }: SimOrganization): SimEstate[] {
  return accounts.flatMap(({ id, state, roles, regions, management }) => {
    if (state === 'SUSPENDED' || (roles === 'MISSING' && !management)) return [];
    return (
      regions
        .filter(({ optIn }) => optIn !== 'not-opted-in')
        // SCPs don't reach the management account.
        .filter(({ deniedByScp }) => management || !deniedByScp)
        .map(({ name }) => estate(id, name))
    );
  });
}

function accountOf({ state, roles, regions }: AccountShape, index: number): SimAccount {
  return layOut({
    id: String(FIRST_ACCOUNT_ID + index),
    name: `account-${index + 1}`,
    management: index === 0,
    state,
    roles,
    regions: regions.map((visibility, position) => ({
      name: REGIONS[position] ?? REGIONS[0],
      optIn: visibility === 'not-opted-in' ? 'not-opted-in' : 'opt-in-not-required',
      deniedByScp: visibility === 'denied-by-scp',
    })),
  });
}
