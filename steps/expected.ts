import { z } from 'zod';
import type { Store } from '../store/store.ts';
import { digestOfText } from '../core/plan/digest.ts';
import { ExpectedTampered } from '../core/model/errors.ts';
import { ActsAs } from '../core/model/acts-as.ts';
import { ClockDifference } from '../core/model/clock-difference.ts';
import { Floors } from '../core/floors/floors.ts';
import { AccountRegion, regionNeedsOptIn } from '../core/input/account-regions.ts';
import { Organization } from '../core/scope/organization.ts';
import { AccountId, ExecutionId, Region, Timestamp } from '../core/model/ids.ts';
import {
  Approval,
  Limits,
  Mode,
  Policy,
  PolicyOverride,
  REMOVED_BY_DEFAULT,
  Scope,
} from '../core/input/input.ts';
import { TargetOutcome } from '../core/outcome/outcome.ts';
import { PriceTable } from '../core/prices/price-table.ts';
import { pricesAmong } from '../kinds/among.ts';
import type { Kind } from '../kinds/kind.ts';
import { Target } from '../core/model/target.ts';
import { keysOf } from '../store/keys.ts';
import { parseStored } from '../store/stored-json.ts';

/** What Prepare expects of an execution; Plan and Summarize count against it. */
export const Expected = z.strictObject({
  executionId: ExecutionId,
  startedAt: Timestamp,
  mode: Mode,
  scope: Scope,
  /** Of a retry: the Regions to look at, by account; an empty list: all that are enabled. */
  retried: z.record(AccountId, z.array(Region)).optional(),
  /** Of a retry: the Regions it leaves out, as they were seen completely before. */
  seenBefore: z.record(AccountId, z.array(Region)).optional(),
  kinds: z.array(z.string()),
  /** What delete mode may remove; files of older versions don't say. */
  remove: z.array(z.string()).default([...REMOVED_BY_DEFAULT]),
  /** With the protect tags of the deployment, and of the plan that is applied, added. */
  policy: Policy,
  /** As they were given. */
  policyOverrides: z.array(PolicyOverride),
  /** The effective policies of the accounts where it isn't `policy`. */
  policies: z.record(AccountId, Policy),
  limits: Limits,
  approval: Approval,
  /** What the deployment set; files of older versions have none. */
  floors: Floors.optional(),
  /** What the input left to its defaults and they raised. */
  raisedToFloors: z.array(z.string()).optional(),
  /** The execution whose plan is applied. */
  basedOn: ExecutionId.nullable(),
  /** The digest of that plan. */
  basedOnDigest: z.string().optional(),
  /** All Regions, as the hub's account sees them; none where it may not ask either. */
  regions: z.array(AccountRegion).optional(),
  /** The Regions of services that not every Region has; a service whose list couldn't be read isn't here. */
  serviceRegions: z.record(z.string(), z.array(z.string())),
  accounts: z.array(
    z.strictObject({
      id: AccountId,
      name: z.string(),
      state: z.string(),
      path: z.string().nullable(),
      isManagementAccount: z.literal(true).optional(),
    }),
  ),
  /** Left out: nobody told which it is. */
  organization: Organization.optional(),
  /** The names of their organizational units, from the root down, by id; as far as they are known. */
  organizationalUnits: z.record(z.string(), z.string()).optional(),
  /** The same for all of the execution; files of older versions have none. */
  prices: PriceTable.optional(),
  /** Where Prepare's clock was too far from AWS's; only in a report. */
  clock: ClockDifference.optional(),
  /** Left out: STS didn't tell. */
  actsAs: ActsAs.optional(),
  /** Why the store's own prices were not gone by. */
  pricesFailure: z.string().optional(),
  /** Only one account was to be looked at: which others its organization has, nobody asked. */
  onlyAccount: z.literal(true).optional(),
  /** Outcomes that are known before anything is scanned: exclusions, and accounts that can't be. */
  outcomes: z.array(TargetOutcome),
  /** For a later execution that goes by this one. */
  seal: z.string().optional(),
});
export type Expected = z.infer<typeof Expected>;

/** The services that a Region doesn't have, as AWS says. */
export function absentServicesIn({ serviceRegions }: Expected, region: string): string[] {
  return Object.entries(serviceRegions)
    .filter(([, regions]) => !regions.includes(region))
    .map(([service]) => service);
}

/** Whether an account has to enable a Region first; undefined: nobody knows. */
export function needsOptIn(
  expected: Pick<Expected, 'regions'> | undefined,
  region: string,
): boolean | undefined {
  return regionNeedsOptIn(region, expected?.regions);
}

export function pricesOf({ prices }: Pick<Expected, 'prices'>, kinds: readonly Kind[]): PriceTable {
  return prices ?? pricesAmong(kinds).builtIn;
}

/** What ListRegions expects of one account. */
export const ExpectedRegions = z.strictObject({
  accountId: AccountId,
  targets: z.array(Target),
  outcomes: z.array(TargetOutcome),
  /** It didn't tell its Regions, and those to look at are named: it may have others. */
  mayHaveOthers: z.literal(true).optional(),
});
export type ExpectedRegions = z.infer<typeof ExpectedRegions>;

/**
 * What Prepare wrote, to the byte: the digest comes from the machine's own state, which nobody who
 * writes in the store can change.
 *
 * @throws {ExpectedTampered} for any other file, and where there is none
 */
export async function readExpected(
  store: Store,
  executionId: string,
  digest: string,
): Promise<Expected> {
  const key = keysOf(executionId).expected;
  const stored = await store.get(key);
  if (stored === undefined) throw new ExpectedTampered(`${store.locationOf(key)} is missing`);
  if (digestOfText(stored.body) !== digest) {
    throw new ExpectedTampered(
      `${store.locationOf(key)} is not what was written when the execution began: somebody changed it`,
    );
  }
  if (latest?.digest !== digest)
    latest = { digest, expected: parseStored(Expected, stored.body, store.locationOf(key)) };
  return latest.expected;
}

/**
 * What a process read last, by the digest of its very bytes: on one machine it is read for each
 * target, and the more accounts there are, the longer it is. Nobody changes it once it is parsed.
 */
let latest: { readonly digest: string; readonly expected: Expected } | undefined;
