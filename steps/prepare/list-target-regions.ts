import { classifyFailure, statusOfFailure, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { listRegionsFromAny } from '../../aws/services/regions.ts';
import {
  type AccountRegion,
  presumedRegions,
  regionsToAsk,
} from '../../core/input/account-regions.ts';
import { ExpectedTampered, Throttled } from '../../core/model/errors.ts';
import type { Scope } from '../../core/input/input.ts';
import type { AwsFailure, TargetOutcome } from '../../core/outcome/outcome.ts';
import { scopeIn } from '../../core/scope/retry.ts';
import { expandTargets, selectRegions } from '../../core/scope/scope.ts';
import { kindsNamed } from '../../kinds/among.ts';
import type { FunctionInput, FunctionOutput } from '../../statemachine/contracts.ts';
import type { Deps } from '../deps.ts';
import { type Expected, type ExpectedRegions, readExpected } from '../expected.ts';
import { withFence } from '../../store/fenced-store.ts';
import { writeJson } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';

/** Where the hub stands: its spokes are asked from there. */
interface HubPlace {
  readonly hub: Pick<Deps['hub'], 'region' | 'globalRegion'>;
}

/**
 * Lists the Regions that are enabled in one account, with the spoke's own credentials, and writes
 * down which targets that makes. Regions that aren't looked at are named with their reason.
 *
 * The list is only a means: an account that doesn't tell it is looked at all the same. Where the
 * scope doesn't name the Regions, some that only it has enabled may be missing then: the account as a
 * whole is a gap.
 */
export async function listTargetRegions(
  given: Pick<Deps, 'store' | 'clock' | 'kinds' | 'spokesFor' | 'sealOf'> & HubPlace,
  { executionId, expectedDigest, accountId }: FunctionInput<'ListRegionsFunctionArn'>,
): Promise<FunctionOutput<'ListRegionsFunctionArn'>> {
  const deps = await withFence(given, executionId);
  const expected = await readExpected(deps.store, executionId, expectedDigest);
  refuseUnlessInScope(expected, accountId);
  const scope = scopeIn(expected, accountId);
  const { regions, failure, mayHaveOthers } = await regionsOf(deps, expected, accountId, scope);
  const selection = selectRegions(regions, scope, expected.seenBefore?.[accountId]);
  const kinds = kindsNamed(deps.kinds, expected.kinds);
  const line = {
    accountId,
    accountName: expected.accounts.find(({ id }) => id === accountId)?.name,
    kinds: {},
    at: deps.clock.now().toISOString(),
  };
  const whole: TargetOutcome[] =
    failure === null ? [] : [{ ...line, region: null, status: statusOfFailure(failure), failure }];
  const written: ExpectedRegions = {
    accountId,
    targets: expandTargets(accountId, selection.targets, kinds, deps.hub.globalRegion),
    outcomes: [
      ...whole,
      ...selection.excluded.map(({ region, excluded }) => ({
        ...line,
        region,
        status: 'EXCLUDED' as const,
        excluded,
      })),
    ],
    ...(mayHaveOthers && { mayHaveOthers }),
  };
  await writeJson(deps.store, keysOf(executionId).regions(accountId), written);
  return { executionId, accountId, targets: written.targets };
}

interface ListedRegions {
  readonly regions: readonly AccountRegion[];
  /** Why nobody can tell whether there are more. */
  readonly failure: AwsFailure | null;
  /** Nobody can tell, and it is no gap. */
  readonly mayHaveOthers?: true;
}

/** @throws what ends every look at the account; {Throttled} to be asked again later */
async function regionsOf(
  { spokesFor, hub, clock }: Pick<Deps, 'spokesFor' | 'clock'> & HubPlace,
  { executionId, regions: known }: Expected,
  accountId: string,
  scope: Scope,
): Promise<ListedRegions> {
  const spokes = spokesFor(executionId);
  const enter = async (region: string) => (await spokes.open(accountId, region, 'discover')).ec2;
  // Whatever keeps it from being entered, keeps it in every Region.
  await enter(hub.region);
  try {
    const askIn = regionsToAsk(hub.region, scope, known);
    const regions = await listRegionsFromAny(askIn, enter, clock);
    return { regions: withUnlisted(regions, scope.regions), failure: null };
  } catch (error) {
    const presumed = presumedRegions(scope, known);
    const failure = toAwsFailure(error);
    if (presumed === null || error instanceof Throttled || isOfCredentials(failure)) throw error;
    const areNamed = scope.regions.length > 0;
    return {
      regions: presumed,
      ...(areNamed ? { failure: null, mayHaveOthers: true } : { failure }),
    };
  }
}

function isOfCredentials(failure: AwsFailure): boolean {
  return classifyFailure(failure) === 'CREDENTIALS';
}

/** The list of accounts that the machine goes through is a file that others may have changed. */
function refuseUnlessInScope({ accounts, executionId }: Expected, accountId: string): void {
  if (accounts.some(({ id }) => id === accountId)) return;
  throw new ExpectedTampered(
    `${accountId} is not in the scope of ${executionId}: somebody changed work/accounts.jsonl`,
  );
}

/** A Region that was asked for is looked at or left out for a reason, never just not mentioned. */
function withUnlisted(listed: readonly AccountRegion[], asked: readonly string[]): AccountRegion[] {
  const unlisted = asked.filter((region) => !listed.some(({ name }) => name === region));
  return [...listed, ...unlisted.map((name) => ({ name, enabled: true, needsOptIn: true }))];
}
