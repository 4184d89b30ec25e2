import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { regionsToAsk } from '../../core/input/account-regions.ts';
import { fault, parseInput } from '../../core/input/bad-input.ts';
import { changedKeys, raiseToFloors } from '../../core/floors/below-floor.ts';
import { kindsToRemove } from '../../core/floors/kinds-to-remove.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { digestOfText } from '../../core/plan/digest.ts';
import { InvalidInput, Throttled } from '../../core/model/errors.ts';
import { organizationUnavailable } from '../../core/scope/organization-unavailable.ts';
import { scopeOfRetry } from '../../core/scope/retry.ts';
import { outcomesWithoutTarget, selectAccounts } from '../../core/scope/scope.ts';
import type { OrgAccount } from '../../core/model/org-account.ts';
import { organizationOf } from '../../core/scope/organization.ts';
import {
  refuseUnknownInOverrides,
  refuseUnknownRegions,
} from '../../core/scope/unknown-in-scope.ts';
import type { ExecutionInput as Input, Policy } from '../../core/input/input.ts';
import {
  type Policies,
  policyFor,
  policyOf,
  withProtectTags,
} from '../../core/input/policy-for.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { MOST_PLAN_AGE_DAYS, refuseOldNamedPlan } from '../../core/plan/plan-age.ts';
import { inputSchemaOf, kindNamed, ownFloorsOf, pricesAmong } from '../../kinds/among.ts';
import type { FunctionInput, FunctionOutput } from '../../statemachine/contracts.ts';
import { readApplicable } from '../resume/applicable-plan.ts';
import { findWrongClock } from '../../clock/check-clock.ts';
import type { PrepareDeps } from '../deps.ts';
import { type Expected } from '../expected.ts';
import { readOrganizationalUnits } from './organizational-units.ts';
import { readPrices } from './prices.ts';
import { readRetry, type Retry } from './retry.ts';
import { refusal } from '../resume/find-resumable.ts';
import { refuseClock, refuseUnlessDeletable } from '../resume/refuse-deletion.ts';
import { takeUpExecution } from '../resume/take-up-execution.ts';
import { ownSeal, sealed } from '../../store/fenced-store.ts';
import { bodyOf } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';

/**
 * Parses the execution input, lists the accounts in scope and writes down what the execution is
 * expected to see. Nothing is written before all of the input is known to be good.
 *
 * @throws {InvalidInput} naming the field, the value and what is accepted
 * @throws {OrganizationUnavailable} where there is no list of accounts
 */
export async function prepareExecution(
  deps: PrepareDeps,
  { executionId: name, input: untrusted, hasGoOnAt = false }: FunctionInput<'PrepareFunctionArn'>,
): Promise<FunctionOutput<'PrepareFunctionArn'>> {
  const startedAt = deps.clock.now();
  // Keys of the store, commands and links are made of it.
  const executionId = parseInput(ExecutionId, name, 'execution name');
  const asked = parseInput(inputSchemaOf(deps.kinds), untrusted ?? {});
  await refuseUsedId(deps, executionId);
  if (asked.resume !== undefined) {
    // Its definition would scan anew under the old id, and delete without a plan made of that.
    if (!hasGoOnAt) throw refusal(asked.resume, BEFORE_UPGRADE);
    return takeUpExecution(deps, executionId, asked);
  }
  const input = raiseToFloors(asked, untrusted, {
    ...{ floors: deps.settings.floors, own: ownFloorsOf(deps.kinds) },
  });
  if (input.mode === 'delete') refuseUnlessDeletable(deps);
  const { prices, failure: pricesFailure } = await readPrices(deps.store, pricesAmong(deps.kinds));
  const namedPlan =
    input.plan === undefined
      ? null
      : await readApplicable(deps.store, input.plan, await deps.sealOf(input.plan));
  if (namedPlan !== null) {
    const { maxPlanAgeDays } = input.limits;
    const most = deps.settings.floors.maxPlanAgeDays ?? MOST_PLAN_AGE_DAYS;
    refuseOldNamedPlan(namedPlan, { days: maxPlanAgeDays, most }, startedAt);
  }
  const remove = kindsToRemove(asked, untrusted, {
    ...{ deployed: deps.settings.deletionKinds, namedPlan },
  });

  const scope = scopeHere(deps, input.scope);
  const retry =
    scope.retryOf === undefined ? undefined : await retryFor(deps, scope.retryOf, input.mode);
  const regions = await listKnownRegions(deps, scope);
  if (regions !== undefined)
    refuseUnknownRegions(
      scope,
      regions.map(({ name }) => name),
    );
  const accounts = await listAllAccounts(deps);
  const organization = organizationOf(accounts.values());
  const selection = selectAccounts([...accounts.values()], scope, retry?.retried);
  refuseUnknownInOverrides([...accounts.values()], input.policyOverrides);

  const clock = findWrongClock(deps);
  if (input.mode === 'delete' && clock !== null) refuseClock(clock);

  const scopeToLookAt = retry === undefined ? scope : scopeOfRetry(scope, retry.expected);
  const expected: Expected = {
    executionId,
    startedAt: startedAt.toISOString(),
    mode: input.mode,
    scope: scopeToLookAt,
    ...(retry && { retried: retry.retried, seenBefore: retry.seenBefore }),
    kinds: input.kinds,
    remove,
    policyOverrides: input.policyOverrides,
    ...workOutPolicies(deps.settings, input, namedPlan, selection.inScope),
    limits: input.limits,
    approval: input.approval,
    floors: deps.settings.floors,
    raisedToFloors: changedKeys(asked, input),
    basedOn: input.plan ?? null,
    ...(namedPlan && { basedOnDigest: namedPlan.digest }),
    ...(regions && { regions: [...regions] }),
    serviceRegions: await readServiceRegions(deps, input.kinds),
    accounts: selection.inScope,
    ...(organization && { organization }),
    organizationalUnits: await readOrganizationalUnits(deps, selection.inScope),
    prices,
    ...(clock !== null && { clock }),
    ...(await readActsAs(deps)),
    ...(pricesFailure !== null && { pricesFailure }),
    ...(deps.hub.onlyAccount !== undefined && { onlyAccount: true }),
    outcomes: outcomesWithoutTarget(selection, scopeToLookAt, startedAt),
  };
  const keys = keysOf(executionId);
  const body = sealed(await ownSeal(deps, executionId), keys.expected, bodyOf(expected));
  await deps.store.put(keys.expected, body);
  await deps.store.writeLines(
    keys.accounts,
    expected.accounts.map(({ id }) => JSON.stringify({ accountId: id })),
  );
  return {
    executionId,
    accountCount: expected.accounts.length,
    accountsKey: keys.accounts,
    mapResultsPrefix: keys.mapResults,
    expectedDigest: digestOfText(body),
    mode: input.mode,
    approval: input.approval,
    goOnAt: 'SCAN',
  };
}

const BEFORE_UPGRADE =
  'only once the upgrade is done; when this run began, its state machine was of an earlier version of orgsweep; start it again in some minutes';

/** Where there is one account alone, that is the scope, and no other can be asked for. */
function scopeHere({ hub: { onlyAccount } }: PrepareDeps, scope: Input['scope']): Input['scope'] {
  if (onlyAccount === undefined || scope.retryOf !== undefined) return scope;
  const index = scope.accounts.findIndex((id) => id !== onlyAccount);
  if (index >= 0) {
    const accepted = `"${onlyAccount}", the caller's own: --self looks at no other`;
    throw new InvalidInput(
      fault(`input.scope.accounts[${index}]`, scope.accounts[index], accepted),
    );
  }
  return scope.organizationalUnits.length > 0 ? scope : { ...scope, accounts: [onlyAccount] };
}

/** @throws {OrganizationUnavailable}, or {Throttled} to be asked again later */
async function listAllAccounts({ hub }: PrepareDeps): Promise<Map<string, OrgAccount>> {
  // Pages may repeat an account when the organization changes meanwhile.
  const accounts = new Map<string, OrgAccount>();
  try {
    for await (const account of hub.listAccounts()) accounts.set(account.id, account);
  } catch (error) {
    if (error instanceof Throttled) throw error;
    throw organizationUnavailable(toAwsFailure(error), { cause: error });
  }
  return accounts;
}

/** What it looks at comes from files: where nobody can tell who wrote them, nothing is deleted by them. */
async function retryFor(
  { store, clock, sealOf }: PrepareDeps,
  retryOf: string,
  mode: Input['mode'],
): Promise<Retry> {
  const seal = await sealOf(retryOf);
  if (seal === null && mode === 'delete') {
    throw new InvalidInput(
      `input.scope.retryOf: "${retryOf}" – accepted: only with "mode": "report" in a local run, ` +
        'where nobody can tell whether its files were changed; to delete, name accounts and regions',
    );
  }
  return readRetry(store, retryOf, clock.now(), seal);
}

/** Protect tags of the deployment, and of the plan that is applied, hold whatever the input says. */
function workOutPolicies(
  { protectTags }: PrepareDeps['settings'],
  input: Input,
  namedPlan: Plan | null,
  accounts: readonly OrgAccount[],
): Policies {
  const policy = withProtectTags(input.policy, [
    ...protectTags,
    ...(namedPlan?.policy.protectTags ?? []),
  ]);
  const differing: [string, Policy][] = [];
  for (const account of accounts) {
    const relied = namedPlan === null ? [] : policyOf(namedPlan, account.id).protectTags;
    const own = withProtectTags(policyFor(input, account), [...protectTags, ...relied]);
    if (JSON.stringify(own) !== JSON.stringify(policy)) differing.push([account.id, own]);
  }
  return { policy, policies: Object.fromEntries(differing) };
}

/** Where nobody tells, nothing fails for it: each account says itself which Regions it has. */
async function listKnownRegions({ hub }: PrepareDeps, scope: Input['scope']) {
  return hub.listRegions(regionsToAsk(hub.region, scope, undefined)).catch(() => undefined);
}

/** Told to people; nothing is decided by it. */
async function readActsAs({ actsAs }: PrepareDeps): Promise<Pick<Expected, 'actsAs'>> {
  const known = await actsAs?.().catch(() => undefined);
  return known === undefined ? {} : { actsAs: known };
}

/** Where a service's list can't be read it is asked in every Region: unknown is never absent. */
async function readServiceRegions(deps: PrepareDeps, named: readonly string[]) {
  const { hub, kinds } = deps;
  const services = new Set(named.flatMap((name) => kindNamed(kinds, name).services));
  const known: Record<string, string[]> = {};
  for (const service of services) {
    const regions = await hub.listRegionsOfService(service).catch(() => undefined);
    if (regions) known[service] = [...regions];
  }
  return known;
}

/**
 * Outcomes, a plan and a ledger of an earlier execution would pass for this one's. A retried Prepare
 * finds no more than its own files.
 */
async function refuseUsedId({ store }: PrepareDeps, executionId: string): Promise<void> {
  const { root, expected, accounts } = keysOf(executionId);
  for await (const key of store.list(`${root}/`)) {
    if (key === expected || key === accounts) continue;
    throw new InvalidInput(
      `executionId: "${executionId}" – accepted: one that was never used; there is ${store.locationOf(key)}`,
    );
  }
}
