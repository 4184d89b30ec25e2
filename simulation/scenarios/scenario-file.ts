import { z } from 'zod';
import { FAULT_ANSWERS } from '../model/fault.ts';
import type { SimFault } from '../model/fault.ts';
import { FUNCTION_ANSWERS, FUNCTIONS, type SimFunctionFault } from '../model/function-fault.ts';
import type { Scenario, SimAccount } from '../model/organization.ts';
import { weighted } from '../population/archetypes/registry.ts';
import { MARKER_RULE } from '../population/retention-rules.ts';
import type { OrganizationSpec } from '../population/organization.ts';
import { populateKinds } from '../kinds/populate.ts';
import { SIM_KINDS } from '../kinds/registry.ts';
import { builtBy } from './built-by.ts';
import { enabledRegion, layOut, ORGANIZATION_ID, TRUTH_POLICY } from './layout.ts';
import { RetentionRule, toRetentionRule } from './retention-rule-entry.ts';
import { ScenarioError } from './scenario-error.ts';
import { numberedAccounts } from './sized.ts';

const AccountId = z
  .string('accepted: 12 digits in quotes, as a number loses its zeros in front')
  .regex(/^\d{12}$/, 'accepted: 12 digits');
const RegionName = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'accepted: a Region name such as "eu-west-1"');
const OrganizationalUnitId = z
  .string()
  .regex(/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, 'accepted: an OU id such as "ou-ab12-cdef3456"');

const Account = z.strictObject({
  id: AccountId,
  name: z.string().min(1).max(50).optional(),
  /** OU ids from the root down. */
  organizationalUnits: z.array(OrganizationalUnitId).default([]),
  state: z
    .enum(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION'])
    .default('ACTIVE'),
  roles: z.enum(['PRESENT', 'MISSING']).default('PRESENT'),
  /** Regions of the scenario's list that this account has not enabled. */
  notOptedIn: z.array(RegionName).default([]),
  deniedByScp: z.array(RegionName).default([]),
});

const AMOUNTS = SIM_KINDS.flatMap(({ name, populate }) => (populate ? [name] : []));

const Call = z.int().min(1, 'accepted: 1 or more');
const Fault = z.strictObject({
  operation: z.string().min(1),
  accountId: AccountId.optional(),
  region: RegionName.optional(),
  calls: z.strictObject({ from: Call, to: Call }).optional(),
  answer: z.enum(FAULT_ANSWERS),
});

const FunctionFault = z
  .strictObject({
    function: z.enum(FUNCTIONS),
    answer: z.enum(FUNCTION_ANSWERS),
    calls: z.strictObject({ from: Call, to: Call }).optional(),
    forSeconds: z.int().min(1, 'accepted: 1 or more').optional(),
  })
  .refine(
    ({ calls, forSeconds }) => calls === undefined || forSeconds === undefined,
    'accepted: at most one of calls and forSeconds',
  );

/** A scenario as a JSON file has it. Unknown keys are refused. */
const ScenarioFile = z.strictObject({
  name: z.string().min(1).max(80).default('from-file'),
  description: z.string().default(''),
  seed: z.int().min(0, 'accepted: 0 or more').default(1),
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, 'accepted: an organization id such as "o-a1b2c3d4e5"')
    .optional(),
  rootId: z
    .string()
    .regex(/^r-[0-9a-z]{4,32}$/, 'accepted: the id of a root such as "r-ab12"')
    .optional(),
  /** Names by id; an OU that has none here is called by its id. */
  organizationalUnits: z.record(OrganizationalUnitId, z.string().min(1).max(128)).default({}),
  /** One of the accounts; omitted: the first. */
  hubAccountId: AccountId.optional(),
  /** How many accounts alike, or which. The first is the management account. */
  accounts: z.union(
    [z.int().min(1).max(50_000), z.array(Account).min(1)],
    'accepted: a number of accounts from 1 to 50000, or a list of { id, name, … }',
  ),
  regions: z.array(RegionName).min(1, 'accepted: at least one Region'),
  snapshotsPerTarget: z.int().min(0).max(10_000_000),
  /** Lineages of a rotation, by archetype; those not named keep their own weight. */
  archetypes: z.record(z.string(), z.int().min(0).max(1_000)).default({}),
  /** Of other kinds, by their names: how often each of their situations is in a target. */
  amounts: z
    .record(z.string(), z.int().min(0).max(1_000))
    .refine(
      (given) => Object.keys(given).every((name) => AMOUNTS.includes(name)),
      `accepted: amounts of ${AMOUNTS.join(', ')}`,
    )
    .default({}),
  faults: z.array(Fault).default([]),
  /** Of the functions that the state machine calls; those of `faults` are of AWS's APIs. */
  functionFaults: z.array(FunctionFault).default([]),
  /** Of the Recycle Bin; omitted: everywhere one that keeps what carries orgsweep's marker. */
  retentionRules: z.array(RetentionRule).optional(),
  input: z.record(z.string(), z.unknown()).default({}),
});
type ScenarioFile = z.infer<typeof ScenarioFile>;

/**
 * The scenario a JSON text describes.
 *
 * @throws ScenarioError with one line naming the field and what is accepted there
 */
export function parseScenarioFile(json: string): Scenario {
  const file = parse(json);
  const spec = toSpec(file);
  const built = builtBy(spec);
  try {
    weighted(spec.weights);
    built.build(new Date(0));
  } catch (error) {
    throw new ScenarioError(`scenario file: ${error instanceof Error ? error.message : error}`);
  }
  return {
    name: file.name,
    description: file.description,
    seed: file.seed,
    input: withTruthPolicy(file.input),
    faults: file.faults.map(toFault),
    functionFaults: file.functionFaults.map(toFunctionFault),
    ...built,
  };
}

function parse(json: string): ScenarioFile {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new ScenarioError(`scenario file: not JSON: ${(error as Error).message}`);
  }
  const parsed = ScenarioFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ScenarioError(`scenario file: ${issue ? inOneLine(issue, value) : 'not a scenario'}`);
}

function inOneLine(issue: z.core.$ZodIssue, value: unknown): string {
  const given = issue.path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
    value,
  );
  const field = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  // An unknown key's message names the key; the object around it would only hide it.
  const shown = issue.code === 'unrecognized_keys' ? '' : `${JSON.stringify(given)}: `;
  return `${field}${shown}${issue.message}`;
}

function toSpec(file: ScenarioFile): OrganizationSpec {
  const accounts =
    typeof file.accounts === 'number'
      ? numberedAccounts(file.accounts, file.regions)
      : file.accounts.map((account, index) => toAccount(account, index, file));
  return {
    seed: file.seed,
    organizationId: file.organizationId ?? ORGANIZATION_ID,
    organizationalUnits: file.organizationalUnits,
    hubAccountId: file.hubAccountId ?? accounts[0]?.id ?? '',
    accounts,
    allRegions: file.regions,
    snapshotsPerTarget: file.snapshotsPerTarget,
    weights: file.archetypes,
    amounts: file.amounts,
    populate: populateKinds,
    retentionRules: file.retentionRules?.map(toRetentionRule) ?? [MARKER_RULE],
  };
}

function toAccount(
  account: z.infer<typeof Account>,
  index: number,
  { regions, organizationId, rootId }: ScenarioFile,
): SimAccount {
  const { id, organizationalUnits, state, roles, notOptedIn, deniedByScp } = account;
  return layOut({
    id,
    name: account.name ?? `account-${index + 1}`,
    organizationalUnits,
    state,
    roles,
    management: index === 0,
    ...{ organizationId, rootId },
    regions: regions.map((name) => ({
      ...enabledRegion(name),
      ...(notOptedIn.includes(name) && { optIn: 'not-opted-in' as const }),
      deniedByScp: deniedByScp.includes(name),
    })),
  });
}

/** Leaves out what wasn't given, instead of giving it as undefined. */
function toFault({ operation, accountId, region, calls, answer }: z.infer<typeof Fault>): SimFault {
  return {
    operation,
    answer,
    ...(accountId && { accountId }),
    ...(region && { region }),
    ...(calls && { calls }),
  };
}

function toFunctionFault(given: z.infer<typeof FunctionFault>): SimFunctionFault {
  const { function: name, answer, calls, forSeconds } = given;
  return { function: name, answer, ...(calls && { calls }), ...(forSeconds && { forSeconds }) };
}

/** The file's own policy goes over the one under which the ground truth holds. */
function withTruthPolicy(input: Record<string, unknown>): Record<string, unknown> {
  const { policy, ...others } = input;
  const given = typeof policy === 'object' && policy !== null ? policy : {};
  return { ...others, policy: { ...TRUTH_POLICY, ...given } };
}
