import { listRegions } from '../adapters/regions.ts';
import { expandTargets, selectRegions } from '../core/scope.ts';
import type { FunctionInput, FunctionOutput } from '../statemachine/contracts.ts';
import type { Deps } from './deps.ts';
import { type ExpectedRegions, readExpected, writeJson } from './expected.ts';
import { keysOf } from './keys.ts';

/**
 * Lists the Regions that are enabled in one account, with the spoke's own credentials, and writes
 * down which targets that makes. Regions that aren't looked at are named with their reason.
 */
export async function listTargetRegions(
  deps: Deps,
  { executionId, accountId }: FunctionInput<'ListRegionsFunctionArn'>,
): Promise<FunctionOutput<'ListRegionsFunctionArn'>> {
  const expected = await readExpected(deps.store, executionId);
  const clients = await deps.spokesFor(executionId).open(accountId, deps.hub.region, 'discover');
  const selection = selectRegions(await listRegions(clients.ec2), expected.scope);
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
