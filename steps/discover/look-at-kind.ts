import { statusOfFailure, toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import type { History } from '../../core/history/history.ts';
import { keyInTarget } from '../../core/model/ids.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type {
  AwsFailure,
  KindCounts,
  KindLook,
  RecycleBinLook,
} from '../../core/outcome/outcome.ts';
import { type UnreadableDatesCount } from '../../core/outcome/unreadable-dates.ts';
import { Counting } from '../../core/summary/counts.ts';
import type { Kind, Look, WholeDiscovery } from '../../kinds/kind.ts';
import type { KindReference } from '../targets/foreign-references.ts';
import { binOf } from '../../kinds/removal.ts';
import { assessIn } from '../../kinds/seen-before.ts';
import type { FenceDeps } from '../../store/fenced-store.ts';
import { LostSteps } from '../ledger/lost-steps.ts';
import { findMade } from '../ledger/proved-made.ts';
import type { Expected } from '../expected.ts';
import { findingOf, lookCloser } from './closer-look.ts';

/** What a look at one kind in one target goes by. */
export interface LookAtKind extends FenceDeps {
  readonly look: Look;
  readonly expected: Expected;
  /** Whether an account has to enable this Region. */
  readonly optIn: boolean | undefined;
  /** Of the target, before this look. */
  readonly history: () => Promise<History>;
  /** Counts on over all kinds of the target. */
  readonly dates: UnreadableDatesCount;
  /**
   * Is told of each finding, for what is counted over all kinds, and whether it stays once all of other
   * kinds that hold it have gone.
   */
  readonly note: (finding: Finding, staysAnyway: () => boolean) => void;
}

/** What a look at one kind in one target brought, but for its findings. */
export interface SeenOfKind {
  readonly look: KindLook;
  /** Of what was listed; none where nothing was. */
  readonly counts?: KindCounts;
  readonly failures: readonly AwsFailure[];
  readonly foreignReferences: readonly KindReference[];
  /** What ended the listing of the resources before its end. */
  readonly thrown?: { readonly error: unknown };
}

/** @throws where a second reading would find nothing: all that is unused would look gone */
function refuseReadOnce(
  { kind, questions }: Kind,
  { resources, further }: WholeDiscovery<unknown>,
): void {
  const isReadOnce = Object.is(resources[Symbol.iterator](), resources);
  if (!isReadOnce && (further === undefined || questions.length === 0)) return;
  throw new Error(`the resources of ${kind} can be read only once`);
}

/** Looks at one kind in one target. Yields its findings, a line each, as they are assessed. */
export async function* lookAtKind(
  kind: Kind,
  { store, sealOf, expected, optIn, dates, note, ...target }: LookAtKind,
): AsyncGenerator<string, SeenOfKind> {
  let discovery: WholeDiscovery<unknown>;
  try {
    discovery = await kind.discover(target.look);
    refuseReadOnce(kind, discovery);
  } catch (error) {
    return brokenOff(error, optIn);
  }
  let recycleBin: RecycleBinLook | undefined;
  const history = await target.history();
  const known = { ...target.look, history };
  const made = await findMade({ store, sealOf }, kind, known, discovery.resources);
  const look = { ...known, made };
  const lost = new LostSteps({ store, sealOf }, look, { history, now: look.now });
  const rules = async () => (recycleBin ??= await lookAtRules(kind, look.clients));
  const seen = { kind, look, discovery, expected, history, rules };
  const closer = await lookCloser(store, seen);
  const counting = new Counting(look.now);
  let thrown: SeenOfKind['thrown'];
  const all = allOf(discovery, (error) => (thrown = { error }));
  for await (const facts of all) {
    const { finding: seenNow } = findingOf(kind, facts, look, closer.asked);
    const finding = await lost.takenUp(kind, seenNow, look.clients);
    counting.add(finding);
    dates.add(finding);
    note(finding, () => staysWithoutHolders(kind, facts, look));
    if (isListed(kind, finding, history)) yield JSON.stringify(finding);
  }
  const counts = counting.total;
  if (counts.verdicts.STALE > 0) await rules();
  if (thrown !== undefined) return { ...brokenOff(thrown.error, optIn), counts };
  const failures = [...discovery.incomplete, ...closer.incomplete];
  const references = { ...discovery.counts };
  return {
    look: endOfLook(failures, optIn, { references, ...(recycleBin && { recycleBin }) }),
    ...{ counts, failures },
    foreignReferences: discovery.foreignReferences.map((one) => ({ kind: kind.kind, ...one })),
  };
}

/** Of what nothing holds nobody needs to know: nothing frees it. There may be a million. */
function staysWithoutHolders(kind: Kind, facts: unknown, look: Look): boolean {
  const freed = kind.withoutHolders?.(facts) ?? null;
  return freed !== null && assessIn(kind, freed, look).verdict.verdict !== 'STALE';
}

/** An error of the listing ends it; what is wrong with a single resource throws where it is assessed. */
async function* allOf<T>(
  { resources, further }: WholeDiscovery<T>,
  onThrown: (error: unknown) => void,
): AsyncGenerator<T> {
  yield* resources;
  if (further === undefined) return;
  try {
    yield* further;
  } catch (error) {
    onThrown(error);
  }
}

function brokenOff(error: unknown, optIn: boolean | undefined): SeenOfKind {
  const failures = [toAwsFailure(error)];
  return { look: endOfLook(failures, optIn), failures, foreignReferences: [], thrown: { error } };
}

function endOfLook(
  [failure]: readonly AwsFailure[],
  optIn: boolean | undefined,
  of: Partial<KindLook> = {},
): KindLook {
  const status = failure === undefined ? 'COMPLETE' : statusOfFailure(failure, optIn);
  return { status, ...(failure && { failure }), ...of };
}

/**
 * What is plainly in use is only counted, unless there is advice on it, a state of it is to be
 * remembered, or it was stale, or a step made it: else it would look gone.
 */
function isListed(kind: Kind, finding: Finding, { entries, made = {} }: History): boolean {
  if (kind.madeBy !== undefined && Object.hasOwn(made, finding.resourceId)) return true;
  if (finding.advice !== undefined || finding.evidence.observed !== undefined) return true;
  return !kind.isPlainlyInUse(finding) || entries[keyInTarget(finding)] !== undefined;
}

/**
 * The Recycle Bin's rules for a kind that something could be removed of. Where they can't be read
 * nothing is removed, but everything has been seen: it is no gap.
 */
async function lookAtRules(kind: Kind, clients: SpokeClients): Promise<RecycleBinLook> {
  const bin = binOf(kind);
  if (bin === undefined) return { rules: [] };
  try {
    return { rules: await bin.rules(clients) };
  } catch (error) {
    return { failure: toAwsFailure(error) };
  }
}
