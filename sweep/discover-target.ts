import { type Store, StoreConflict } from '../adapters/store.ts';
import type { SpokeClients } from '../adapters/aws-clients.ts';
import { classifyCode, statusOfFailure, toAwsFailure } from '../adapters/aws-error.ts';
import { countInto, emptyCounts } from '../core/counts.ts';
import { Throttled } from '../core/errors.ts';
import type { Policy } from '../core/input.ts';
import {
  type AwsFailure,
  type KindCounts,
  type RecycleBinLook,
  TargetOutcome,
} from '../core/outcome.ts';
import { policyOf } from '../core/policy-for.ts';
import type { Finding } from '../core/verdict.ts';
import type { Kind, Look } from '../kinds/kind.ts';
import { kindByName } from '../kinds/registry.ts';
import type { FunctionInput, FunctionOutput } from '../statemachine/contracts.ts';
import type { Deps } from './deps.ts';
import { readExpected } from './expected.ts';
import { bodyOf } from './stored-json.ts';
import { keysOf } from './keys.ts';

/**
 * Looks at one account in one Region: lists the resources of each kind and all that refers to
 * them, assesses every resource, writes the findings and the outcome, and returns counters.
 *
 * A reference source that can't be listed makes its findings UNKNOWN and the target incomplete;
 * resources that can't be listed at all make the whole call throw.
 */
export async function discoverTarget(
  deps: Deps,
  { executionId, target }: FunctionInput<'DiscoverTargetFunctionArn'>,
): Promise<FunctionOutput<'DiscoverTargetFunctionArn'>> {
  const { accountId, region } = target;
  const expected = await readExpected(deps.store, executionId);
  const policy = policyOf(expected, accountId);
  const keys = keysOf(executionId);
  const clients = await deps.spokesFor(executionId).open(accountId, region, 'discover');
  const look: Look = {
    clients,
    accountId,
    region,
    skipReferences: policy.skipReferences,
  };

  const counts: Record<string, KindCounts> = {};
  const incomplete: AwsFailure[] = [];
  async function* findings(): AsyncGenerator<string> {
    for (const name of target.kinds) {
      const kind = kindByName(name);
      const discovery = await kind.discover(look);
      refuseThrottled(discovery.incomplete);
      incomplete.push(...discovery.incomplete);
      counts[name] = emptyCounts();
      yield* assessAll(
        kind,
        discovery.resources,
        { look, policy, now: deps.clock.now() },
        counts[name],
      );
    }
  }
  await deps.store.writeLines(keys.targetFindings(target), findings());
  const recycleBin = await lookAtRules(clients, counts);

  const outcome: TargetOutcome = {
    accountId,
    accountName: expected.accounts.find(({ id }) => id === accountId)?.name,
    region,
    status: incomplete[0] === undefined ? 'COMPLETE' : statusOfFailure(incomplete[0]),
    ...(incomplete[0] && { failure: incomplete[0] }),
    kinds: counts,
    ...(Object.keys(recycleBin).length > 0 && { recycleBin }),
    calls: { ...clients.calls },
    at: deps.clock.now().toISOString(),
  };
  await writeUnlessFailed(deps.store, keys.outcome(target), outcome);
  const all = Object.values(counts);
  return {
    status: outcome.status,
    resources: all.reduce((sum, { resources }) => sum + resources, 0),
    stale: all.reduce((sum, { verdicts }) => sum + verdicts.STALE, 0),
    outcomeKey: keys.outcome(target),
  };
}

/**
 * The Recycle Bin's rules for the kinds that something could be removed of. Where they can't be
 * read nothing is removed, but everything has been seen: it is no gap.
 */
async function lookAtRules(
  clients: SpokeClients,
  counts: Readonly<Record<string, KindCounts>>,
): Promise<Record<string, RecycleBinLook>> {
  const looks: Record<string, RecycleBinLook> = {};
  for (const [name, { verdicts }] of Object.entries(counts)) {
    const { undo } = kindByName(name);
    if (undo === null || verdicts.STALE === 0) continue;
    try {
      looks[name] = { rules: await undo.rules(clients) };
    } catch (error) {
      looks[name] = { failure: toAwsFailure(error) };
    }
  }
  return looks;
}

/**
 * A copy of this task may run on after its timeout, when its target is long recorded as failed and
 * perhaps planned as such; it stays so. An outcome with counts is that of a copy or an earlier try.
 */
async function writeUnlessFailed(store: Store, key: string, outcome: TargetOutcome): Promise<void> {
  const body = bodyOf(outcome);
  const earlier = await store.get(key);
  if (earlier !== undefined) {
    const { kinds, status } = TargetOutcome.parse(JSON.parse(earlier.body));
    if (Object.keys(kinds).length === 0) throw new Error(`${key} was recorded as ${status}`);
  }
  const condition = earlier ? { version: earlier.version } : ({ absent: true } as const);
  try {
    await store.put(key, body, condition);
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    // Another copy's, or our own whose answer was lost.
    if ((await store.get(key))?.body !== body) await writeUnlessFailed(store, key, outcome);
  }
}

/** Throttling passes: the state machine waits and has the whole target looked at again. */
function refuseThrottled(incomplete: readonly AwsFailure[]): void {
  const throttled = incomplete.find(({ code }) => classifyCode(code) === 'THROTTLED');
  if (throttled === undefined) return;
  throw new Throttled(
    `${throttled.operation ?? throttled.source ?? ''} answered ${throttled.code}`,
  );
}

/** Counts every resource, and yields those that belong in the findings as JSON lines. */
function* assessAll(
  kind: Kind,
  resources: Iterable<unknown>,
  context: { look: Look; policy: Policy; now: Date },
  counts: KindCounts,
): Generator<string> {
  const { look, policy, now } = context;
  for (const facts of resources) {
    const verdict = kind.assess(facts, policy, now);
    const { resourceId, evidence, ...of } = kind.describe(facts, {
      region: look.region,
      policy,
      now,
    });
    // In the order of findings.csv: who reads a line sees the verdict before the evidence.
    const finding: Finding = {
      kind: kind.kind,
      accountId: look.accountId,
      region: look.region,
      resourceId,
      ...verdict,
      evidence,
      ...of,
    };
    countInto(counts, finding);
    if (!kind.isPlainlyInUse(verdict)) yield JSON.stringify(finding);
  }
}
