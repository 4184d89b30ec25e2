import { makePace } from '../../aws/answers/pace.ts';
import { isRoot, namesOfParents, unitsOnPath } from '../../core/scope/organizational-units.ts';
import type { OrgAccount } from '../../core/model/org-account.ts';
import type { PrepareDeps } from '../deps.ts';

/** So that names don't take Prepare's time: at the pace below this many take a minute and a half. */
const MOST_LOOK_UPS = 300;

/**
 * AWS documents no rate for DescribeOrganizationalUnit; its neighbours have 5 a second and a burst
 * of 8, and somebody else of the account may call it, too.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const PACE = { burst: 5, perSecond: 3 };

/**
 * The names of the organizational units that accounts are directly in, by id. They only make a
 * report easier to read: what can't be had is left out, and nothing fails for it.
 */
export async function readOrganizationalUnits(
  { hub, clock }: Pick<PrepareDeps, 'hub' | 'clock'>,
  accounts: readonly OrgAccount[],
): Promise<Record<string, string>> {
  const names = new Map<string, string>();
  const turn = makePace(clock, PACE);
  try {
    for (const id of unitsToAskFor(accounts).slice(0, MOST_LOOK_UPS)) {
      await turn();
      const name = await hub.findOrganizationalUnitName(id);
      if (name !== undefined) names.set(id, name);
    }
  } catch {
    // Denied, or throttled to the end: the next look-ups would fare no better.
  }
  return namesOfParents(accounts, names);
}

/** Those that accounts are directly in come first. */
function unitsToAskFor(accounts: readonly OrgAccount[]): string[] {
  const paths = accounts.map(({ path }) => unitsOnPath(path));
  const direct = paths.flatMap((units) => units.at(-1) ?? []);
  return [...new Set([...direct, ...paths.flat()])].filter((id) => !isRoot(id));
}
