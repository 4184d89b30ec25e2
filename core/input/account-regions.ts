import { z } from 'zod';
import { Region } from '../model/ids.ts';
import type { Scope } from './input.ts';

/** A Region as one account sees it. */
export const AccountRegion = z.strictObject({
  name: Region,
  enabled: z.boolean(),
  /** Of the Region, the same in every account: one that needs none is enabled in all of them. */
  needsOptIn: z.boolean(),
});
export type AccountRegion = Readonly<z.infer<typeof AccountRegion>>;

/**
 * Where to ask for an account's Regions, the hub's first: any Region tells of all of them. Those of
 * the scope come next, as a policy that denies the hub's may well allow them.
 *
 * @param known as the hub's account sees them; undefined: it wasn't told either
 */
export function regionsToAsk(
  hubRegion: string,
  scope: Pick<Scope, 'regions' | 'excludeRegions'>,
  known: readonly AccountRegion[] | undefined,
): string[] {
  const everywhere = known?.flatMap(({ name, needsOptIn }) => (needsOptIn ? [] : [name]));
  const others = [...scope.regions, ...(everywhere ?? REGIONS_WITHOUT_OPT_IN)];
  const allowed = others.filter((region) => isSamePartition(region, hubRegion));
  return [...new Set([hubRegion, ...allowed])].slice(0, MOST_ASKED);
}

/**
 * The Regions to look at in an account that doesn't tell which it has: those that the scope names,
 * or those of the hub's own account. Each Region's own answer tells whether it is there.
 *
 * @returns null where nobody tells of any
 */
export function presumedRegions(
  scope: Pick<Scope, 'regions'>,
  known: readonly AccountRegion[] | undefined,
): AccountRegion[] | null {
  const named = new Set(scope.regions);
  const unknown = scope.regions.filter((name) => !known?.some((region) => region.name === name));
  const presumed = [
    ...(known ?? []).filter(({ name, enabled }) => enabled || named.has(name)),
    ...unknown.map((name) => ({ name, needsOptIn: true })),
  ].map((region) => ({ ...region, enabled: true }));
  return presumed.length === 0 ? null : presumed;
}

/**
 * Whether an account has to enable a Region first; undefined: nobody knows.
 *
 * @param known as the hub's account sees them
 */
export function regionNeedsOptIn(
  region: string,
  known: readonly AccountRegion[] | undefined,
): boolean | undefined {
  const told = known?.find(({ name }) => name === region)?.needsOptIn;
  return told ?? (REGIONS_WITHOUT_OPT_IN.includes(region) ? false : undefined);
}

/** AWS has 17 Regions that need no opt-in, and adds none of that kind any more. */
const MOST_ASKED = 20;

/**
 * Those of all partitions, for a start: what isn't there any more doesn't answer.
 *
 * @internal A test holds that each has a price.
 */
export const REGIONS_WITHOUT_OPT_IN: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-west-1', 'eu-central-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'us-gov-west-1', 'us-gov-east-1', 'cn-north-1', 'cn-northwest-1'],
];

/** Credentials of one partition are unknown in every other. */
function isSamePartition(region: string, other: string): boolean {
  return partitionOf(region) === partitionOf(other);
}

/** The part of AWS that a Region is in, as `aws` and `cn`; each has accounts of its own. */
export function partitionOf(region: string): string {
  return /^(cn|us-gov|us-iso[a-z]?|eusc)-/.exec(region)?.[1] ?? 'aws';
}
