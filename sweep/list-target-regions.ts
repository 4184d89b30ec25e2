import { brokenListing } from '../adapters/pages.ts';
import { type AccountRegion, listRegions } from '../adapters/regions.ts';
import { ExpectedTampered } from '../core/errors.ts';
import { scopeIn } from '../core/retry.ts';
import { expandTargets, selectRegions } from '../core/scope.ts';
import type { FunctionInput, FunctionOutput } from '../statemachine/contracts.ts';
import type { Deps } from './deps.ts';
import { type Expected, type ExpectedRegions, readExpected } from './expected.ts';
import { withFence } from './fenced-store.ts';
import { writeJson } from './stored-json.ts';
import { keysOf } from './keys.ts';

/**
 * Lists the Regions that are enabled in one account, with the spoke's own credentials, and writes
 * down which targets that makes. Regions that aren't looked at are named with their reason.
 */
export async function listTargetRegions(
  given: Pick<Deps, 'store' | 'clock' | 'kinds' | 'hub' | 'spokesFor' | 'sealOf'>,
  { executionId, expectedDigest, accountId }: FunctionInput<'ListRegionsFunctionArn'>,
): Promise<FunctionOutput<'ListRegionsFunctionArn'>> {
  const deps = await withFence(given, executionId);
  const expected = await readExpected(deps.store, executionId, expectedDigest);
  refuseUnlessInScope(expected, accountId);
  const clients = await deps.spokesFor(executionId).open(accountId, deps.hub.region, 'discover');
  const regions = await listRegions(clients.ec2);
  const scope = scopeIn(expected, accountId);
  refuseUnlisted(regions, scope.regions);
  const selection = selectRegions(regions, scope);
  const kinds = deps.kinds.filter(({ kind }) => expected.kinds.includes(kind));
  const accountName = expected.accounts.find(({ id }) => id === accountId)?.name;
  const written: ExpectedRegions = {
    accountId,
    targets: expandTargets(accountId, selection.targets, kinds, deps.hub.globalRegion),
    outcomes: selection.excluded.map(({ region, excluded }) => ({
      accountId,
      accountName,
      region,
      status: 'EXCLUDED',
      excluded,
      kinds: {},
      at: deps.clock.now().toISOString(),
    })),
  };
  await writeJson(deps.store, keysOf(executionId).regions(accountId), written);
  return { executionId, accountId, targets: written.targets };
}

/** The list of accounts that the machine goes through is a file that others may have changed. */
function refuseUnlessInScope({ accounts, executionId }: Expected, accountId: string): void {
  if (accounts.some(({ id }) => id === accountId)) return;
  throw new ExpectedTampered(
    `${accountId} is not in the scope of ${executionId}: somebody changed work/accounts.jsonl`,
  );
}

/** A Region that was asked for is looked at or left out for a reason, never just not mentioned. */
function refuseUnlisted(listed: readonly AccountRegion[], asked: readonly string[]): void {
  const missing = asked.find((region) => !listed.some(({ name }) => name === region));
  if (missing !== undefined) {
    throw brokenListing('ec2:DescribeRegions', `the answer doesn't name ${missing}`);
  }
}
